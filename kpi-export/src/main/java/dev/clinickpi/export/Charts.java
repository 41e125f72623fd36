package dev.clinickpi.export;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.export.ChartSpec.Goal;
import dev.clinickpi.export.ChartSpec.Heading;
import dev.clinickpi.export.ChartSpec.Mark;
import dev.clinickpi.export.ChartSpec.Reference;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Target;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import dev.clinickpi.view.Change;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import dev.clinickpi.view.Interval;
import dev.clinickpi.view.TimeSeries;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes charts of views and results: those that a dashboard has answered, so there is nothing in a chart that its reader may not see. What is withheld
 * stays withheld, and what is partial says so.
 */
public final class Charts {

    private final Labels labels;
    private final ZoneId zone;
    private final Map<String, String> services;

    private Charts(Clinic clinic, Labels labels) {
        this.labels = labels;
        this.zone = clinic.zone();
        this.services = clinic.services().stream().collect(Collectors.toMap(Service::id, Service::name));
    }

    /**
     * Charts for a reader.
     *
     * @param clinic whose figures they show: steps are dated in its zone, and services have the names of its catalogue
     * @param locale the reader's language and number format
     */
    public static Charts of(Clinic clinic, Locale locale) {
        return new Charts(clinic, Labels.in(locale));
    }

    /** A KPI over time. */
    public SeriesChart series(TimeSeries series, SeriesChart.Shape shape) {
        String title = labels.series(series.kpi(), series.grain());
        List<SeriesChart.Point> points = series.points().stream()
                .map(point -> new SeriesChart.Point(
                        labels.step(series.grain(), point.step().from(), zone),
                        point.step().from(),
                        point.step().to(),
                        mark(point.result()),
                        point.result().n()))
                .toList();
        Goal goal = series.points().stream()
                .flatMap(point -> Stream.ofNullable(point.result().target()))
                .findFirst()
                .map(target -> goal(target, series.unit()))
                .orElse(null);
        return new SeriesChart(
                new Heading(series.kpi(), title, labels.locale(), series.asOf()),
                shape,
                series.unit(),
                series.grain(),
                points,
                goal,
                List.of());
    }

    /**
     * The rows of a KPI's breakdown; empty where it has none.
     *
     * @param result of a report
     */
    public Optional<BarChart> breakdown(KpiResult result) {
        if (result.breakdown().isEmpty()) {
            return Optional.empty();
        }
        List<BarChart.Bar> bars = result.breakdown().stream()
                .map(row -> new BarChart.Bar(
                        row.key(),
                        name(result, row),
                        mark(row.value(), row.status(), result.breakdownPeriod() != null || result.partial())))
                .toList();
        return Optional.of(new BarChart(
                new Heading(result.id(), labels.kpi(result.id()), labels.locale(), result.asOf()),
                rowUnit(result),
                bars,
                null,
                List.of(),
                null));
    }

    /** A result's value as a mark, for a figure that stands by itself. */
    public Mark mark(KpiResult result) {
        return mark(result.value(), result.status(), result.partial());
    }

    /** How far one figure lies from another as a mark. */
    public Mark mark(Change change) {
        return mark(change.value(), change.status(), false);
    }

    /** Where a result's value should lie; empty where its KPI has no target. */
    public Optional<Goal> goal(KpiResult result) {
        return result.target() == null || result.unit() == null
                ? Optional.empty()
                : Optional.of(goal(result.target(), result.unit()));
    }

    private String name(KpiResult result, KpiResult.Row row) {
        String label = labels.row(result.id(), row.key());
        return result.id().equals(Kpi.TOP_SERVICES.id()) ? services.getOrDefault(row.key(), label) : label;
    }

    /** Rows that are shares and rows of money are in their result's unit; all others count something. */
    private static String rowUnit(KpiResult result) {
        String unit = result.unit();
        boolean isShare = result.breakdown().stream().anyMatch(row -> row.denominator() != null);
        boolean isMoney = Stream.of(Unit.values()).noneMatch(known -> known.id().equals(unit));
        return unit != null && (isShare || isMoney) ? unit : Unit.COUNT.id();
    }

    /** A KPI beside what it was before the AI receptionist. */
    public BarChart baseline(BaselineComparison comparison) {
        KpiResult current = comparison.current();
        List<BarChart.Bar> bars = new ArrayList<>();
        bars.add(new BarChart.Bar("current", labels.say("bar.current"), mark(current)));
        bars.add(new BarChart.Bar("baseline", labels.say(before(comparison.baseline())), mark(comparison.baseline())));
        Interval interval = comparison.interval();
        return new BarChart(
                new Heading(comparison.kpi(), labels.kpi(comparison.kpi()), labels.locale(), comparison.asOf()),
                comparison.unit(),
                bars,
                current.target() == null ? null : goal(current.target(), comparison.unit()),
                List.of(),
                new BarChart.Difference(
                        mark(comparison.difference()),
                        mark(comparison.relativeChange()),
                        interval == null ? null : interval.lower(),
                        interval == null ? null : interval.upper(),
                        interval == null ? null : interval.excludesNoChange()));
    }

    private static String before(Baseline baseline) {
        if (baseline instanceof Baseline.Measured) {
            return "bar.measured";
        }
        return baseline instanceof Baseline.Configured ? "bar.configured" : "bar.missing";
    }

