package dev.clinickpi.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.model.ReferenceFigure;
import dev.clinickpi.testkit.model.ReferenceFigure.Status;
import dev.clinickpi.testkit.model.ReferenceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

@Domain(ClinicDomain.class)
class ClinicWorldsTest {

    /** What the generators promise: no answer hangs on an order that the specification does not give. */
    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void noFigureDependsOnTheOrderOfArrival(@ForAll ClinicWorld world, @ForAll long seed) {
        List<KpiEvent> shuffled = new ArrayList<>(world.events());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(figures(world.with(shuffled))).isEqualTo(figures(world));
    }

    /** Of 400 worlds, always the same, so that a share just above its bound does not fail a build in a hundred. */
    @Property(tries = 400, seed = "42")
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void whatRulesTurnOnHappensOften(@ForAll ClinicWorld world) {
        Map<String, ReferenceFigure> figures = figures(world);
        often("asked within the period", 20, figures.get("response-time").partial());
        often("events after asOf", 20, any(world, KpiEvent.class, e -> e.at().isAfter(world.asOf())));
        often(
                "appointments after asOf",
                10,
                any(world, KpiEvent.Appointment.class, e -> e.startsAt().isAfter(world.asOf())));
        often(
                "duplicates",
                30,
                new HashSet<>(world.events()).size() < world.events().size());
        often(
                "ties",
                50,
                world.events().stream().map(KpiEvent::at).distinct().count() < new HashSet<>(world.events()).size());
        often("conversations", 25, figures.get("handoff-rate").n() > 1);
        often("conversions", 20, isPositive(figures.get("conversion-rate").value()));
        often("several verticals", 3, figures.get("conversion-rate").breakdown().size() > 1);
        often("open turns", 10, isPositive(figures.get("response-time").number("unanswered")));
        often("answers", 20, figures.get("response-time").n() > 1);
        often("recovered conversations", 20, figures.get("revenue-recovered").n() > 0);
        often("money booked", 1, isPositive(figures.get("revenue-recovered").number("booked")));
        often(
                "no opening hours or revenue",
                10,
                figures.get("revenue-recovered").status() == Status.NOT_APPLICABLE);
        often("no-shows", 4, isPositive(figures.get("no-show-rate").value()));
        often("cancellations", 8, figures.get("waitlist-conversion").n() > 0);
        often(
                "filled cancellations",
                1,
                isPositive(figures.get("waitlist-conversion").value()));
        often("scores", 8, figures.get("csat").n() > 0);
        often("response rates", 15, figures.get("csat").number("responseRate") != null);
        often("services", 5, figures.get("top-services").breakdown().size() > 0);
        often("priced and unpriced uses", 10, isPositive(figures.get("llm-cost").number("unpriced")));
        often("margins", 1, figures.get("llm-cost").number("margin") != null);
        often("margins over the fee", 5, figures.get("llm-cost").number("feeMargin") != null);
        often("active conversations", 10, figures.get("active-conversations").n() > 0);
        often("known tiers", 30, figures.get("tier-utilization").status() == Status.OK);
        often("advice", 5, figures.get("tier-utilization").components().containsKey("advice"));
    }

    /** A counterexample is of use only when it is read at a glance. */
    @Example
    void aFailureShrinksToTheEventsThatMakeIt() {
        Predicate<ClinicWorld> converts =
                world -> isPositive(figures(world).get("conversion-rate").value());

        ClinicWorld smallest = smallest(converts);

        assertThat(smallest.events()).hasSizeLessThanOrEqualTo(3);
        assertThat(smallest.events()).hasAtLeastOneElementOfType(KpiEvent.Message.class);
        assertThat(smallest.events()).hasAtLeastOneElementOfType(KpiEvent.Appointment.class);
        // Of which conversation depends on whether one story holds both: jqwik shrinks no two happenings at once.
        assertThat(smallest.toString()).contains("\"type\":\"appointment\"", "\"conversationId\":\"c");
    }

    /** Goes from the first world of that kind to a simpler one of that kind as long as there is one. */
    private static ClinicWorld smallest(Predicate<ClinicWorld> kind) {
        RandomGenerator<ClinicWorld> generator = ClinicWorlds.any().generator(1_000);
        Random random = new Random(42);
        Shrinkable<ClinicWorld> found = generator.next(random);
        while (!kind.test(found.value())) {
            found = generator.next(random);
        }
        Optional<Shrinkable<ClinicWorld>> simpler = Optional.of(found);
        while (simpler.isPresent()) {
            found = simpler.get();
            simpler = found.shrink().filter(world -> kind.test(world.value())).findFirst();
        }
        return found.value();
    }

    private static Map<String, ReferenceFigure> figures(ClinicWorld world) {
        return ReferenceModel.of(world.directory(), world.events())
                .figures(world.clinic(), world.period(), world.asOf());
    }

    private static void often(String what, int percent, boolean happens) {
        Statistics.label(what)
                .collect(happens)
                .coverage(coverage -> coverage.check(true).percentage(p -> p >= percent));
    }

    private static <E extends KpiEvent> boolean any(ClinicWorld world, Class<E> type, Predicate<E> holds) {
        return world.events().stream().filter(type::isInstance).map(type::cast).anyMatch(holds);
    }

    private static boolean isPositive(@Nullable BigDecimal value) {
        return value != null && value.signum() > 0;
    }
}
