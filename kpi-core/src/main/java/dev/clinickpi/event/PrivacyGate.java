package dev.clinickpi.event;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a host's events to the facts that the library keeps. The gate decides how an id is keyed, which services a text names and which
 * labels may reach a figure; what a fact is made of is not for it to decide, so nothing personal can pass by oversight.
 *
 * <p>Implementations must be safe for use by many threads. An engine cannot be built without one; {@code kpi-privacy} has the standard one.
 */
public abstract class PrivacyGate {

    /** What an id names. One string under two kinds gives two unrelated pseudonyms. */
    public enum IdKind {
        /** An event. */
        EVENT,
        /** A conversation. */
        CONVERSATION,
        /** An appointment. */
        APPOINTMENT,
        /** A patient. */
        PATIENT
    }

    /** What a label names. */
    public enum LabelKind {
        /** A service, a word of the clinic's catalogue. */
        SERVICE,
        /** A line of business. */
        VERTICAL,
        /** A language model. */
        MODEL,
        /** A feature of the product. */
        FEATURE,
        /** A subscription tier. */
        TIER
    }

    /** For implementations. */
    protected PrivacyGate() {}

    /**
     * The pseudonym of an id: the same for the same clinic, kind and id, and telling nothing of the id to who lacks the clinic's key.
     *
     * @return 64 bits, spread evenly
     */
    protected abstract long pseudonym(ClinicId clinic, IdKind kind, String id);

    /**
     * The services of a clinic's catalogue that a text names.
     *
     * @param text the transient text of a message; must not be kept
     * @return the ids of the services; empty when it names none
     */
    protected abstract Set<String> servicesIn(Clinic clinic, String text);

    /** Whether a label may reach a figure: a word of a catalogue, not something about a person. */
    protected abstract boolean isPublishable(Clinic clinic, LabelKind kind, String label);

    /**
     * Makes a fact of an event.
     *
     * @param clinic the clinic that the event names
     * @throws InvalidEventException if a label of it may not reach a figure
     */
    public final Fact admit(KpiEvent event, Clinic clinic) {
        return new Admission(event, clinic).fact();
    }

    /**
     * The keyed id of a patient, for an erasure: the host's own goes no further than the gate.
     *
     * @param patientId the host's id, as events bear it
     * @throws InvalidEventException if it can be no id
     */
    public final long patient(ClinicId clinic, String patientId) {
        EventRules.id("patientId", patientId);
        return pseudonym(clinic, IdKind.PATIENT, patientId);
    }

    /**
     * Destroys what ids of a clinic are keyed under, for good, so that nothing of the clinic passes any more.
     *
     * @return whether it did; false where that is not the gate's to do, as by default: then the host sees to it
     */
    public boolean destroyKey(ClinicId clinic) {
        return false;
    }

    /** One event on its way through. */
    private final class Admission {

        private final KpiEvent event;
        private final Clinic clinic;
        private final ClinicId at;
        private final long id;
        private final long millis;

        Admission(KpiEvent event, Clinic clinic) {
            this.event = event;
            this.clinic = clinic;
            this.at = clinic.id();
            this.id = pseudonym(at, IdKind.EVENT, event.id());
            this.millis = event.at().toEpochMilli();
        }

        Fact fact() {
            if (event instanceof KpiEvent.Message e) {
                return new Fact.Message(
                        at,
                        id,
                        millis,
                        conversation(e.conversationId()),
                        patient(e.patientId()),
                        e.from(),
                        optionalLabel("vertical", LabelKind.VERTICAL, e.vertical()),
                        e.text() == null ? Set.of() : Set.copyOf(servicesIn(clinic, e.text())));
            } else if (event instanceof KpiEvent.LeadScored e) {
                return new Fact.LeadScored(at, id, millis, conversation(e.conversationId()), e.tier());
            } else if (event instanceof KpiEvent.ConversationHandedOff e) {
                return new Fact.ConversationHandedOff(at, id, millis, conversation(e.conversationId()));
            } else if (event instanceof KpiEvent.ConversationClosed e) {
                return new Fact.ConversationClosed(at, id, millis, conversation(e.conversationId()));
            } else if (event instanceof KpiEvent.ServiceMentioned e) {
                return new Fact.ServiceMentioned(
                        at, id, millis, conversation(e.conversationId()), service(e.serviceId()));
            } else if (event instanceof KpiEvent.Appointment e) {
                return appointment(e);
            } else if (event instanceof KpiEvent.WaitlistOffered e) {
                return new Fact.WaitlistOffered(at, id, millis, appointment(e.cancelledAppointmentId()));
            } else if (event instanceof KpiEvent.WaitlistFilled e) {
                return new Fact.WaitlistFilled(at, id, millis, appointment(e.cancelledAppointmentId()));
            } else if (event instanceof KpiEvent.CsatSubmitted e) {
                return new Fact.CsatSubmitted(
                        at, id, millis, conversation(e.conversationId()), patient(e.patientId()), e.score());
            } else if (event instanceof KpiEvent.LlmUsed e) {
                return new Fact.LlmUsed(
                        at,
                        id,
                        millis,
                        label("model", LabelKind.MODEL, e.model()),
                        e.inputTokens(),
                        e.cachedInputTokens(),
                        e.outputTokens(),
                        e.cost());
            } else if (event instanceof KpiEvent.FeatureUsed e) {
                return new Fact.FeatureUsed(at, id, millis, label("feature", LabelKind.FEATURE, e.feature()));
            } else if (event instanceof KpiEvent.SubscriptionChanged e) {
                return new Fact.SubscriptionChanged(at, id, millis, label("tier", LabelKind.TIER, e.tier()));
            } else if (event instanceof KpiEvent.PatientOnboarded e) {
                return new Fact.PatientOnboarded(at, id, millis, patient(e.patientId()));
            }
            throw new AssertionError(event.type());
        }

        private Fact appointment(KpiEvent.Appointment e) {
            return new Fact.Appointment(
                    at,
                    id,
                    millis,
                    appointment(e.appointmentId()),
                    patient(e.patientId()),
                    e.status(),
                    e.startsAt().toEpochMilli(),
                    e.conversationId() == null ? null : conversation(e.conversationId()),
                    optionalLabel("serviceId", LabelKind.SERVICE, e.serviceId()),
                    e.value());
        }

        private long conversation(String hostId) {
            return pseudonym(at, IdKind.CONVERSATION, hostId);
        }

        private long patient(String hostId) {
            return pseudonym(at, IdKind.PATIENT, hostId);
        }

        private long appointment(String hostId) {
            return pseudonym(at, IdKind.APPOINTMENT, hostId);
        }

        private String service(String label) {
            return label("serviceId", LabelKind.SERVICE, label);
        }

        private String label(String field, LabelKind kind, String label) {
            EventRules.check(
                    field, isPublishable(clinic, kind, label), "must be a word of a catalogue, nothing personal");
            return label;
        }

        private @Nullable String optionalLabel(String field, LabelKind kind, @Nullable String label) {
            return label == null ? null : label(field, kind, label);
        }
    }
}
