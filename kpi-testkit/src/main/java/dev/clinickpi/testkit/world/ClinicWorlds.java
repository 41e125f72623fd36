package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.world.Stage.Happening;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random {@linkplain ClinicWorld worlds}: two clinics, a handful of patients, conversations and appointments that meet often, and instants
 * that lie on, just before and just after whatever rules turn on. They hold ties, corrections, resubmissions, moved links, late and future
 * events, unknown words, and events that arrive twice.
 *
 * <p>One thing they lack: two events of one instant that differ in nothing but ids, where the later one would decide whose something is.
 * The specification gives such events no order, so no answer is right: patient messages of one conversation and CSAT submissions for one
 * that name two patients, states of one appointment that name two patients or two conversations. Nor does an id come twice with different
 * content, which is the one thing that order of arrival decides.
 */
public final class ClinicWorlds {

    private static final int MOST_HAPPENINGS = 40;
    private static final int MOST_REDELIVERIES = 5;

    private ClinicWorlds() {}

    /** A world of up to some 150 events, in any of the zones. */
    public static Arbitrary<ClinicWorld> any() {
        return any(MOST_HAPPENINGS);
    }

    /**
     * A world in any of the zones.
     *
     * @param happenings how much may happen at most; each is one event or a story of a few
     */
    public static Arbitrary<ClinicWorld> any(int happenings) {
        // Edge cases are the smallest values of everything at once: worlds in which nothing happens, over and over.
        return worlds(happenings).withoutEdgeCases();
    }

    private static Arbitrary<ClinicWorld> worlds(int happenings) {
        Arbitrary<List<Redelivery>> redeliveries =
                Combinators.combine(place(), place()).as(Redelivery::new).list().ofMaxSize(MOST_REDELIVERIES);
        // Shrinking goes from left to right, and fewer happenings make everything else quicker to shrink.
        return Combinators.combine(
                        Happenings.any()
                                .list()
                                .ofMaxSize(happenings)
                                .withSizeDistribution(RandomDistribution.uniform()),
                        redeliveries,
                        asOf(),
                        periods(),
                        ClinicDirectories.plans(),
                        Arbitraries.of(Scene.ALL))
                .as((happened, again, asOf, period, directory, scene) -> new Draft(
                                scene, directory.in(scene), period.around(scene.day()), asOf, happened, again)
                        .world());
    }

    /** Days, weeks, four weeks and a month, with the change of the clock within, at a border or outside. */
    private static Arbitrary<Days> periods() {
        Arbitrary<Integer> days =
                Arbitraries.frequency(Tuple.of(2, 1), Tuple.of(2, 2), Tuple.of(4, 7), Tuple.of(3, 28), Tuple.of(2, 45));
        Arbitrary<Integer> before =
                Arbitraries.frequency(Tuple.of(2, 0), Tuple.of(3, 1), Tuple.of(3, 6), Tuple.of(2, 27), Tuple.of(1, -1));
        return Combinators.combine(before, days).as(Days::new);
    }

    private record Days(int before, int length) {

        Period around(LocalDate day) {
            LocalDate from = day.minusDays(before);
            return new Period(from, from.plusDays(length));
        }
    }

    /** As likely once the period is over as on any border. */
    private static Arbitrary<Moment> asOf() {
        return Arbitraries.oneOf(Prepared.of(Moment.any()), Prepared.of(Moment.afterThePeriod()));
    }

    private static Arbitrary<Integer> place() {
        return Arbitraries.integers().between(0, 1_000);
    }

    /** An event comes once more, somewhere. */
    private record Redelivery(int which, int where) {}

    private record Draft(
            Scene scene,
            ClinicDirectory directory,
            Period period,
            Moment asked,
            List<Happening> happened,
            List<Redelivery> again) {

        ClinicWorld world() {
            Clinic clinic = Objects.requireNonNull(directory.clinics().get(ClinicDirectories.ASKED));
            Anchors anchors = Anchors.of(scene, clinic, period);
            Instant asOf = anchors.at(asked);
            Stage stage = new Stage(anchors.around(asOf), directory.clinics().keySet());
            happened.forEach(happening -> happening.play(stage));
            List<KpiEvent> events = stage.events();
            for (Redelivery redelivery : again) {
                if (!events.isEmpty()) {
                    KpiEvent event = events.get(redelivery.which % events.size());
                    events.add(redelivery.where % (events.size() + 1), event);
                }
            }
            return new ClinicWorld(directory, events, clinic.id(), period, asOf);
        }
    }
}
