package dev.clinickpi.view;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * A KPI of a period against the period before it (section 2): whole calendar months against as many whole ones before them, a part of one month
 * against the same part of the month before, anything else against the equally long span before it. Where the moment of the question cuts the period,
 * both are cut after an equal time, at the border of 15 minutes.
 *
 * @param clinic whose it is
 * @param kpi the KPI's id
 * @param unit what its values are measured in: {@code ratio}, {@code ms}, {@code count}, {@code score} or an ISO 4217 code
 * @param asOf the moment of the answer
 * @param current the figure of the period
 * @param previous the figure of the period before; its {@code period} says which instants those are
 * @param conversionDays conversions count in both only where they came within so many days of 24 hours after the conversation's start; 1 to 30
 * @param difference the current less the previous figure
 * @param relativeChange the difference as a share of the previous figure; undefined over zero
 */
public record PeriodComparison(
        ClinicId clinic,
        String kpi,
        String unit,
        Instant asOf,
        KpiResult current,
        KpiResult previous,
        long conversionDays,
        Change difference,
        Change relativeChange) {

    private static final Change UNEQUAL = Change.none(
            Status.SUPPRESSED,
            "What may be shown of the two periods is not equally long, so that sums cannot be compared");

    /** Refuses nulls. */
    public PeriodComparison {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(kpi, "kpi");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(difference, "difference");
        Objects.requireNonNull(relativeChange, "relativeChange");
    }

    /** A KPI of the request. */
    public static Unpublished<PeriodComparison> of(Figures figures, KpiDefinition kpi) {
        PreviousPeriod before = PreviousPeriod.of(figures.period());
        Coverage covered = cutAtASlice(covered(figures, kpi));
        Instant end = covered.span().to();
        Span earlier = before.until(end, figures.clinic().zone());
        long days = Maturity.days(end, figures.asOf());
        ExactResult current = figures.figure(kpi, figures.period(), covered, days);
        ExactResult previous =
                figures.figure(kpi, before.dates().orElse(null), new Coverage(earlier, false, covered.partial()), days);
        return new Unpublished<>(
                List.of(current, previous), released -> of(figures, kpi, covered.span(), earlier, days, released));
    }

    private static PeriodComparison of(
            Figures figures, KpiDefinition kpi, Span covered, Span earlier, long days, List<KpiResult> released) {
        KpiResult current = released.get(0);
        KpiResult previous = released.get(1);
        boolean isWhole = current.period().equals(covered) && previous.period().equals(earlier);
        boolean comparable = isWhole
                || isShare(kpi)
                || isOfEqualLength(current, previous, figures.clinic().zone());
        return new PeriodComparison(
                figures.clinic().id(),
                kpi.id(),
                kpi.unit().in(figures.clinic().currency()),
                figures.asOf(),
                current,
                previous,
                days,
                comparable ? Change.difference(current, previous) : UNEQUAL,
                comparable ? Change.relative(current, previous) : UNEQUAL);
    }

    private static boolean isShare(KpiDefinition kpi) {
        return kpi.population() == null || kpi.unit() == Unit.RATIO || kpi.unit() == Unit.SCORE;
    }

    /** Publication may have shortened one by more days than the other. */
    private static boolean isOfEqualLength(KpiResult current, KpiResult previous, ZoneId zone) {
        return current.value() == null
                || previous.value() == null
                || days(current.period(), zone) == days(previous.period(), zone);
    }

    private static long days(Span span, ZoneId zone) {
        LocalDays days = LocalDays.in(zone);
        return days.of(span.to().toEpochMilli()) - days.of(span.from().toEpochMilli());
    }

    private static Coverage covered(Figures figures, KpiDefinition kpi) {
        ZoneId zone = figures.clinic().zone();
        return figures.refresh(kpi).covered(figures.period(), figures.asOf(), zone, figures.weekStart());
    }

    /** The earlier span is kept by slices, so the later one must not end within one. */
    private static Coverage cutAtASlice(Coverage coverage) {
        long end = Slice.start(Slice.of(coverage.span().to().toEpochMilli()));
        return new Coverage(new Span(coverage.span().from(), Instant.ofEpochMilli(end)), false, coverage.partial());
    }
}
