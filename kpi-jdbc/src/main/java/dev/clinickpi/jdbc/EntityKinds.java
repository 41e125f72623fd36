package dev.clinickpi.jdbc;

import dev.clinickpi.event.EntityKey.Kind;

/** Kinds of entities as the numbers that rows bear. */
final class EntityKinds {

    private static final int CONVERSATION = 1;
    private static final int APPOINTMENT = 2;
    private static final int PATIENT = 3;

    private EntityKinds() {}

    static int number(Kind kind) {
        return switch (kind) {
            case CONVERSATION -> CONVERSATION;
            case APPOINTMENT -> APPOINTMENT;
            case PATIENT -> PATIENT;
        };
    }

    /** @throws IllegalArgumentException if no kind bears it */
    static Kind of(long number) {
        return switch (Math.toIntExact(number)) {
            case CONVERSATION -> Kind.CONVERSATION;
            case APPOINTMENT -> Kind.APPOINTMENT;
            case PATIENT -> Kind.PATIENT;
            default -> throw new IllegalArgumentException("No kind of entity has the number " + number);
        };
    }
}
