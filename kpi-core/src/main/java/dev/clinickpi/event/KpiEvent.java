package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host reports: an immutable fact in the host's own words and ids (section 1). Events live in front of the privacy gate; none of them, nor any
 * id or text of theirs, is kept behind it. Their {@code toString} names no field that could be personal.
 *
 * <p>Every record checks itself when it is made and throws {@link InvalidEventException}, which names the field and the rule.
 */
public sealed interface KpiEvent {

    /** The producer's key, unique in a clinic. The same id again is the same event. */
    String id();

    /** The clinic that it happened at. */
    ClinicId clinicId();

    /** When it happened, to the millisecond. */
    Instant at();

    /** The name of its type in NDJSON. */
    EventType type();

    /**
     * The event of fields that are named as NDJSON names them, under the same rules; money is {@code value.amount} and {@code value.currency}, or
     * {@code cost.…}. A null is an absent field, and a field that the event's type does not have is ignored, whatever it holds.
     *
     * @param fields strings for ids, labels, words and texts; an {@link Instant} or its ISO-8601 text for instants; exact numbers
     *     ({@link Long}, {@link java.math.BigDecimal} and the like) or their digits for whole numbers and amounts. A number for an id is its digits.
     * @throws InvalidEventException if a field breaks its rule, a value of any other class among it
     * @throws IllegalArgumentException if there is a name that no event has
     */
    static KpiEvent of(Map<String, ? extends @Nullable Object> fields) {
        return new EventMaker(EventRules::clinic).event(FlatFields.read(fields));
    }

    /** The names that {@link #of(Map)} knows. */
    static Set<String> fieldNames() {
        return EventField.byPath().keySet();
    }

    /** Who wrote a message, in the order that messages of one instant stand. */
    enum Sender {
        /** The patient. */
        PATIENT,
        /** The AI receptionist. */
        BOT,
        /** A person of the clinic. */
        HUMAN
    }

    /** How promising a conversation is, small to large. */
    enum LeadTier {
        /** Least. */
        COLD,
        /** Little. */
        COOL,
        /** Much. */
        WARM,
        /** Most. */
        HOT
    }

    /** What became of an appointment, in the order that events of one instant stand. */
    enum AppointmentStatus {
        /** Made. */
        BOOKED,
        /** Confirmed by the patient. */
        CONFIRMED,
        /** Called off. */
        CANCELLED,
        /** The patient came. */
        COMPLETED,
        /** The patient did not come. */
        NO_SHOW
    }

    /**
     * A message of a conversation.
     *
     * @param conversationId the host's key of the conversation
     * @param patientId the host's key of the patient
     * @param from who wrote it
     * @param vertical the line of business that it names, or null
     * @param text what it says, or null; the gate matches it against the catalogue and drops it
     */
    record Message(
            String id,
            ClinicId clinicId,
            Instant at,
            String conversationId,
            String patientId,
            Sender from,
            @Nullable String vertical,
            @Nullable String text)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public Message {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("conversationId", conversationId);
            EventRules.id("patientId", patientId);
            EventRules.present("from", from);
            EventRules.optionalLabel("vertical", vertical);
        }

