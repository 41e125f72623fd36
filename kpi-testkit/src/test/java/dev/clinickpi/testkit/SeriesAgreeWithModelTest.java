package dev.clinickpi.testkit;

import static dev.clinickpi.testkit.Agreement.assertAgree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.testkit.ExactEngine.Exact;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.model.ReferenceComparison;
import dev.clinickpi.testkit.model.ReferenceFigure;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.testkit.model.ReferenceOptions;
import dev.clinickpi.testkit.world.ClinicWorld;
import dev.clinickpi.testkit.world.ClinicWorlds;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import dev.clinickpi.view.Change;
import dev.clinickpi.view.Interval;
import dev.clinickpi.view.PeriodComparison;
import dev.clinickpi.view.TimeSeries;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The third invariant, for views: beneath publication, a series and a comparison are the reference model's, whatever the KPI and the grain. */
class SeriesAgreeWithModelTest {

    private static final String SEED = "20260301";
    private static final int LONG_RUN = 20_000;

    /** What counts distinct things, which come again in another step. */
    private static final Set<KpiDefinition> COUNT_DISTINCT = Set.of(Kpi.TIER_UTILIZATION, Kpi.TOP_SERVICES);

    /** The components that are counts or sums of facts. */
    private static final Set<String> SUMS = Set.of(
            "recoveredConversations",
            "measured",
            "booked",
            "pending",
            "count",
            "unanswered",
            "unresolved",
            "unscored",
            "inputTokens",
            "cachedInputTokens",
            "outputTokens",
            "unpriced",
            "offered");

    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    void onEveryGoldenCase(GoldenCase golden) {
        ClinicWorld world = new ClinicWorld(
                golden.set().directory(), golden.set().events(), golden.clinic(), golden.period(), golden.asOf());
        KpiRequest request = KpiRequest.of(golden.period());
        ExactEngine engine = engine(world);
        for (KpiDefinition kpi : List.of(Kpi.CONVERSION_RATE, Kpi.NO_SHOW_RATE, Kpi.LLM_COST)) {
            seriesAgrees(engine, world, new Asked(kpi, request), Grain.WEEK);
            previousPeriodAgrees(engine, world, new Asked(kpi, request));
            baselineAgrees(engine, world, new Asked(kpi, request));
        }
    }

    @Property(seed = SEED)
    void series(@ForAll("worlds") ClinicWorld world, @ForAll("kpis") KpiDefinition kpi, @ForAll Grain grain) {
        seriesAgrees(engine(world), world, new Asked(kpi, KpiRequest.of(world.period())), grain);
    }

    @Property(seed = SEED, tries = 300)
    void seriesLiveAndWithWeeksFromAnyDay(
            @ForAll("worlds") ClinicWorld world,
            @ForAll("kpis") KpiDefinition kpi,
            @ForAll Grain grain,
            @ForAll DayOfWeek weekStart) {
        KpiRequest request = KpiRequest.of(world.period()).asLive().weeksFrom(weekStart);
        seriesAgrees(engine(world), world, new Asked(kpi, request), grain);
    }

    @Property(tries = LONG_RUN)
    @Tag("thorough")
    void seriesForLong(
            @ForAll("worlds") ClinicWorld world,
            @ForAll("kpis") KpiDefinition kpi,
            @ForAll Grain grain,
            @ForAll("requests") Shape shape) {
        seriesAgrees(engine(world), world, new Asked(kpi, shape.of(world)), grain);
    }

    @Property(seed = SEED)
    void previousPeriod(
            @ForAll("worlds") ClinicWorld world, @ForAll("kpis") KpiDefinition kpi, @ForAll("requests") Shape shape) {
        previousPeriodAgrees(engine(world), world, new Asked(kpi, shape.of(world)));
    }

    @Property(tries = LONG_RUN)
    @Tag("thorough")
    void previousPeriodForLong(
            @ForAll("worlds") ClinicWorld world, @ForAll("kpis") KpiDefinition kpi, @ForAll("requests") Shape shape) {
        previousPeriodAgrees(engine(world), world, new Asked(kpi, shape.of(world)));
    }

    @Property(seed = SEED)
    void baseline(
            @ForAll("worlds") ClinicWorld world, @ForAll("kpis") KpiDefinition kpi, @ForAll("requests") Shape shape) {
        baselineAgrees(engine(world), world, new Asked(kpi, shape.of(world)));
    }

    @Property(tries = LONG_RUN)
    @Tag("thorough")
    void baselineForLong(
            @ForAll("worlds") ClinicWorld world, @ForAll("kpis") KpiDefinition kpi, @ForAll("requests") Shape shape) {
        baselineAgrees(engine(world), world, new Asked(kpi, shape.of(world)));
    }

