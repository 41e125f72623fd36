package dev.clinickpi.view;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How patients come back: those onboarded in the period by local month, and how many of them had a completed appointment in each month since, in real
 * time (section 5). A cohort is judged by its own patients and its months are shown with it; revenue is judged by those who paid it.
 *
 * @param clinic whose it is
 * @param period what was asked for: the days of onboarding
 * @param currency the ISO 4217 code of the revenue
 * @param asOf the moment of the answer
 * @param cohorts one for each month in which anybody was onboarded, in order
 */
public record CohortTable(ClinicId clinic, Period period, String currency, Instant asOf, List<Cohort> cohorts) {

    /** Copies the list. */
    public CohortTable {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(currency, "currency");
        Objects.requireNonNull(asOf, "asOf");
        cohorts = List.copyOf(cohorts);
    }

    /** The cohorts of a request, to be published: all who were onboarded, by month, and then each month. */
    public static Unpublished<CohortTable> of(Figures figures) {
        Period period = figures.period();
        Stream<ExactResult> months = CohortFigures.months(period).stream()
                .map(month -> figures.figure(CohortFigures.COHORT, CohortFigures.part(month, period)));
        return new Unpublished<>(
                Stream.concat(Stream.of(figures.figure(CohortFigures.ONBOARDED, period)), months)
                        .toList(),
                released -> of(
                        figures.clinic().id(),
                        period,
                        figures.clinic().currency(),
                        figures.calendar().days(),
                        released));
    }

    private static CohortTable of(
            ClinicId clinic, Period period, String currency, LocalDays days, List<KpiResult> released) {
        Released all = Released.of(released, 0, CohortFigures.ONBOARDED.id());
        Instant asOf = all.result().asOf();
        List<Cohort> cohorts = new ArrayList<>();
        int place = 1;
        for (YearMonth month : CohortFigures.months(period)) {
            Released cohort = Released.of(released, place++, CohortFigures.COHORT.id());
            Long size = cohort.count();
            if (size == null || size > 0) {
                boolean shown = size != null && all.shows(month.toString());
                cohorts.add(cohort(month, period, days, cohort.result(), shown ? cohort : null));
            }
        }
        return new CohortTable(clinic, period, currency, asOf, cohorts);
    }

    private static Cohort cohort(
            YearMonth month, Period period, LocalDays days, KpiResult result, @Nullable Released shown) {
        Instant asOf = result.asOf();
        Span covered = result.period();
        boolean isShortened = covered.from().isAfter(start(month, period, days))
                || covered.to().isBefore(min(asOf, end(month, period, days)));
        boolean isCut = isShortened
                || period.from().isAfter(month.atDay(1))
                || period.to().isBefore(month.plusMonths(1).atDay(1));
        List<Cell> cells = new ArrayList<>();
        int offset = 0;
        for (YearMonth of = month; hasBegun(of, days, asOf); of = of.plusMonths(1)) {
            boolean partial = isCut || !hasBegun(of.plusMonths(1), days, asOf);
            cells.add(shown == null ? Cell.withheld(offset, partial) : cell(offset, partial, shown));
            offset++;
        }
        boolean partial = isCut || !hasBegun(month.plusMonths(1), days, asOf);
        return new Cohort(month, covered, shown == null ? null : shown.count(), partial, cells);
    }

    private static Instant start(YearMonth month, Period period, LocalDays days) {
        return Instant.ofEpochMilli(
                days.start(CohortFigures.part(month, period).from().toEpochDay()));
    }

    private static Instant end(YearMonth month, Period period, LocalDays days) {
        return Instant.ofEpochMilli(
                days.start(CohortFigures.part(month, period).to().toEpochDay()));
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Cell cell(int offset, boolean partial, Released cohort) {
        BigDecimal unpriced = cohort.component(CohortFigures.unpriced(offset));
        Long patients = cohort.count(CohortFigures.row(offset));
        return new Cell(
                offset,
                patients,
                cohort.revenue(CohortFigures.revenue(offset)),
                patients == null ? null : Long.valueOf(unpriced == null ? 0 : unpriced.longValueExact()),
                partial);
    }

    private static boolean hasBegun(YearMonth month, LocalDays days, Instant asOf) {
        LocalDate first = month.atDay(1);
        return days.start(first.toEpochDay()) <= asOf.toEpochMilli();
    }

    /** The cohort of a month; empty when nobody was onboarded in it. */
    public Optional<Cohort> cohort(YearMonth month) {
        return cohorts.stream().filter(cohort -> cohort.month.equals(month)).findFirst();
    }

    /**
     * The patients of one month of onboarding.
     *
     * @param month the local month
     * @param covered what of it the cohort really covers
     * @param size how many they are; null when withheld
     * @param partial whether the month is not yet over, the period cuts it, or the patients of some of its days may not be told apart yet
     * @param cells one for each month since that has begun, the cohort's own first
     */
    public record Cohort(
            YearMonth month, Span covered, @Nullable Long size, boolean partial, List<Cell> cells) {

        /** Copies the list. */
        public Cohort {
            Objects.requireNonNull(month, "month");
            Objects.requireNonNull(covered, "covered");
            cells = List.copyOf(cells);
        }

        /** {@code SUPPRESSED} when the cohort is withheld, with all its months; else {@code OK}. */
        public Status status() {
            return size == null ? Status.SUPPRESSED : Status.OK;
        }
    }

    /**
     * A cohort in one month.
     *
     * @param offset how many months after that of onboarding, from 0
     * @param patients how many had a completed appointment in it; null when withheld
     * @param revenue what those appointments are worth in the clinic's currency, at the rates of their local days; null when
     *     withheld, which it may be where the patients are shown
     * @param unpriced how many values are not in the revenue for want of an exchange rate; null when withheld
     * @param partial whether the month is not yet over or the period cuts the cohort
     */
    public record Cell(
            int offset,
            @Nullable Long patients,
            @Nullable BigDecimal revenue,
            @Nullable Long unpriced,
            boolean partial) {

        private static Cell withheld(int offset, boolean partial) {
            return new Cell(offset, null, null, null, partial);
        }

        /** {@code SUPPRESSED} when the patients are withheld, with all else of the cell; else {@code OK}. */
        public Status status() {
            return patients == null ? Status.SUPPRESSED : Status.OK;
        }
    }
}
