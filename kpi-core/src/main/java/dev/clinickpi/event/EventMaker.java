package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.time.Instant;
import java.util.function.Function;

/** Makes an event of its fields, wherever they come from: one set of rules and messages for lines and for rows. */
final class EventMaker {

    private static final Choices<EventType> TYPES = Choices.of(EventType.values(), EventType::id);
    private static final Choices<Sender> SENDERS = Choices.named(Sender.values());
    private static final Choices<LeadTier> LEAD_TIERS = Choices.named(LeadTier.values());
    private static final Choices<AppointmentStatus> STATUSES = Choices.named(AppointmentStatus.values());

    private final Function<String, ClinicId> clinics;

    /**
     * A maker of events.
     *
     * @param clinics gives the id of a text, or throws {@link InvalidEventException}
     */
    EventMaker(Function<String, ClinicId> clinics) {
        this.clinics = clinics;
    }

    /** @throws InvalidEventException if a field breaks its rule */
    KpiEvent event(EventFields fields) {
        EventType type = fields.choice(EventField.TYPE, TYPES);
        String id = fields.text(EventField.ID);
        ClinicId clinic = clinics.apply(fields.text(EventField.CLINIC_ID));
        Instant at = fields.instant(EventField.AT);
        return switch (type) {
            case MESSAGE ->
                new KpiEvent.Message(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.CONVERSATION_ID),
                        fields.text(EventField.PATIENT_ID),
                        fields.choice(EventField.FROM, SENDERS),
                        fields.optionalText(EventField.VERTICAL),
                        fields.optionalText(EventField.TEXT));
            case LEAD_SCORED ->
                new KpiEvent.LeadScored(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.CONVERSATION_ID),
                        fields.choice(EventField.TIER, LEAD_TIERS));
            case CONVERSATION_HANDED_OFF ->
                new KpiEvent.ConversationHandedOff(id, clinic, at, fields.text(EventField.CONVERSATION_ID));
            case CONVERSATION_CLOSED ->
                new KpiEvent.ConversationClosed(id, clinic, at, fields.text(EventField.CONVERSATION_ID));
            case SERVICE_MENTIONED ->
                new KpiEvent.ServiceMentioned(
                        id, clinic, at, fields.text(EventField.CONVERSATION_ID), fields.text(EventField.SERVICE_ID));
            case APPOINTMENT ->
                new KpiEvent.Appointment(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.APPOINTMENT_ID),
                        fields.text(EventField.PATIENT_ID),
                        fields.choice(EventField.STATUS, STATUSES),
                        fields.instant(EventField.STARTS_AT),
                        fields.optionalText(EventField.CONVERSATION_ID),
                        fields.optionalText(EventField.SERVICE_ID),
                        fields.optionalMoney(EventField.VALUE, EventField.VALUE_AMOUNT, EventField.VALUE_CURRENCY));
            case WAITLIST_OFFERED ->
                new KpiEvent.WaitlistOffered(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.CANCELLED_APPOINTMENT_ID),
                        fields.text(EventField.PATIENT_ID));
            case WAITLIST_FILLED ->
                new KpiEvent.WaitlistFilled(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.CANCELLED_APPOINTMENT_ID),
                        fields.text(EventField.APPOINTMENT_ID));
            case CSAT_SUBMITTED ->
                new KpiEvent.CsatSubmitted(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.CONVERSATION_ID),
                        fields.text(EventField.PATIENT_ID),
                        EventRules.score(fields.whole(EventField.SCORE, EventRules.SCORE)));
            case LLM_USED ->
                new KpiEvent.LlmUsed(
                        id,
                        clinic,
                        at,
                        fields.text(EventField.MODEL),
                        fields.whole(EventField.INPUT_TOKENS, EventRules.TOKENS),
                        fields.wholeOrZero(EventField.CACHED_INPUT_TOKENS, EventRules.TOKENS),
                        fields.whole(EventField.OUTPUT_TOKENS, EventRules.TOKENS),
                        fields.optionalText(EventField.CONVERSATION_ID),
                        fields.optionalMoney(EventField.COST, EventField.COST_AMOUNT, EventField.COST_CURRENCY));
            case FEATURE_USED -> new KpiEvent.FeatureUsed(id, clinic, at, fields.text(EventField.FEATURE));
            case SUBSCRIPTION_CHANGED -> new KpiEvent.SubscriptionChanged(id, clinic, at, fields.text(EventField.TIER));
            case PATIENT_ONBOARDED -> new KpiEvent.PatientOnboarded(id, clinic, at, fields.text(EventField.PATIENT_ID));
        };
    }
}
