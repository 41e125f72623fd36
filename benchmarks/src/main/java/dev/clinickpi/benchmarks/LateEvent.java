package dev.clinickpi.benchmarks;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A handoff that arrives when its conversation, of the log's first day, has long been settled. */
final class LateEvent {

    /** Patients' messages of one clinic, one for each conversation. */
    private final Map<String, KpiEvent.Message> candidates = new LinkedHashMap<>();

    /** The day is shuffled: a handoff may come before the messages that it followed. */
    private final Set<String> handedOff = new HashSet<>();

    private @Nullable ClinicId clinic;

    /** Looks at an event of the log, delivered on a day, from 1. */
    void notice(KpiEvent event, int day) {
        if (event instanceof KpiEvent.ConversationHandedOff handOff) {
            handedOff.add(handOff.conversationId());
        } else if (day == 1 && event instanceof KpiEvent.Message message && message.from() == KpiEvent.Sender.PATIENT) {
            if (clinic == null) {
                clinic = message.clinicId();
            }
            if (message.clinicId().equals(clinic)) {
                candidates.put(message.conversationId(), message);
            }
        }
    }

    /** The event, once the log is over. */
    KpiEvent event() {
        candidates.keySet().removeAll(handedOff);
        KpiEvent.Message message = candidates.values().iterator().next();
        return new KpiEvent.ConversationHandedOff(
                "late", message.clinicId(), message.at().plusSeconds(1), message.conversationId());
    }
}