    /** Where a measure adds, the points of a series do, and make what a report of the whole period has. */
    @Property(seed = SEED, tries = 500)
    void pointsAddUpToTheReport(
            @ForAll("worlds") ClinicWorld world,
            @ForAll("kpis") KpiDefinition kpi,
            @ForAll Grain grain,
            @ForAll("requests") Shape shape) {
        ExactEngine engine = engine(world);
        KpiRequest request = shape.of(world);
        Figure whole = engine.ask(world.clinic(), dashboard -> dashboard.result(kpi, request))
                .figures()
                .get(0)
                .figure();
        List<Figure> points =
                engine.ask(world.clinic(), dashboard -> dashboard.series(kpi, grain, request)).figures().stream()
                        .map(ExactResult::figure)
                        .toList();
        if (kpi.equals(Kpi.ACTIVE_CONVERSATIONS) || whole.status() == Status.NOT_APPLICABLE) {
            assertThat(points).allMatch(point -> point.status() == Status.NOT_APPLICABLE);
            return;
        }
        if (!kpi.equals(Kpi.TIER_UTILIZATION)) {
            assertThat(points.stream().mapToLong(Figure::n).sum()).isEqualTo(whole.n());
        }
        if (!COUNT_DISTINCT.contains(kpi)) {
            assertSum(points.stream().map(Figure::numerator), whole.numerator());
            assertSum(points.stream().map(Figure::denominator), whole.denominator());
        }
        if (kpi.equals(Kpi.LLM_COST) && whole.value() != null) {
            assertSum(points.stream().map(Figure::value), whole.value());
        }
        for (String sum : SUMS) {
            whole.component(sum)
                    .ifPresent(total -> assertSum(
                            points.stream().map(point -> point.component(sum).orElse(null)), total));
        }
    }

    private static void assertSum(Stream<@Nullable BigDecimal> parts, @Nullable BigDecimal whole) {
        BigDecimal sum = parts.filter(part -> part != null).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(whole == null ? BigDecimal.ZERO : whole);
    }

    @Provide
    Arbitrary<ClinicWorld> worlds() {
        return ClinicWorlds.any();
    }

    @Provide
    Arbitrary<KpiDefinition> kpis() {
        return Arbitraries.of(Kpi.ALL);
    }

    /** Most lie later than the world's own period, so that the earlier one is where things happen. */
    @Provide
    Arbitrary<Shape> requests() {
        return Combinators.combine(
                        Arbitraries.of(Shift.class), Arbitraries.of(true, false), Arbitraries.of(DayOfWeek.class))
                .as(Shape::new);
    }

    private static ExactEngine engine(ClinicWorld world) {
        ExactEngine engine = new ExactEngine(world.directory(), world.asOf());
        assertThat(engine.record(world.events()).rejected()).isZero();
        return engine;
    }

    private static void seriesAgrees(ExactEngine engine, ClinicWorld world, Asked asked, Grain grain) {
        Exact<TimeSeries> actual =
                engine.ask(world.clinic(), dashboard -> dashboard.series(asked.kpi, grain, asked.request));
        Map<Instant, ReferenceFigure> expected = model(world)
                .series(world.clinic(), asked.kpi.id(), grain, asked.request.period(), world.asOf(), asked.options());
        assertThat(actual.answer().points())
                .extracting(point -> point.step().from())
                .containsExactlyElementsOf(expected.keySet());
        List<ReferenceFigure> figures = new ArrayList<>(expected.values());
        for (int i = 0; i < figures.size(); i++) {
            agrees(actual.figures().get(i), figures.get(i));
            assertThat(actual.answer().points().get(i).result())
                    .isEqualTo(everything(actual.figures().get(i)));
        }
    }

    private static void previousPeriodAgrees(ExactEngine engine, ClinicWorld world, Asked asked) {
        Exact<PeriodComparison> actual =
                engine.ask(world.clinic(), dashboard -> dashboard.comparison(asked.kpi, asked.request));
        ReferenceComparison expected = model(world)
                .comparison(world.clinic(), asked.kpi.id(), asked.request.period(), world.asOf(), asked.options());
        assertThat(actual.figures()).hasSize(2);
        agrees(actual.figures().get(0), expected.current());
        agrees(actual.figures().get(1), expected.before());
        PeriodComparison answer = actual.answer();
        assertThat(answer.current()).isEqualTo(everything(actual.figures().get(0)));
        assertThat(answer.previous()).isEqualTo(everything(actual.figures().get(1)));
        assertThat(answer.conversionDays()).isEqualTo(expected.conversionDays());
        assertChanges(asked, answer.difference(), answer.relativeChange(), expected);
    }

