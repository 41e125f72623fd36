package dev.clinickpi.event;

import dev.clinickpi.event.EventLog.Outcome;
import java.util.List;

/**
 * Takes facts in within a transaction of the host's: they come into the event log if that commits, and never were if it is rolled back. A log that is
 * kept in the host's own database hands one out for a connection, {@code JdbcEventLog.outbox(connection)}. It is as good as that connection: for one
 * thread at a time, and for as long as the connection is open.
 *
 * <p>A fact gets its position in the log only after the commit, so a transaction that stays open for long holds up no other fact.
 */
@FunctionalInterface
public interface Outbox {

    /**
     * Stores the facts that are new, all or none.
     *
     * @return what became of each, in the order of the facts: {@link Outcome#ACCEPTED} if and only if the transaction commits
     */
    List<Outcome> append(List<Fact> facts);
}
