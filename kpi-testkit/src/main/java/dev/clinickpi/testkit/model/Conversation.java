package dev.clinickpi.testkit.model;

import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Section 3, "conversation": one that counts, as it has a patient's message.
 *
 * @param id the host's key
 * @param patient the patient of its first patient message
 * @param start its first patient message
 * @param vertical that of the latest message that names one, else the clinic's
 * @param tier the latest lead score, or null
 * @param handedOff whether it ever was
 * @param services what it mentions
 * @param messages its messages in order, also those before its start
 * @param closed when it was closed, each time
 * @param appointments those that name it
 */
record Conversation(
        String id,
        String patient,
        Instant start,
        String vertical,
        @Nullable LeadTier tier,
        boolean handedOff,
        Set<String> services,
        List<KpiEvent.Message> messages,
        List<Instant> closed,
        List<Appointment> appointments) {

    /** Whether an appointment that names it is first confirmed at or after its start, and no later than a window after it. */
    boolean converts(Duration window) {
        for (Appointment appointment : appointments) {
            Instant confirmed = appointment.firstConfirmed();
            if (confirmed != null && !confirmed.isBefore(start) && !confirmed.isAfter(start.plus(window))) {
                return true;
            }
        }
        return false;
    }

    /** The first bot message after the first patient message, in the order of messages. */
    Optional<Instant> firstBotMessage() {
        boolean started = false;
        for (KpiEvent.Message message : messages) {
            if (started && message.from() == Sender.BOT) {
                return Optional.of(message.at());
            }
            started |= message.from() == Sender.PATIENT;
        }
        return Optional.empty();
    }

    /** Whether its latest message is younger than a window and not followed by a close at or after it. */
    boolean isActive(Instant asOf, Duration window) {
        Instant latest = messages.get(messages.size() - 1).at();
        for (Instant close : closed) {
            if (!close.isBefore(latest)) {
                return false;
            }
        }
        return latest.isAfter(asOf.minus(window));
    }
}
