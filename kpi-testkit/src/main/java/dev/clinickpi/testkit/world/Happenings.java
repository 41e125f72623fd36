package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.testkit.world.Stage.Happening;
import dev.clinickpi.testkit.world.Stage.Plot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What happens at a clinic: single events that may contradict each other in every way, and short stories, without which a conversation
 * would seldom be answered, convert or be recovered, nor an appointment be cancelled for a while.
 */
final class Happenings {

    private static final int LONGEST_STORY = 6;

    /** What each happening shrinks to first: jqwik cuts a list at its ends only. */
    private static final Happening NOTHING = stage -> {};

    private Happenings() {}

    static Arbitrary<Happening> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Prepared.of(Arbitraries.just(NOTHING))),
                Tuple.of(6, Prepared.of(single())),
                Tuple.of(3, Prepared.of(chat())),
                Tuple.of(2, Prepared.of(booking())));
    }

    /** One event by itself. */
    static Arbitrary<Happening> single() {
        return Combinators.combine(place(), Moment.any(), Plots.any())
                .as((place, moment, plot) -> stage -> stage.tell(place, stage.at(moment), plot));
    }

    private static Arbitrary<Happening> chat() {
        Arbitrary<List<Line>> lines = Combinators.combine(Moment.delay(), Arbitraries.of(Sender.class))
                .as(Line::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(LONGEST_STORY);
        return Combinators.combine(place(), Moment.any(), Words.conversation(), Words.patient(), lines)
                .as(Chat::new);
    }

    private static Arbitrary<Happening> booking() {
        Arbitrary<List<Step>> steps = Combinators.combine(Moment.delay(), Arbitraries.of(AppointmentStatus.class))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(LONGEST_STORY);
        return Combinators.combine(
                        place(),
                        Moment.any(),
                        Moment.any(),
                        Words.conversation(),
                        Words.patient(),
                        Words.appointment(),
                        Words.money(),
                        steps)
                .as(Booking::new);
    }

    /** Mostly the clinic that is asked; else its neighbour, whose ids are the same. */
    private static Arbitrary<Integer> place() {
        return Arbitraries.frequency(Tuple.of(7, 0), Tuple.of(1, 1));
    }

    private record Line(Duration pause, Sender from) {}

    /** A patient writes, and then they, the bot or a person of the clinic do after a pause each. */
    private record Chat(int place, Moment start, String conversation, String patient, List<Line> lines)
            implements Happening {

        @Override
        public void play(Stage stage) {
            Instant at = stage.at(start);
            write(stage, at, Sender.PATIENT);
            for (Line line : lines) {
                at = at.plus(line.pause);
                write(stage, at, line.from);
            }
        }

        private void write(Stage stage, Instant at, Sender from) {
            stage.tell(place, at, message(conversation, patient, from));
        }
    }

    private record Step(Duration pause, AppointmentStatus status) {}

    /** A patient writes, the bot answers, and an appointment that names the conversation runs through states after a pause each. */
    private record Booking(
            int place,
            Moment start,
            Moment startsAt,
            String conversation,
            String patient,
            String appointment,
            Money value,
            List<Step> steps)
            implements Happening {

        @Override
        public void play(Stage stage) {
            Instant at = stage.at(start);
            write(stage, at, Sender.PATIENT);
            write(stage, at.plus(steps.get(0).pause), Sender.BOT);
            for (Step step : steps) {
                at = at.plus(step.pause);
                stage.tell(
                        place,
                        at,
                        (id, clinic, when, anchors) -> new KpiEvent.Appointment(
                                id,
                                clinic,
                                when,
                                appointment,
                                patient,
                                step.status,
                                anchors.at(startsAt),
                                conversation,
                                null,
                                value));
            }
        }

        private void write(Stage stage, Instant at, Sender from) {
            stage.tell(place, at, message(conversation, patient, from));
        }
    }

    private static Plot message(String conversation, String patient, Sender from) {
        return (id, clinic, at, anchors) ->
                new KpiEvent.Message(id, clinic, at, conversation, patient, from, null, null);
    }
}
