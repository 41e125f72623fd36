package dev.clinickpi.fold;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import org.jspecify.annotations.Nullable;

/**
 * The joined state of an appointment: what it forwards, whole, to every conversation and patient that it ever named. States of one appointment are
 * ordered by how much went into them, so whoever keeps the newest ends with the same one, whatever order they came in.
 *
 * @param revision how many distinct events went into it
 * @param begun whether its start has passed; it never ceases to for one revision
 * @param status what became of it
 * @param startsAt its latest start, in epoch milliseconds
 * @param patient its latest patient's keyed id
 * @param conversation the keyed id of the latest conversation that an event of it bears, or null
 * @param value its latest value, or null
 * @param confirmedAt when it was first confirmed, in epoch milliseconds, or null
 * @param cancelledAt when it was cancelled for good: the start of its last unbroken run, in epoch milliseconds; else null
 */
record AppointmentState(
        int revision,
        boolean begun,
        AppointmentStatus status,
        long startsAt,
        long patient,
        @Nullable Long conversation,
        @Nullable Money value,
        @Nullable Long confirmedAt,
        @Nullable Long cancelledAt) {

    /** Whether it came to be after another state of the same appointment. */
    boolean isNewerThan(@Nullable AppointmentState other) {
        return other == null || revision > other.revision || (revision == other.revision && begun && !other.begun);
    }

    /** Whether the patient came or did not. */
    boolean isResolved() {
        return status == AppointmentStatus.COMPLETED || status == AppointmentStatus.NO_SHOW;
    }
}
