package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;

/**
 * An appointment's joined state on its way to a conversation or patient that it named. May come late, early or twice.
 *
 * @param to the conversation or patient
 * @param appointment the keyed id of the appointment
 * @param state the appointment's whole state
 */
record Forward(EntityKey to, long appointment, AppointmentState state) {}
