package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the privacy gate makes of an event: 64-bit keyed ids, catalogue words, numbers and instants. Nothing else exists behind the gate, and nothing
 * but a {@link PrivacyGate} can make one; {@link FactCodec} gives back what a store kept of it.
 *
 * <p>Two facts are equal when they have one id and one content. The services that a message's text named are no part of its content: the catalogue
 * that they were matched against may have changed between two deliveries of one event.
 */
public abstract sealed class Fact {

    private final ClinicId clinic;
    private final long id;
    private final long at;

    private Fact(ClinicId clinic, long id, long at) {
        this.clinic = clinic;
        this.id = id;
        this.at = at;
    }

    /** The clinic that it happened at. */
    public final ClinicId clinic() {
        return clinic;
    }

    /** The keyed id of the event; the same id again is the same event. */
    public final long id() {
        return id;
    }

    /** When it happened, in epoch milliseconds. */
    public final long at() {
        return at;
    }

    /** The type of the event that it was made of. */
    public abstract EventType type();

    /**
     * The entities that it bears the id of. Whoever knows all facts of an entity knows its state, the newest states of appointments that name it apart;
     * those have facts of their own.
     *
     * @return none for a fact of the clinic itself
     */
    public abstract List<EntityKey> entities();

    /** All that two deliveries of one event share, {@link #id()} and {@link #clinic()} apart. */
    abstract List<@Nullable Object> content();

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Fact that
                && id == that.id
                && at == that.at
                && type() == that.type()
                && clinic.equals(that.clinic)
                && content().equals(that.content());
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public final String toString() {
        return type().id() + " at " + clinic;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<@Nullable Object> fields(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** A message of a conversation; of its text only the services that it named are left. */
    public static final class Message extends Fact {
        private final long conversation;
        private final long patient;
        private final KpiEvent.Sender from;
        private final @Nullable String vertical;
        private final Set<String> services;

        Message(
                ClinicId clinic,
                long id,
                long at,
                long conversation,
                long patient,
                KpiEvent.Sender from,
                @Nullable String vertical,
                Set<String> services) {
            super(clinic, id, at);
            this.conversation = conversation;
            this.patient = patient;
            this.from = from;
            this.vertical = vertical;
            this.services = services;
        }

        /** The keyed id of the conversation. */
        public long conversation() {
            return conversation;
        }

        /** The keyed id of the patient. */
        public long patient() {
            return patient;
        }

        /** Who wrote it. */
        public KpiEvent.Sender from() {
            return from;
        }

        /** The line of business that it names, or null. */
        public @Nullable String vertical() {
            return vertical;
        }

        /** The catalogue's services that its text named. */
        public Set<String> services() {
            return services;
        }

        @Override
        public EventType type() {
            return EventType.MESSAGE;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.conversation(conversation), EntityKey.patient(patient));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(conversation, patient, from, vertical);
        }
    }

    /** A conversation's lead score. */
    public static final class LeadScored extends Fact {
        private final long conversation;
        private final KpiEvent.LeadTier tier;

        LeadScored(ClinicId clinic, long id, long at, long conversation, KpiEvent.LeadTier tier) {
            super(clinic, id, at);
            this.conversation = conversation;
            this.tier = tier;
        }

        /** The keyed id of the conversation. */
        public long conversation() {
            return conversation;
        }

        /** How promising it is. */
        public KpiEvent.LeadTier tier() {
            return tier;
        }

        @Override
        public EventType type() {
            return EventType.LEAD_SCORED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.conversation(conversation));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(conversation, tier);
        }
    }

    /** A conversation went to a person. */
    public static final class ConversationHandedOff extends Fact {
        private final long conversation;

        ConversationHandedOff(ClinicId clinic, long id, long at, long conversation) {
            super(clinic, id, at);
            this.conversation = conversation;
        }

        /** The keyed id of the conversation. */
        public long conversation() {
            return conversation;
        }

