package dev.clinickpi.fold;

/**
 * An appointment's joined state on its way to a conversation or patient that it named. May come late, early or twice.
 *
 * @param to what kind of entity it goes to
 * @param target the keyed id of that entity
 * @param appointment the keyed id of the appointment
 * @param state the appointment's whole state
 */
record Forward(To to, long target, long appointment, AppointmentState state) {

    /** What an appointment names. */
    enum To {
        CONVERSATION,
        PATIENT
    }
}