    private Mark mark(Baseline baseline) {
        if (baseline instanceof Baseline.Measured measured) {
            return mark(measured.result());
        }
        return baseline instanceof Baseline.Configured configured
                ? mark(configured.value(), Status.OK, false)
                : mark(null, Status.NOT_APPLICABLE, false);
    }

    /** What of the week patients write in, start conversations in, or conversations that convert start in. */
    public HeatmapChart heatmap(Heatmap heatmap, HeatmapMeasure measure) {
        List<HeatmapChart.Cell> cells = heatmap.cells().stream()
                .map(cell -> {
                    Long count = measure.count(cell);
                    BigDecimal perHour = measure.perHour(cell).orElse(null);
                    Status none = count == null ? Status.SUPPRESSED : Status.UNDEFINED;
                    return new HeatmapChart.Cell(
                            cell.weekday().getValue() - 1,
                            cell.hour(),
                            mark(perHour, perHour == null ? none : Status.OK, false),
                            count,
                            cell.open());
                })
                .toList();
        String title = labels.say("title.heatmap." + measure.id());
        return new HeatmapChart(
                new Heading("heatmap", title, labels.locale(), heatmap.asOf()),
                measure.id(),
                Stream.of(DayOfWeek.values()).map(labels::weekday).toList(),
                IntStream.range(0, 24).mapToObj("%02d"::formatted).toList(),
                cells,
                cells.stream()
                        .flatMap(cell -> Stream.ofNullable(cell.perHour().value()))
                        .max(BigDecimal::compareTo)
                        .orElse(null));
    }

    /** How far conversations come. */
    public FunnelChart funnel(Funnel funnel) {
        List<FunnelChart.Stage> stages = funnel.stages().stream()
                .map(stage -> new FunnelChart.Stage(
                        stage.id().id(),
                        labels.stage(stage.id().id()),
                        mark(
                                stage.count() == null ? null : BigDecimal.valueOf(stage.count()),
                                stage.count() == null ? Status.SUPPRESSED : Status.OK,
                                funnel.partial()),
                        stage.ofFirst(),
                        stage.ofPrevious(),
                        stage.ofPrevious() == null ? null : BigDecimal.ONE.subtract(stage.ofPrevious()),
                        stage.pending()))
                .toList();
        return new FunnelChart(
                new Heading("funnel", labels.say("title.funnel"), labels.locale(), funnel.asOf()), stages);
    }

    /** How patients come back. */
    public CohortChart cohorts(CohortTable table) {
        List<CohortChart.Row> rows = table.cohorts().stream().map(this::row).toList();
        int months = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        return new CohortChart(
                new Heading("cohorts", labels.say("title.cohorts"), labels.locale(), table.asOf()),
                table.currency(),
                IntStream.range(0, months)
                        .mapToObj(offset -> labels.say("cohorts.month", offset))
                        .toList(),
                rows);
    }

    private CohortChart.Row row(CohortTable.Cohort cohort) {
        Long size = cohort.size();
        List<CohortChart.Cell> cells = cohort.cells().stream()
                .map(cell -> {
                    BigDecimal share = share(cell.patients(), size);
                    Status status = share == null ? Status.SUPPRESSED : Status.OK;
                    return new CohortChart.Cell(mark(share, status, cell.partial()), cell.patients(), cell.revenue());
                })
                .toList();
        return new CohortChart.Row(
                labels.month(cohort.month()),
                mark(size == null ? null : BigDecimal.valueOf(size), cohort.status(), cohort.partial()),
                cells);
    }

    private static @Nullable BigDecimal share(@Nullable Long part, @Nullable Long whole) {
        return part == null || whole == null || whole == 0
                ? null
                : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
    }

    /** The quartiles of a sector as lines; none where its values are in another unit than the chart's. */
    public List<Reference> sector(SectorBenchmark benchmark, String unit) {
        return benchmark.unit().equals(unit)
                ? List.of(
                        reference("sectorLowerQuartile", benchmark.lowerQuartile()),
                        reference("sectorMedian", benchmark.median()),
                        reference("sectorUpperQuartile", benchmark.upperQuartile()))
                : List.of();
    }

    /** The time before the AI receptionist as a line; none where it has no value. */
    public List<Reference> before(BaselineComparison comparison) {
        BigDecimal value = mark(comparison.baseline()).value();
        return value == null ? List.of() : List.of(reference("baseline", value));
    }

    private Reference reference(String id, BigDecimal value) {
        return new Reference(id, labels.say("reference." + id), value);
    }

    private Goal goal(Target target, String unit) {
        if (target instanceof Target.Band band) {
            return new Goal(
                    band.low(),
                    band.high(),
                    labels.say("goal.band", labels.limit(band.low(), unit), labels.limit(band.high(), unit)));
        }
        BigDecimal limit = ((Target.Below) target).limit();
        return new Goal(null, limit, labels.say("goal.below", labels.limit(limit, unit)));
    }

    private Mark mark(@Nullable BigDecimal value, Status status, boolean partial) {
        // A count of words, such as an empty tier's, is a result without a value.
        Status why = value == null && status == Status.OK ? Status.UNDEFINED : status;
        String note = why == Status.OK ? null : labels.status(why);
        if (partial) {
            note = note == null ? labels.say("partial") : note + ", " + labels.say("partial");
        }
        return new Mark(value, why, partial, note);
    }
}
