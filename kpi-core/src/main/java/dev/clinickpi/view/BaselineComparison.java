package dev.clinickpi.view;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A KPI of a period against what it was before the AI receptionist took over (section 5.2).
 *
 * @param clinic whose it is
 * @param kpi the KPI's id
 * @param unit what its values are measured in: {@code ratio}, {@code ms}, {@code count}, {@code score} or an ISO 4217 code
 * @param asOf the moment of the answer
 * @param current the figure of the period, as far as its refresh covers it
 * @param baseline what it is set against
 * @param conversionDays conversions count on both sides only where they came within so many days of 24 hours after the conversation's start; 1 to 30
 * @param difference the current figure less the baseline
 * @param relativeChange the difference as a share of the baseline; undefined over zero
 * @param interval the 95 % interval of the difference; null unless both sides are shares of what patients did, of
 *     spans that do not overlap
 */
public record BaselineComparison(
        ClinicId clinic,
        String kpi,
        String unit,
        Instant asOf,
        KpiResult current,
        Baseline baseline,
        long conversionDays,
        Change difference,
        Change relativeChange,
        @Nullable Interval interval) {

    /** How many local days before goLive are the time before the AI receptionist. */
    public static final int DAYS_BEFORE_GO_LIVE = 90;

    /** Refuses nulls, the interval apart. */
    public BaselineComparison {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(kpi, "kpi");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(difference, "difference");
        Objects.requireNonNull(relativeChange, "relativeChange");
    }

    /** A KPI of the request. */
    public static Unpublished<BaselineComparison> of(Figures figures, KpiDefinition kpi) {
        Coverage covered = covered(figures, kpi, figures.period());
        long days = Maturity.days(covered.span().to(), figures.asOf());
        ExactResult current = figures.figure(kpi, figures.period(), covered, days);
        LocalDate goLive = figures.clinic().goLive();
        if (goLive != null) {
            Period before = new Period(goLive.minusDays(DAYS_BEFORE_GO_LIVE), goLive);
            ExactResult measured = figures.figure(kpi, before, covered(figures, kpi, before), days);
            // That there is nothing to measure is no secret (section 6), so it may decide which baseline is shown.
            if (measured.withheld() != null || measured.figure().n() > 0) {
                return new Unpublished<>(
                        List.of(current, measured),
                        released -> new Draft(figures, kpi, days, released.get(0)).against(released.get(1)));
            }
        }
        return new Unpublished<>(
                List.of(current), released -> new Draft(figures, kpi, days, released.get(0)).againstConfigured());
    }

    private static Coverage covered(Figures figures, KpiDefinition kpi, Period period) {
        return figures.refresh(kpi)
                .covered(period, figures.asOf(), figures.clinic().zone(), figures.weekStart());
    }

    /** What a period is set against. */
    public sealed interface Baseline {

        /**
         * The 90 days before goLive, from their events.
         *
         * @param result the figure
         */
        record Measured(KpiResult result) implements Baseline {}

        /**
         * What the reference data says that it was, where those days have nothing to measure it from.
         *
         * @param value the value in the KPI's unit
         */
        record Configured(BigDecimal value) implements Baseline {}

        /**
         * Neither.
         *
         * @param reason why not
         */
        record Missing(String reason) implements Baseline {}
    }

    private record Draft(Figures figures, KpiDefinition kpi, long days, KpiResult current) {

        BaselineComparison against(KpiResult before) {
            return with(
                    new Baseline.Measured(before),
                    Change.difference(current, before),
                    Change.relative(current, before),
                    interval(before));
        }

        /** Newcombe's shares are of independent samples: spans that share days are none, nor is what no patient stands behind. */
        private @Nullable Interval interval(KpiResult before) {
            boolean overlaps = current.period().from().isBefore(before.period().to())
                    && before.period().from().isBefore(current.period().to());
            boolean isSample = kpi.population() != null && !overlaps;
            return isSample && Proportion.isOne(current) && Proportion.isOne(before)
                    ? Interval.ofDifference(Proportion.of(current), Proportion.of(before))
                    : null;
        }

        BaselineComparison againstConfigured() {
            BigDecimal value = figures.clinic().baseline().get(kpi.id());
            if (value == null) {
                String reason = reasonForNone();
                Change none = Change.none(Status.NOT_APPLICABLE, reason);
                return with(new Baseline.Missing(reason), none, none, null);
            }
            return with(
                    new Baseline.Configured(value),
                    Change.difference(current, value),
                    Change.relative(current, value),
                    null);
        }

        private String reasonForNone() {
            if (current.status() == Status.NOT_APPLICABLE && current.reason() != null) {
                return current.reason();
            }
            return figures.clinic().goLive() == null
                    ? "The clinic has neither a goLive nor a baseline of this KPI"
                    : "The 90 days before goLive have nothing to measure, and the clinic has no baseline of this KPI";
        }

        private BaselineComparison with(
                Baseline baseline, Change difference, Change relativeChange, @Nullable Interval interval) {
            return new BaselineComparison(
                    figures.clinic().id(),
                    kpi.id(),
                    kpi.unit().in(figures.clinic().currency()),
                    figures.asOf(),
                    current,
                    baseline,
                    days,
                    difference,
                    relativeChange,
                    interval);
        }
    }
}
