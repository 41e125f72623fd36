package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section 3, "appointment": each field from the latest event that bears it.
 *
 * @param id the host's key
 * @param patient whose it is; of a cancellation, who cancelled
 * @param status what became of it
 * @param startsAt when it is to start
 * @param conversation the conversation that it names, or null
 * @param value what it is worth, or null
 * @param firstConfirmed the first event with status confirmed, completed or no_show, or null
 * @param cancelledSince the first event of its last unbroken run of cancelled when that run lasts, else null
 */
record Appointment(
        String id,
        String patient,
        AppointmentStatus status,
        Instant startsAt,
        @Nullable String conversation,
        @Nullable Money value,
        @Nullable Instant firstConfirmed,
        @Nullable Instant cancelledSince) {

    /** Walks the events of one appointment, at least one, which are in order. */
    static Appointment of(List<KpiEvent.Appointment> events) {
        KpiEvent.Appointment latest = events.get(events.size() - 1);
        String conversation = null;
        Money value = null;
        Instant firstConfirmed = null;
        Instant cancelledSince = null;
        for (KpiEvent.Appointment event : events) {
            conversation = event.conversationId() == null ? conversation : event.conversationId();
            value = event.value() == null ? value : event.value();
            if (firstConfirmed == null && isConfirmation(event.status())) {
                firstConfirmed = event.at();
            }
            if (event.status() != AppointmentStatus.CANCELLED) {
                cancelledSince = null;
            } else if (cancelledSince == null) {
                cancelledSince = event.at();
            }
        }
        return new Appointment(
                latest.appointmentId(),
                latest.patientId(),
                latest.status(),
                latest.startsAt(),
                conversation,
                value,
                firstConfirmed,
                cancelledSince);
    }

    private static boolean isConfirmation(AppointmentStatus status) {
        return status == AppointmentStatus.CONFIRMED
                || status == AppointmentStatus.COMPLETED
                || status == AppointmentStatus.NO_SHOW;
    }

    boolean isResolved() {
        return status == AppointmentStatus.COMPLETED || status == AppointmentStatus.NO_SHOW;
    }

    boolean isUnresolved() {
        return status == AppointmentStatus.BOOKED || status == AppointmentStatus.CONFIRMED;
    }
}
