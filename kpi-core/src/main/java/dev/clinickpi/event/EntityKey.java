package dev.clinickpi.event;

import java.util.Objects;

/**
 * What a fact is folded into: a conversation, an appointment or a patient of a clinic (section 3).
 *
 * @param kind what it is
 * @param id its keyed id, unique in its kind and clinic
 */
public record EntityKey(Kind kind, long id) {

    /** What there is. */
    public enum Kind {
        /** A conversation. */
        CONVERSATION,
        /** An appointment and its cancellation. */
        APPOINTMENT,
        /** A patient. */
        PATIENT
    }

    /** Refuses null. */
    public EntityKey {
        Objects.requireNonNull(kind, "kind");
    }

    /** A conversation. */
    public static EntityKey conversation(long id) {
        return new EntityKey(Kind.CONVERSATION, id);
    }

    /** An appointment. */
    public static EntityKey appointment(long id) {
        return new EntityKey(Kind.APPOINTMENT, id);
    }

    /** A patient. */
    public static EntityKey patient(long id) {
        return new EntityKey(Kind.PATIENT, id);
    }
}