        @Override
        public EventType type() {
            return EventType.CONVERSATION_HANDED_OFF;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.conversation(conversation));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(conversation);
        }
    }

    /** A conversation was closed. */
    public static final class ConversationClosed extends Fact {
        private final long conversation;

        ConversationClosed(ClinicId clinic, long id, long at, long conversation) {
            super(clinic, id, at);
            this.conversation = conversation;
        }

        /** The keyed id of the conversation. */
        public long conversation() {
            return conversation;
        }

        @Override
        public EventType type() {
            return EventType.CONVERSATION_CLOSED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.conversation(conversation));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(conversation);
        }
    }

    /** A conversation mentioned a service. */
    public static final class ServiceMentioned extends Fact {
        private final long conversation;
        private final String service;

        ServiceMentioned(ClinicId clinic, long id, long at, long conversation, String service) {
            super(clinic, id, at);
            this.conversation = conversation;
            this.service = service;
        }

        /** The keyed id of the conversation. */
        public long conversation() {
            return conversation;
        }

        /** The service's key. */
        public String service() {
            return service;
        }

        @Override
        public EventType type() {
            return EventType.SERVICE_MENTIONED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.conversation(conversation));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(conversation, service);
        }
    }

    /** A state of an appointment. */
    public static final class Appointment extends Fact {
        private final long appointment;
        private final long patient;
        private final KpiEvent.AppointmentStatus status;
        private final long startsAt;
        private final @Nullable Long conversation;
        private final @Nullable String service;
        private final @Nullable Money value;

        Appointment(
                ClinicId clinic,
                long id,
                long at,
                long appointment,
                long patient,
                KpiEvent.AppointmentStatus status,
                long startsAt,
                @Nullable Long conversation,
                @Nullable String service,
                @Nullable Money value) {
            super(clinic, id, at);
            this.appointment = appointment;
            this.patient = patient;
            this.status = status;
            this.startsAt = startsAt;
            this.conversation = conversation;
            this.service = service;
            this.value = value;
        }

        /** The keyed id of the appointment. */
        public long appointment() {
            return appointment;
        }

        /** The keyed id of the patient. */
        public long patient() {
            return patient;
        }

        /** What became of it. */
        public KpiEvent.AppointmentStatus status() {
            return status;
        }

        /** When it is to start, in epoch milliseconds. */
        public long startsAt() {
            return startsAt;
        }

        /** The conversation that led to it, or null. */
        public @Nullable Long conversation() {
            return conversation;
        }

        /** The service's key, or null. */
        public @Nullable String service() {
            return service;
        }

        /** What it is worth, or null. */
        public @Nullable Money value() {
            return value;
        }

        @Override
        public EventType type() {
            return EventType.APPOINTMENT;
        }

        @Override
        public List<EntityKey> entities() {
            EntityKey itself = EntityKey.appointment(appointment);
            EntityKey whose = EntityKey.patient(patient);
            return conversation == null
                    ? List.of(itself, whose)
                    : List.of(itself, whose, EntityKey.conversation(conversation));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(appointment, patient, status, startsAt, conversation, service, value);
        }
    }

    /** A cancelled appointment's place was offered. */
    public static final class WaitlistOffered extends Fact {
        private final long cancelledAppointment;

        WaitlistOffered(ClinicId clinic, long id, long at, long cancelledAppointment) {
            super(clinic, id, at);
            this.cancelledAppointment = cancelledAppointment;
        }

        /** The keyed id of the cancelled appointment. */
        public long cancelledAppointment() {
            return cancelledAppointment;
        }

        @Override
        public EventType type() {
            return EventType.WAITLIST_OFFERED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.appointment(cancelledAppointment));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(cancelledAppointment);
        }
    }

    /** A cancelled appointment's place was taken. */
    public static final class WaitlistFilled extends Fact {
        private final long cancelledAppointment;

        WaitlistFilled(ClinicId clinic, long id, long at, long cancelledAppointment) {
            super(clinic, id, at);
            this.cancelledAppointment = cancelledAppointment;
        }

        /** The keyed id of the cancelled appointment. */
        public long cancelledAppointment() {
            return cancelledAppointment;
        }

        @Override
        public EventType type() {
            return EventType.WAITLIST_FILLED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.appointment(cancelledAppointment));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(cancelledAppointment);
        }
    }

    /** A patient's satisfaction with a conversation. */
    public static final class CsatSubmitted extends Fact {
        private final long conversation;
        private final long patient;
        private final int score;

        CsatSubmitted(ClinicId clinic, long id, long at, long conversation, long patient, int score) {
            super(clinic, id, at);
            this.conversation = conversation;
            this.patient = patient;
            this.score = score;
        }

        /** The keyed id of the conversation. */
        public long conversation() {
            return conversation;
        }

        /** The keyed id of the patient. */
        public long patient() {
            return patient;
        }

        /** From 1 to 5. */
        public int score() {
            return score;
        }

        @Override
        public EventType type() {
            return EventType.CSAT_SUBMITTED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.conversation(conversation), EntityKey.patient(patient));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(conversation, patient, score);
        }
    }

    /** A call of a language model. */
    public static final class LlmUsed extends Fact {
        private final String model;
        private final long inputTokens;
        private final long cachedInputTokens;
        private final long outputTokens;
        private final @Nullable Money cost;

        LlmUsed(
                ClinicId clinic,
                long id,
                long at,
                String model,
                long inputTokens,
                long cachedInputTokens,
                long outputTokens,
                @Nullable Money cost) {
            super(clinic, id, at);
            this.model = model;
            this.inputTokens = inputTokens;
            this.cachedInputTokens = cachedInputTokens;
            this.outputTokens = outputTokens;
            this.cost = cost;
        }

        /** The model's name. */
        public String model() {
            return model;
        }

        /** All input tokens, the cached ones among them. */
        public long inputTokens() {
            return inputTokens;
        }

        /** The cached ones of the input tokens. */
        public long cachedInputTokens() {
            return cachedInputTokens;
        }

        /** The output tokens. */
        public long outputTokens() {
            return outputTokens;
        }

        /** What it cost, or null. */
        public @Nullable Money cost() {
            return cost;
        }

        @Override
        public EventType type() {
            return EventType.LLM_USED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of();
        }

        @Override
        List<@Nullable Object> content() {
            return fields(model, inputTokens, cachedInputTokens, outputTokens, cost);
        }
    }

    /** The clinic used a feature. */
    public static final class FeatureUsed extends Fact {
        private final String feature;

        FeatureUsed(ClinicId clinic, long id, long at, String feature) {
            super(clinic, id, at);
            this.feature = feature;
        }

        /** The feature's name. */
        public String feature() {
            return feature;
        }

        @Override
        public EventType type() {
            return EventType.FEATURE_USED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of();
        }

        @Override
        List<@Nullable Object> content() {
            return fields(feature);
        }
    }

    /** The clinic changed its subscription. */
    public static final class SubscriptionChanged extends Fact {
        private final String tier;

        SubscriptionChanged(ClinicId clinic, long id, long at, String tier) {
            super(clinic, id, at);
            this.tier = tier;
        }

        /** The tier's key. */
        public String tier() {
            return tier;
        }

        @Override
        public EventType type() {
            return EventType.SUBSCRIPTION_CHANGED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of();
        }

        @Override
        List<@Nullable Object> content() {
            return fields(tier);
        }
    }

    /** A patient became the clinic's. */
    public static final class PatientOnboarded extends Fact {
        private final long patient;

        PatientOnboarded(ClinicId clinic, long id, long at, long patient) {
            super(clinic, id, at);
            this.patient = patient;
        }

        /** The keyed id of the patient. */
        public long patient() {
            return patient;
        }

        @Override
        public EventType type() {
            return EventType.PATIENT_ONBOARDED;
        }

        @Override
        public List<EntityKey> entities() {
            return List.of(EntityKey.patient(patient));
        }

        @Override
        List<@Nullable Object> content() {
            return fields(patient);
        }
    }
}
