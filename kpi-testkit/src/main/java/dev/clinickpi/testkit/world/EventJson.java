package dev.clinickpi.testkit.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes an event as the table of section 1 has it. */
final class EventJson {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private EventJson() {}

    static ObjectNode of(KpiEvent event) {
        EventJson writer = new EventJson();
        writer.put("id", event.id())
                .put("clinicId", event.clinicId().value())
                .put("at", event.at().toString())
                .put("type", event.type().id());
        writer.putFieldsOf(event);
        return writer.json;
    }

    private void putFieldsOf(KpiEvent event) {
        if (event instanceof KpiEvent.Message e) {
            put("conversationId", e.conversationId())
                    .put("patientId", e.patientId())
                    .put("from", e.from())
                    .put("vertical", e.vertical())
                    .put("text", e.text());
        } else if (event instanceof KpiEvent.LeadScored e) {
            put("conversationId", e.conversationId()).put("tier", e.tier());
        } else if (event instanceof KpiEvent.ConversationHandedOff e) {
            put("conversationId", e.conversationId());
        } else if (event instanceof KpiEvent.ConversationClosed e) {
            put("conversationId", e.conversationId());
        } else if (event instanceof KpiEvent.ServiceMentioned e) {
            put("conversationId", e.conversationId()).put("serviceId", e.serviceId());
        } else if (event instanceof KpiEvent.Appointment e) {
            put("appointmentId", e.appointmentId())
                    .put("patientId", e.patientId())
                    .put("status", e.status())
                    .put("startsAt", e.startsAt().toString())
                    .put("conversationId", e.conversationId())
                    .put("serviceId", e.serviceId())
                    .put("value", e.value());
        } else if (event instanceof KpiEvent.WaitlistOffered e) {
            put("cancelledAppointmentId", e.cancelledAppointmentId()).put("patientId", e.patientId());
        } else if (event instanceof KpiEvent.WaitlistFilled e) {
            put("cancelledAppointmentId", e.cancelledAppointmentId()).put("appointmentId", e.appointmentId());
        } else if (event instanceof KpiEvent.CsatSubmitted e) {
            put("conversationId", e.conversationId()).put("patientId", e.patientId());
            json.put("score", e.score());
        } else if (event instanceof KpiEvent.LlmUsed e) {
            put("model", e.model());
            json.put("inputTokens", e.inputTokens());
            json.put("cachedInputTokens", e.cachedInputTokens());
            json.put("outputTokens", e.outputTokens());
            put("conversationId", e.conversationId()).put("cost", e.cost());
        } else if (event instanceof KpiEvent.FeatureUsed e) {
            put("feature", e.feature());
        } else if (event instanceof KpiEvent.SubscriptionChanged e) {
            put("tier", e.tier());
        } else if (event instanceof KpiEvent.PatientOnboarded e) {
            put("patientId", e.patientId());
        }
    }

    private EventJson put(String field, @Nullable String text) {
        if (text != null) {
            json.put(field, text);
        }
        return this;
    }

    private EventJson put(String field, Enum<?> word) {
        return put(field, word.name().toLowerCase(Locale.ROOT));
    }

    private EventJson put(String field, @Nullable Money money) {
        if (money != null) {
            json.putObject(field).put("amount", money.amount().toPlainString()).put("currency", money.currency());
        }
        return this;
    }
}
