package dev.clinickpi.jdbc;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far what hosts stored in transactions of their own is behind the log. A fact waits for the fraction of a second until an engine next asks for news;
 * one that waits for much longer says that no engine runs, or that {@code failure} keeps it.
 *
 * @param waiting facts that are committed and have no position yet
 * @param oldestWaiting how long ago the oldest of them was stored, the time that its transaction was open included; zero when there is none
 * @param openTransactions transactions that have stored facts, or tried to, and have not ended. What they stored comes when they commit; until then no other
 *     transaction can store an event of theirs
 * @param oldestOpen how long the oldest of those has been open; zero when there is none, and where the database does not tell: H2 never does, PostgreSQL
 *     only of roles that this one is a member of
 * @param tooLate facts that this log has dropped when their turn came, because the floor had been raised past them while they waited
 * @param failure what kept this log from giving facts of some clinic their positions when it last tried; null when nothing did
 */
public record OutboxLag(
        long waiting,
        Duration oldestWaiting,
        int openTransactions,
        Duration oldestOpen,
        long tooLate,
        @Nullable JdbcStoreException failure) {

    /** Refuses null durations. */
    public OutboxLag {
        Objects.requireNonNull(oldestWaiting, "oldestWaiting");
        Objects.requireNonNull(oldestOpen, "oldestOpen");
    }
}
