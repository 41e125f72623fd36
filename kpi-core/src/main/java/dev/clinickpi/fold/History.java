package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import java.util.Set;

/** A clinic's part of the event log, as far as a fold needs it to recall entities that it let go. */
public interface History {

    /** Hands over every fact that bears the id of one of some entities, each once. */
    void read(Set<EntityKey> entities, EventLog.Reader reader);

    /** The instant, in epoch milliseconds, from which on every fact is there; {@link Long#MIN_VALUE} when none was ever forgotten. */
    long floor();
}
