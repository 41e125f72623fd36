package dev.clinickpi.testkit.world;

import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.testkit.world.Stage.Plot;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** An arbitrary for each type of event, and one for them all. */
final class Plots {

    private static final double SELDOM = 0.8;

    private Plots() {}

    /** An event of any type, the types that figures are made of more often. */
    static Arbitrary<Plot> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Prepared.of(message())),
                Tuple.of(8, Prepared.of(appointment())),
                Tuple.of(3, Prepared.of(csatSubmitted())),
                Tuple.of(3, Prepared.of(llmUsed())),
                Tuple.of(2, Prepared.of(leadScored())),
                Tuple.of(2, Prepared.of(conversationClosed())),
                Tuple.of(2, Prepared.of(serviceMentioned())),
                Tuple.of(2, Prepared.of(featureUsed())),
                Tuple.of(3, Prepared.of(waitlistOffered())),
                Tuple.of(4, Prepared.of(waitlistFilled())),
                Tuple.of(1, Prepared.of(conversationHandedOff())),
                Tuple.of(1, Prepared.of(subscriptionChanged())),
                Tuple.of(1, Prepared.of(patientOnboarded())));
    }

    static Arbitrary<Plot> message() {
        return Combinators.combine(
                        Words.conversation(),
                        Words.patient(),
                        Arbitraries.of(Sender.class),
                        Prepared.of(Words.vertical()).injectNull(0.6),
                        Prepared.of(Words.text()).injectNull(SELDOM))
                .as((conversation, patient, from, vertical, text) -> (id, clinic, at, anchors) ->
                        new KpiEvent.Message(id, clinic, at, conversation, patient, from, vertical, text));
    }

    static Arbitrary<Plot> leadScored() {
        return Combinators.combine(Words.conversation(), Arbitraries.of(LeadTier.class))
                .as((conversation, tier) ->
                        (id, clinic, at, anchors) -> new KpiEvent.LeadScored(id, clinic, at, conversation, tier));
    }

    static Arbitrary<Plot> conversationHandedOff() {
        return Words.conversation()
                .map(conversation ->
                        (id, clinic, at, anchors) -> new KpiEvent.ConversationHandedOff(id, clinic, at, conversation));
    }

    static Arbitrary<Plot> conversationClosed() {
        return Words.conversation()
                .map(conversation ->
                        (id, clinic, at, anchors) -> new KpiEvent.ConversationClosed(id, clinic, at, conversation));
    }

    static Arbitrary<Plot> serviceMentioned() {
        return Combinators.combine(Words.conversation(), Words.service())
                .as((conversation, service) -> (id, clinic, at, anchors) ->
                        new KpiEvent.ServiceMentioned(id, clinic, at, conversation, service));
    }

    /** A state of an appointment of anyone, begun by any conversation or none: reschedules, moved links and changes of patient. */
    static Arbitrary<Plot> appointment() {
        return Combinators.combine(
                        Words.appointment(),
                        Words.patient(),
                        Arbitraries.of(AppointmentStatus.class),
                        Moment.any(),
                        Prepared.of(Words.conversation()).injectNull(0.4),
                        Prepared.of(Words.service()).injectNull(SELDOM),
                        Prepared.of(Words.money()).injectNull(0.5))
                .as((appointment, patient, status, startsAt, conversation, service, value) ->
                        (id, clinic, at, anchors) -> new KpiEvent.Appointment(
                                id,
                                clinic,
                                at,
                                appointment,
                                patient,
                                status,
                                anchors.at(startsAt),
                                conversation,
                                service,
                                value));
    }

    static Arbitrary<Plot> waitlistOffered() {
        return Combinators.combine(Words.appointment(), Words.patient())
                .as((cancelled, patient) ->
                        (id, clinic, at, anchors) -> new KpiEvent.WaitlistOffered(id, clinic, at, cancelled, patient));
    }

    static Arbitrary<Plot> waitlistFilled() {
        return Combinators.combine(Words.appointment(), Words.appointment())
                .as((cancelled, filling) ->
                        (id, clinic, at, anchors) -> new KpiEvent.WaitlistFilled(id, clinic, at, cancelled, filling));
    }

    static Arbitrary<Plot> csatSubmitted() {
        return Combinators.combine(
                        Words.conversation(),
                        Words.patient(),
                        Arbitraries.integers().between(1, 5))
                .as((conversation, patient, score) -> (id, clinic, at, anchors) ->
                        new KpiEvent.CsatSubmitted(id, clinic, at, conversation, patient, score));
    }

    static Arbitrary<Plot> llmUsed() {
        return Combinators.combine(
                        Arbitraries.of(Words.MODELS),
                        Words.tokens(),
                        Words.tokens(),
                        Words.tokens(),
                        Prepared.of(Words.conversation()).injectNull(0.5),
                        Prepared.of(Words.money()).injectNull(0.7))
                .as((model, input, cached, output, conversation, cost) ->
                        (id, clinic, at, anchors) -> new KpiEvent.LlmUsed(
                                id, clinic, at, model, input, Math.min(cached, input), output, conversation, cost));
    }

    static Arbitrary<Plot> featureUsed() {
        return Arbitraries.of(Words.FEATURES)
                .map(feature -> (id, clinic, at, anchors) -> new KpiEvent.FeatureUsed(id, clinic, at, feature));
    }

    static Arbitrary<Plot> subscriptionChanged() {
        return Arbitraries.of(Words.TIERS)
                .map(tier -> (id, clinic, at, anchors) -> new KpiEvent.SubscriptionChanged(id, clinic, at, tier));
    }

    static Arbitrary<Plot> patientOnboarded() {
        return Words.patient()
                .map(patient -> (id, clinic, at, anchors) -> new KpiEvent.PatientOnboarded(id, clinic, at, patient));
    }
}
