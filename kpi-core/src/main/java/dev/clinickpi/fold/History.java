package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import java.util.Set;

/** A clinic's part of the event log, as far as a fold needs it to recall entities that it let go. */
@FunctionalInterface
public interface History {

    /**
     * Hands over every fact that bears the id of one of some entities, each once.
     *
     * @return those of the entities that facts of were forgotten
     */
    Set<EntityKey> read(Set<EntityKey> entities, EventLog.Reader reader);
}
