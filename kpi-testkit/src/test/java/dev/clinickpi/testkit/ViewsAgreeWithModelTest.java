package dev.clinickpi.testkit;

import static dev.clinickpi.testkit.ViewAgreement.assertAgree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.testkit.world.ClinicWorld;
import dev.clinickpi.testkit.world.ClinicWorlds;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The third invariant, for the views: beneath publication each is the reference model's. */
class ViewsAgreeWithModelTest {

    private static final String SEED = "20260302";
    private static final int SHORT_RUN = 250;
    private static final int LONG_RUN = 5_000;
    private static final Duration RUN_UP = Duration.ofDays(40);
    private static final long QUARTER_MILLIS = 15 * 60 * 1_000L;

    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    void onEveryGoldenCase(GoldenCase golden) {
        ClinicWorld world = new ClinicWorld(
                golden.set().directory(), golden.set().events(), golden.clinic(), golden.period(), golden.asOf());
        agrees(world);
    }

    @Property(tries = SHORT_RUN, seed = SEED)
    void onWhateverHappens(@ForAll("worlds") ClinicWorld world) {
        agrees(world);
    }

    @Property(tries = LONG_RUN)
    @Tag("thorough")
    void onWhateverHappensForLong(@ForAll("worlds") ClinicWorld world) {
        agrees(world);
    }

    /** Conversations cease to be pending and appointments begin without an event. */
    @Property(tries = SHORT_RUN, seed = SEED)
    void whileTimePasses(@ForAll("worlds") ClinicWorld world, @ForAll Random random) {
        Instant now = world.asOf().minus(RUN_UP);
        ExactEngine engine = new ExactEngine(world.directory(), now);
        int most = (int) (RUN_UP.toMillis() / (world.events().size() + 1));
        for (KpiEvent event : world.events()) {
            engine.record(List.of(event));
            now = now.plusMillis(random.nextInt(most));
            engine.setClock(now);
            dashboard(engine, world).funnel(world.period());
        }
        engine.setClock(world.asOf());
        ReferenceModel model = ReferenceModel.of(world.directory(), world.events());
        ClinicDashboard dashboard = dashboard(engine, world);
        assertAgree(dashboard.funnel(world.period()), model.funnel(world.clinic(), world.period(), world.asOf()));
        assertAgree(dashboard.cohorts(world.period()), model.cohorts(world.clinic(), world.period(), world.asOf()));
    }

    @Property(tries = SHORT_RUN, seed = SEED)
    void aFunnelNeverWidens(@ForAll("worlds") ClinicWorld world) {
        List<Long> counts = dashboard(engine(world), world).funnel(world.period()).stages().stream()
                .map(Funnel.Stage::count)
                .toList();
        assertThat(counts).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Property(tries = SHORT_RUN, seed = SEED)
    void aHeatmapAddsUpToTheReport(@ForAll("worlds") ClinicWorld world) {
        ClinicDashboard dashboard = dashboard(engine(world), world);
        KpiReport live = dashboard.report(KpiRequest.of(world.period()).asLive());
        KpiResult conversion = live.result(Kpi.CONVERSION_RATE);
        Heatmap heatmap = dashboard.heatmap(world.period());
        assertThat(sum(heatmap.cells().stream().map(Heatmap.Cell::conversations)))
                .isEqualTo(conversion.denominator().longValueExact());
        assertThat(sum(heatmap.cells().stream().map(Heatmap.Cell::conversions)))
                .isEqualTo(conversion.numerator().longValueExact());
        assertThat(sum(heatmap.cells().stream().map(Heatmap.Cell::messages)))
                .isEqualTo(dashboard
                        .funnel(world.period())
                        .stage(Funnel.Stage.Id.MESSAGES)
                        .count());
        assertThat(sum(heatmap.cells().stream().map(Heatmap.Cell::exposureMillis)))
                .isEqualTo(Duration.between(
                                conversion.period().from(), conversion.period().to())
                        .toMillis());
    }

    @Provide
    Arbitrary<ClinicWorld> worlds() {
        return ClinicWorlds.any();
    }

    private static void agrees(ClinicWorld world) {
        ExactEngine engine = engine(world);
        ClinicDashboard dashboard = dashboard(engine, world);
        ReferenceModel model = ReferenceModel.of(world.directory(), world.events());
        assertAgree(dashboard.funnel(world.period()), model.funnel(world.clinic(), world.period(), world.asOf()));
        assertAgree(dashboard.cohorts(world.period()), model.cohorts(world.clinic(), world.period(), world.asOf()));
        if (changesItsClockOnAQuarterHour(world)) {
            assertAgree(dashboard.heatmap(world.period()), model.heatmap(world.clinic(), world.period(), world.asOf()));
        }
    }

    /** Cells are a quarter of an hour wide: where the clock changes within one, its facts all count for the hour that it begins in. */
    private static boolean changesItsClockOnAQuarterHour(ClinicWorld world) {
        ZoneId zone = world.directory().clinics().get(world.clinic()).zone();
        Instant end = world.period().to().atStartOfDay(zone).toInstant();
        ZoneOffsetTransition change = zone.getRules()
                .nextTransition(
                        world.period().from().atStartOfDay(zone).toInstant().minusMillis(1));
        while (change != null && change.getInstant().isBefore(end)) {
            if (change.getInstant().toEpochMilli() % QUARTER_MILLIS != 0) {
                return false;
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return true;
    }

    private static ExactEngine engine(ClinicWorld world) {
        ExactEngine engine = new ExactEngine(world.directory(), world.asOf());
        engine.record(world.events());
        return engine;
    }

    private static ClinicDashboard dashboard(ExactEngine engine, ClinicWorld world) {
        return engine.engine().open(Principal.clinicAdmin("testkit", world.clinic()), world.clinic());
    }

    private static long sum(Stream<Long> counts) {
        return counts.mapToLong(Long::longValue).sum();
    }
}