    private static void baselineAgrees(ExactEngine engine, ClinicWorld world, Asked asked) {
        Exact<BaselineComparison> actual =
                engine.ask(world.clinic(), dashboard -> dashboard.baseline(asked.kpi, asked.request));
        ReferenceComparison expected = model(world)
                .baseline(world.clinic(), asked.kpi.id(), asked.request.period(), world.asOf(), asked.options());
        agrees(actual.figures().get(0), expected.current());
        BaselineComparison answer = actual.answer();
        if (expected.before() != null) {
            agrees(actual.figures().get(1), expected.before());
            assertThat(answer.baseline())
                    .isEqualTo(new Baseline.Measured(everything(actual.figures().get(1))));
        } else if (expected.configured() != null) {
            assertThat(answer.baseline()).isEqualTo(new Baseline.Configured(expected.configured()));
        } else {
            assertThat(answer.baseline()).isInstanceOf(Baseline.Missing.class);
            assertThat(answer.difference().status()).isEqualTo(Status.NOT_APPLICABLE);
        }
        assertThat(answer.conversionDays()).isEqualTo(expected.conversionDays());
        assertChanges(asked, answer.difference(), answer.relativeChange(), expected);
        assertInterval(answer.interval(), expected);
    }

    private static void assertChanges(Asked asked, Change difference, Change relative, ReferenceComparison expected) {
        BigDecimal before = expected.before() == null
                ? expected.configured()
                : expected.before().value();
        BigDecimal size = size(expected.current().value()).add(size(before));
        BigDecimal error = asked.kpi.equals(Kpi.RESPONSE_TIME) ? new BigDecimal("0.001") : new BigDecimal("1e-30");
        assertChange(difference, expected.difference(), size.multiply(error));
        assertChange(
                relative,
                expected.relativeChange(),
                expected.relativeChange() == null
                        ? BigDecimal.ZERO
                        : Figure.divide(size.multiply(error).multiply(size), before.multiply(before))
                                .orElseThrow());
    }

    private static void assertChange(Change actual, @Nullable BigDecimal expected, BigDecimal error) {
        if (expected == null) {
            assertThat(actual.status()).isNotEqualTo(Status.OK);
            assertThat(actual.reason()).isNotBlank();
            assertThat(actual.value()).isNull();
        } else {
            assertThat(actual.status()).isEqualTo(Status.OK);
            assertThat(actual.value()).isCloseTo(expected, within(error));
        }
    }

    private static void assertInterval(@Nullable Interval actual, ReferenceComparison expected) {
        if (expected.lower() == null || expected.upper() == null) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual).isNotNull();
            assertThat(actual.lower().doubleValue()).isCloseTo(expected.lower(), within(1e-12));
            assertThat(actual.upper().doubleValue()).isCloseTo(expected.upper(), within(1e-12));
        }
    }

    private static void agrees(ExactResult actual, ReferenceFigure expected) {
        assertAgree(Map.of(actual.definition().id(), actual), Map.of(expected.id(), expected));
    }

    private static KpiResult everything(ExactResult exact) {
        return exact.release(part -> true, row -> true);
    }

    private static BigDecimal size(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value.abs();
    }

    private static ReferenceModel model(ClinicWorld world) {
        return ReferenceModel.of(world.directory(), world.events())
                .withServicesInText(PlainGate.servicesBy(world.directory()));
    }

    private record Asked(KpiDefinition kpi, KpiRequest request) {

        ReferenceOptions options() {
            ReferenceOptions standard = ReferenceOptions.standard().withWeekStart(request.weekStart());
            return request.live() ? standard.asLive() : standard;
        }
    }

    /** How the request lies to the world's own period. */
    private enum Shift {
        SAME,
        NEXT,
        NEXT_MONTH,
        WHOLE_MONTH,
        TWO_MONTHS
    }

    private record Shape(Shift shift, boolean live, DayOfWeek weekStart) {

        KpiRequest of(ClinicWorld world) {
            KpiRequest request = KpiRequest.of(period(world.period())).weeksFrom(weekStart);
            return live ? request.asLive() : request;
        }

        private Period period(Period own) {
            return switch (shift) {
                case SAME -> own;
                case NEXT ->
                    new Period(
                            own.to(),
                            own.to().plusDays(own.to().toEpochDay() - own.from().toEpochDay()));
                case NEXT_MONTH -> {
                    LocalDate last = own.to().minusDays(1);
                    yield new Period(
                            own.from().plusMonths(1), last.plusMonths(1).plusDays(1));
                }
                case WHOLE_MONTH ->
                    new Period(
                            own.from().withDayOfMonth(1),
                            own.from().withDayOfMonth(1).plusMonths(1));
                case TWO_MONTHS ->
                    new Period(
                            own.from().withDayOfMonth(1).minusMonths(1),
                            own.from().withDayOfMonth(1).plusMonths(1));
            };
        }
    }
}
