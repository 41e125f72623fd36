package dev.clinickpi.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads an event of the golden sets, all of which are well-formed. */
final class GoldenEvent {

    private final JsonNode json;

    private GoldenEvent(JsonNode json) {
        this.json = json;
    }

    static KpiEvent parse(JsonNode json) {
        GoldenEvent fields = new GoldenEvent(json);
        return fields.event(fields.text("id"), ClinicId.of(fields.text("clinicId")), fields.instant("at"));
    }

    private KpiEvent event(String id, ClinicId clinic, Instant at) {
        return switch (text("type")) {
            case "message" ->
                new KpiEvent.Message(
                        id,
                        clinic,
                        at,
                        text("conversationId"),
                        text("patientId"),
                        word(Sender.class, "from"),
                        optional("vertical"),
                        optional("text"));
            case "lead.scored" ->
                new KpiEvent.LeadScored(id, clinic, at, text("conversationId"), word(LeadTier.class, "tier"));
            case "conversation.handed_off" ->
                new KpiEvent.ConversationHandedOff(id, clinic, at, text("conversationId"));
            case "conversation.closed" -> new KpiEvent.ConversationClosed(id, clinic, at, text("conversationId"));
            case "service.mentioned" ->
                new KpiEvent.ServiceMentioned(id, clinic, at, text("conversationId"), text("serviceId"));
            case "appointment" ->
                new KpiEvent.Appointment(
                        id,
                        clinic,
                        at,
                        text("appointmentId"),
                        text("patientId"),
                        word(AppointmentStatus.class, "status"),
                        instant("startsAt"),
                        optional("conversationId"),
                        optional("serviceId"),
                        money("value"));
            case "waitlist.offered" ->
                new KpiEvent.WaitlistOffered(id, clinic, at, text("cancelledAppointmentId"), text("patientId"));
            case "waitlist.filled" ->
                new KpiEvent.WaitlistFilled(id, clinic, at, text("cancelledAppointmentId"), text("appointmentId"));
            case "csat.submitted" ->
                new KpiEvent.CsatSubmitted(
                        id,
                        clinic,
                        at,
                        text("conversationId"),
                        text("patientId"),
                        json.get("score").intValue());
            case "llm.used" ->
                new KpiEvent.LlmUsed(
                        id,
                        clinic,
                        at,
                        text("model"),
                        json.get("inputTokens").longValue(),
                        json.path("cachedInputTokens").asLong(0),
                        json.get("outputTokens").longValue(),
                        optional("conversationId"),
                        money("cost"));
            case "feature.used" -> new KpiEvent.FeatureUsed(id, clinic, at, text("feature"));
            case "subscription.changed" -> new KpiEvent.SubscriptionChanged(id, clinic, at, text("tier"));
            case "patient.onboarded" -> new KpiEvent.PatientOnboarded(id, clinic, at, text("patientId"));
            default -> throw new IllegalArgumentException("type is none of section 1");
        };
    }

    private String text(String field) {
        return json.get(field).textValue();
    }

    private @Nullable String optional(String field) {
        return json.has(field) ? text(field) : null;
    }

    private Instant instant(String field) {
        return OffsetDateTime.parse(text(field)).toInstant();
    }

    private <E extends Enum<E>> E word(Class<E> type, String field) {
        return Enum.valueOf(type, text(field).toUpperCase(Locale.ROOT));
    }

    private @Nullable Money money(String field) {
        JsonNode money = json.get(field);
        return money == null
                ? null
                : new Money(
                        new BigDecimal(money.get("amount").textValue()),
                        money.get("currency").textValue());
    }
}