        @Override
        public EventType type() {
            return EventType.MESSAGE;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A conversation's lead score.
     *
     * @param conversationId the host's key of the conversation
     * @param tier how promising it is
     */
    record LeadScored(String id, ClinicId clinicId, Instant at, String conversationId, LeadTier tier)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public LeadScored {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("conversationId", conversationId);
            EventRules.present("tier", tier);
        }

        @Override
        public EventType type() {
            return EventType.LEAD_SCORED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A conversation went to a person of the clinic.
     *
     * @param conversationId the host's key of the conversation
     */
    record ConversationHandedOff(String id, ClinicId clinicId, Instant at, String conversationId) implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public ConversationHandedOff {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("conversationId", conversationId);
        }

        @Override
        public EventType type() {
            return EventType.CONVERSATION_HANDED_OFF;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A conversation was closed.
     *
     * @param conversationId the host's key of the conversation
     */
    record ConversationClosed(String id, ClinicId clinicId, Instant at, String conversationId) implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public ConversationClosed {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("conversationId", conversationId);
        }

        @Override
        public EventType type() {
            return EventType.CONVERSATION_CLOSED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A conversation mentioned a service.
     *
     * @param conversationId the host's key of the conversation
     * @param serviceId the service's key in the catalogue
     */
    record ServiceMentioned(String id, ClinicId clinicId, Instant at, String conversationId, String serviceId)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public ServiceMentioned {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("conversationId", conversationId);
            EventRules.label("serviceId", serviceId);
        }

        @Override
        public EventType type() {
            return EventType.SERVICE_MENTIONED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A state of an appointment.
     *
     * @param appointmentId the host's key of the appointment
     * @param patientId the host's key of the patient
     * @param status what became of it
     * @param startsAt when it is to start, to the millisecond
     * @param conversationId the host's key of the conversation that led to it, or null
     * @param serviceId the service's key in the catalogue, or null
     * @param value what it is worth, or null
     */
    record Appointment(
            String id,
            ClinicId clinicId,
            Instant at,
            String appointmentId,
            String patientId,
            AppointmentStatus status,
            Instant startsAt,
            @Nullable String conversationId,
            @Nullable String serviceId,
            @Nullable Money value)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public Appointment {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("appointmentId", appointmentId);
            EventRules.id("patientId", patientId);
            EventRules.present("status", status);
            startsAt = EventRules.instant("startsAt", startsAt);
            EventRules.optionalId("conversationId", conversationId);
            EventRules.optionalLabel("serviceId", serviceId);
        }

        @Override
        public EventType type() {
            return EventType.APPOINTMENT;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * The place of a cancelled appointment was offered to a patient of the waitlist.
     *
     * @param cancelledAppointmentId the host's key of the cancelled appointment
     * @param patientId the host's key of the patient that it was offered to
     */
    record WaitlistOffered(String id, ClinicId clinicId, Instant at, String cancelledAppointmentId, String patientId)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public WaitlistOffered {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("cancelledAppointmentId", cancelledAppointmentId);
            EventRules.id("patientId", patientId);
        }

        @Override
        public EventType type() {
            return EventType.WAITLIST_OFFERED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * The place of a cancelled appointment was taken from the waitlist.
     *
     * @param cancelledAppointmentId the host's key of the cancelled appointment
     * @param appointmentId the host's key of the appointment that took its place
     */
    record WaitlistFilled(String id, ClinicId clinicId, Instant at, String cancelledAppointmentId, String appointmentId)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public WaitlistFilled {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("cancelledAppointmentId", cancelledAppointmentId);
            EventRules.id("appointmentId", appointmentId);
        }

        @Override
        public EventType type() {
            return EventType.WAITLIST_FILLED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A patient's satisfaction with a conversation.
     *
     * @param conversationId the host's key of the conversation
     * @param patientId the host's key of the patient
     * @param score from 1 to 5
     */
    record CsatSubmitted(String id, ClinicId clinicId, Instant at, String conversationId, String patientId, int score)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public CsatSubmitted {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("conversationId", conversationId);
            EventRules.id("patientId", patientId);
            EventRules.score(score);
        }

        @Override
        public EventType type() {
            return EventType.CSAT_SUBMITTED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A call of a language model.
     *
     * @param model the model's name
     * @param inputTokens all input tokens, the cached ones among them
     * @param cachedInputTokens the cached ones of them
     * @param outputTokens the output tokens
     * @param conversationId the host's key of the conversation that it served, or null
     * @param cost what it cost, or null when the price list decides
     */
    record LlmUsed(
            String id,
            ClinicId clinicId,
            Instant at,
            String model,
            long inputTokens,
            long cachedInputTokens,
            long outputTokens,
            @Nullable String conversationId,
            @Nullable Money cost)
            implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public LlmUsed {
            at = EventRules.common(id, clinicId, at);
            EventRules.label("model", model);
            EventRules.tokens("inputTokens", inputTokens);
            EventRules.tokens("cachedInputTokens", cachedInputTokens);
            EventRules.tokens("outputTokens", outputTokens);
            EventRules.check("cachedInputTokens", cachedInputTokens <= inputTokens, "must be at most inputTokens");
            EventRules.optionalId("conversationId", conversationId);
        }

        @Override
        public EventType type() {
            return EventType.LLM_USED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * The clinic used a feature of the product.
     *
     * @param feature the feature's name
     */
    record FeatureUsed(String id, ClinicId clinicId, Instant at, String feature) implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public FeatureUsed {
            at = EventRules.common(id, clinicId, at);
            EventRules.label("feature", feature);
        }

        @Override
        public EventType type() {
            return EventType.FEATURE_USED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * The clinic changed its subscription.
     *
     * @param tier the tier's key
     */
    record SubscriptionChanged(String id, ClinicId clinicId, Instant at, String tier) implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public SubscriptionChanged {
            at = EventRules.common(id, clinicId, at);
            EventRules.label("tier", tier);
        }

        @Override
        public EventType type() {
            return EventType.SUBSCRIPTION_CHANGED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }

    /**
     * A patient became the clinic's.
     *
     * @param patientId the host's key of the patient
     */
    record PatientOnboarded(String id, ClinicId clinicId, Instant at, String patientId) implements KpiEvent {

        /** @throws InvalidEventException if a field breaks its rule */
        public PatientOnboarded {
            at = EventRules.common(id, clinicId, at);
            EventRules.id("patientId", patientId);
        }

        @Override
        public EventType type() {
            return EventType.PATIENT_ONBOARDED;
        }

        @Override
        public String toString() {
            return EventRules.describe(this);
        }
    }
}
