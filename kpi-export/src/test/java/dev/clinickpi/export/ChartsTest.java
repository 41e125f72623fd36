package dev.clinickpi.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.export.ChartSpec.Mark;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.time.Grain;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import dev.clinickpi.view.TimeSeries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A chart says of every place what the view says, and of what the view withholds nothing. */
class ChartsTest {

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void seriesAreTheViews(GoldenCase golden) {
        ClinicDashboard dashboard = GoldenDashboards.of(golden);
        for (KpiDefinition kpi : List.of(Kpi.RESPONSE_TIME, Kpi.NO_SHOW_RATE, Kpi.HANDOFF_RATE, Kpi.LLM_COST)) {
            TimeSeries view = dashboard.series(kpi, Grain.WEEK, KpiRequest.of(golden.period()));
            SeriesChart chart = GoldenDashboards.charts(golden).series(view, SeriesChart.Shape.AREA);

            assertThat(chart.heading().id()).isEqualTo(kpi.id());
            assertThat(chart.unit()).isEqualTo(view.unit());
            assertThat(chart.points()).hasSameSizeAs(view.points());
            for (int i = 0; i < chart.points().size(); i++) {
                SeriesChart.Point point = chart.points().get(i);
                KpiResult result = view.points().get(i).result();
                assertThat(point.from()).isEqualTo(view.points().get(i).step().from());
                assertThat(point.to()).isEqualTo(view.points().get(i).step().to());
                assertThat(point.n()).isEqualTo(result.n());
                assertMark(point.mark(), result.value(), result.status(), result.partial());
            }
            boolean isAimed =
                    view.points().stream().anyMatch(point -> point.result().target() != null);
            assertThat(chart.goal() != null).isEqualTo(isAimed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void breakdownsAreTheResults(GoldenCase golden) {
        for (KpiResult result :
                GoldenDashboards.of(golden).report(golden.period()).results()) {
            BarChart chart = GoldenDashboards.charts(golden).breakdown(result).orElse(null);
            assertThat(chart == null).isEqualTo(result.breakdown().isEmpty());
            if (chart != null) {
                if (result.breakdown().stream().anyMatch(row -> row.value() != null)) {
                    assertThat(chart.unit()).isEqualTo(rowUnit(result));
                }
                assertThat(chart.bars()).hasSameSizeAs(result.breakdown());
                for (int i = 0; i < chart.bars().size(); i++) {
                    KpiResult.Row row = result.breakdown().get(i);
                    assertThat(chart.bars().get(i).id()).isEqualTo(row.key());
                    assertThat(chart.bars().get(i).mark().value()).isEqualTo(row.value());
                    if (result.id().equals(Kpi.TOP_SERVICES.id())) {
                        assertThat(chart.bars().get(i).label()).isEqualTo(serviceName(golden, row.key()));
                    }
                }
            }
        }
    }

    /** As the catalogue has it; one that is not in it is called by its id. */
    private static String serviceName(GoldenCase golden, String id) {
        return GoldenDashboards.clinic(golden).services().stream()
                .filter(service -> service.id().equals(id))
                .findFirst()
                .map(Service::name)
                .orElse(id);
    }

    private static @Nullable String rowUnit(KpiResult result) {
        return switch (result.id()) {
            case "llm-cost" -> result.unit();
            case "conversion-rate" -> "ratio";
            default -> "count";
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void baselinesAreTheViews(GoldenCase golden) {
        ClinicDashboard dashboard = GoldenDashboards.of(golden);
        for (KpiDefinition kpi : List.of(Kpi.CONVERSION_RATE, Kpi.NO_SHOW_RATE, Kpi.HANDOFF_RATE, Kpi.LLM_COST)) {
            BaselineComparison view = dashboard.baseline(kpi, KpiRequest.of(golden.period()));
            BarChart chart = GoldenDashboards.charts(golden).baseline(view);

            assertThat(chart.bars()).extracting(BarChart.Bar::id).containsExactly("current", "baseline");
            KpiResult current = view.current();
            assertMark(chart.bars().get(0).mark(), current.value(), current.status(), current.partial());
            Mark before = chart.bars().get(1).mark();
            if (view.baseline() instanceof Baseline.Measured measured) {
                KpiResult result = measured.result();
                assertMark(before, result.value(), result.status(), result.partial());
            } else if (view.baseline() instanceof Baseline.Configured configured) {
                assertMark(before, configured.value(), Status.OK, false);
            } else {
                assertMark(before, null, Status.NOT_APPLICABLE, false);
            }
            BarChart.Difference change = chart.change();
            assertThat(change).isNotNull();
            assertMark(
                    change.absolute(),
                    view.difference().value(),
                    view.difference().status(),
                    false);
            assertMark(
                    change.relative(),
                    view.relativeChange().value(),
                    view.relativeChange().status(),
                    false);
            assertThat(change.low() == null).isEqualTo(view.interval() == null);
            if (view.interval() != null) {
                assertThat(change.low()).isEqualTo(view.interval().lower());
                assertThat(change.high()).isEqualTo(view.interval().upper());
                assertThat(change.isChange()).isEqualTo(view.interval().excludesNoChange());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void heatmapsAreTheViews(GoldenCase golden) {
        Heatmap view = GoldenDashboards.of(golden).heatmap(golden.period());
        for (HeatmapMeasure measure : HeatmapMeasure.values()) {
            HeatmapChart chart = GoldenDashboards.charts(golden).heatmap(view, measure);
            assertThat(chart.rows()).hasSize(7);
            assertThat(chart.columns()).hasSize(24).startsWith("00", "01").endsWith("23");
            assertThat(chart.cells()).hasSize(168);
            BigDecimal greatest = null;
            for (int i = 0; i < 168; i++) {
                HeatmapChart.Cell cell = chart.cells().get(i);
                Heatmap.Cell of = view.cells().get(i);
                assertThat(cell.row()).isEqualTo(of.weekday().getValue() - 1);
                assertThat(cell.column()).isEqualTo(of.hour());
                assertThat(cell.open()).isEqualTo(of.open());
                Long count = measure == HeatmapMeasure.MESSAGES
                        ? of.messages()
                        : measure == HeatmapMeasure.CONVERSATIONS ? of.conversations() : of.conversions();
                assertThat(cell.count()).isEqualTo(count);
                if (count == null) {
                    assertMark(cell.perHour(), null, Status.SUPPRESSED, false);
                } else if (of.exposureMillis() == 0) {
                    assertMark(cell.perHour(), null, Status.UNDEFINED, false);
                } else {
                    BigDecimal hours = of.exposureHours();
                    assertThat(cell.perHour().value().doubleValue())
                            .isCloseTo(count / hours.doubleValue(), within(1e-9));
                    greatest = greatest == null
                            ? cell.perHour().value()
                            : greatest.max(cell.perHour().value());
                }
            }
            assertThat(chart.greatest()).isEqualTo(greatest);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void funnelsAreTheViews(GoldenCase golden) {
        Funnel view = GoldenDashboards.of(golden).funnel(golden.period());
        FunnelChart chart = GoldenDashboards.charts(golden).funnel(view);
        assertThat(chart.stages())
                .extracting(FunnelChart.Stage::id)
                .containsExactly("messages", "conversations", "qualified", "booked", "completed");
        for (int i = 0; i < chart.stages().size(); i++) {
            FunnelChart.Stage stage = chart.stages().get(i);
            Funnel.Stage of = view.stages().get(i);
            assertMark(
                    stage.count(),
                    of.count() == null ? null : BigDecimal.valueOf(of.count()),
                    of.count() == null ? Status.SUPPRESSED : Status.OK,
                    view.partial());
            assertThat(stage.ofFirst()).isEqualTo(of.ofFirst());
            assertThat(stage.ofPrevious()).isEqualTo(of.ofPrevious());
            assertThat(stage.pending()).isEqualTo(of.pending());
            if (of.ofPrevious() == null) {
                assertThat(stage.dropOff()).isNull();
            } else {
                assertThat(stage.dropOff().add(of.ofPrevious())).isEqualByComparingTo("1");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cohortsAreTheViews(GoldenCase golden) {
        CohortTable view = GoldenDashboards.of(golden).cohorts(golden.period());
        CohortChart chart = GoldenDashboards.charts(golden).cohorts(view);
        assertThat(chart.currency()).isEqualTo(view.currency());
        assertThat(chart.rows()).hasSameSizeAs(view.cohorts());
        for (int i = 0; i < chart.rows().size(); i++) {
            CohortChart.Row row = chart.rows().get(i);
            CohortTable.Cohort cohort = view.cohorts().get(i);
            assertMark(
                    row.size(),
                    cohort.size() == null ? null : BigDecimal.valueOf(cohort.size()),
                    cohort.status(),
                    cohort.partial());
            assertThat(row.cells())
                    .hasSameSizeAs(cohort.cells())
                    .hasSizeLessThanOrEqualTo(chart.columns().size());
            for (int month = 0; month < row.cells().size(); month++) {
                CohortTable.Cell of = cohort.cells().get(month);
                CohortChart.Cell cell = row.cells().get(month);
                assertThat(cell.patients()).isEqualTo(of.patients());
                assertThat(cell.revenue()).isEqualTo(of.revenue());
                BigDecimal share = of.patients() == null || cohort.size() == null
                        ? null
                        : BigDecimal.valueOf(of.patients())
                                .divide(BigDecimal.valueOf(cohort.size()), MathContext.DECIMAL128);
                assertMark(cell.share(), share, share == null ? Status.SUPPRESSED : Status.OK, of.partial());
            }
        }
    }

    /** What the cases above compare is not all of one kind. */
    @Test
    void theGoldenClinicsHaveMarksOfAllKinds() {
        Set<Status> statuses = new HashSet<>();
        Set<Boolean> partial = new HashSet<>();
        for (GoldenCase golden : cases()) {
            List<Mark> marks = new ArrayList<>();
            ClinicDashboard dashboard = GoldenDashboards.of(golden);
            Charts charts = GoldenDashboards.charts(golden);
            charts.series(
                            dashboard.series(Kpi.NO_SHOW_RATE, Grain.WEEK, KpiRequest.of(golden.period())),
                            SeriesChart.Shape.LINE)
                    .points()
                    .forEach(point -> marks.add(point.mark()));
            for (KpiDefinition kpi : List.of(Kpi.NO_SHOW_RATE, Kpi.REVENUE_RECOVERED)) {
                charts.baseline(dashboard.baseline(kpi, KpiRequest.of(golden.period())))
                        .bars()
                        .forEach(bar -> marks.add(bar.mark()));
            }
            marks.forEach(mark -> {
                statuses.add(mark.status());
                partial.add(mark.partial());
            });
        }
        assertThat(statuses).containsExactlyInAnyOrder(Status.values());
        assertThat(partial).containsExactlyInAnyOrder(true, false);
    }

    private static void assertMark(Mark mark, @Nullable BigDecimal value, Status status, boolean partial) {
        assertThat(mark.value()).isEqualTo(value);
        assertThat(mark.status()).isEqualTo(status);
        assertThat(mark.partial()).isEqualTo(partial);
        assertThat(mark.note() == null).isEqualTo(status == Status.OK && !partial);
    }
}
