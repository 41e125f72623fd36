package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the facts are kept, each once: the first content that arrives under an id stays. An append that returns has stored what it says it stored.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}. An engine cannot be built without one.
 */
public interface EventLog {

    /** What became of a fact. */
    enum Outcome {
        /** It is stored now. */
        ACCEPTED,
        /** It was stored before, with this content. */
        DUPLICATE,
        /** Its id was stored before with other content, which stays. */
        CONFLICT,
        /** It is dated before the {@link #floor} of its clinic, and is not stored. */
        TOO_LATE
    }

    /**
     * Stores the facts that are new, all or none.
     *
     * @return what became of each, in the order of {@code facts}
     */
    List<Outcome> append(List<Fact> facts);

    /** Hands over every fact of a clinic that is stored, each once, in no promised order. */
    void read(ClinicId clinic, Consumer<Fact> reader);

    /**
     * Hands over every fact that is stored and bears the id of an entity ({@link Fact#entities()}), each once, in no promised order. An engine that
     * has let an entity go asks for it again this way, so it should cost about what the entity's own facts do.
     */
    void read(ClinicId clinic, EntityKey entity, Consumer<Fact> reader);

    /**
     * The instant, in epoch milliseconds, from which on the log keeps every fact of a clinic; older ones may be gone, and none that is older is stored.
     * What comes for an entity that an engine has let go and that may have lost a fact is too late: it is counted, and changes nothing of the entity.
     *
     * @return {@link Long#MIN_VALUE} for a log that forgets nothing
     */
    default long floor(ClinicId clinic) {
        return Long.MIN_VALUE;
    }

    /** A log in memory, which ends with the process. */
    static EventLog inMemory() {
        return new InMemoryEventLog();
    }
}
