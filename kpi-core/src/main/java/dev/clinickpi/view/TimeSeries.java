package dev.clinickpi.view;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A KPI by hour, day, week, month or year (section 5.1). Every step that the period reaches into is a point, also where nothing happened: a count
 * is then 0, and a ratio has no value. Each point is what a report over its part of the period answers.
 *
 * @param clinic whose it is
 * @param kpi the KPI's id
 * @param unit what its values are measured in: {@code ratio}, {@code ms}, {@code count}, {@code score} or an ISO 4217 code
 * @param grain how long a step is
 * @param period what was asked for
 * @param asOf the moment of the answer
 * @param points in order of time; none only where the zone skipped every day of the period
 */
public record TimeSeries(
        ClinicId clinic, String kpi, String unit, Grain grain, Period period, Instant asOf, List<Point> points) {

    /** Copies the list. */
    public TimeSeries {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(kpi, "kpi");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(grain, "grain");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(asOf, "asOf");
        points = List.copyOf(points);
    }

    /** A KPI of the request by a grain. */
    public static Unpublished<TimeSeries> of(Figures figures, KpiDefinition kpi, Grain grain) {
        List<Grain.Step> steps = grain.steps(figures.period(), figures.clinic().zone(), figures.weekStart());
        List<ExactResult> exact = new ArrayList<>(steps.size());
        for (Grain.Step step : steps) {
            exact.add(figures.figure(kpi, step.dates(), covered(figures, kpi, step), KpiScope.ANY_MATURITY));
        }
        String unit = kpi.unit().in(figures.clinic().currency());
        return new Unpublished<>(
                exact,
                released -> new TimeSeries(
                        figures.clinic().id(),
                        kpi.id(),
                        unit,
                        grain,
                        figures.period(),
                        figures.asOf(),
                        points(steps, released)));
    }

    /** A step that the period cuts is as partial as one that the moment of the question cuts. */
    private static Coverage covered(Figures figures, KpiDefinition kpi, Grain.Step step) {
        Refresh refresh = figures.refresh(kpi);
        Coverage coverage =
                refresh.covered(step.asked(), figures.asOf(), figures.clinic().zone(), figures.weekStart());
        return new Coverage(coverage.span(), coverage.endIncluded(), coverage.partial() || step.isCut());
    }

    private static List<Point> points(List<Grain.Step> steps, List<KpiResult> released) {
        List<Point> points = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            points.add(new Point(steps.get(i).whole(), released.get(i)));
        }
        return points;
    }

    /**
     * A step of the series and its figure.
     *
     * @param step the whole step; the period or the moment of the question may cut what the figure covers of it
     * @param result the figure; {@linkplain KpiResult#partial() partial} where either cuts it, and of nothing where all of it lies ahead
     */
    public record Point(Span step, KpiResult result) {

        /** Refuses nulls. */
        public Point {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(result, "result");
        }
    }
}
