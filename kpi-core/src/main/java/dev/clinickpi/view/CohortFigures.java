package dev.clinickpi.view;

import static java.time.temporal.ChronoField.PROLEPTIC_MONTH;

import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of a cohort table. One counts all who were onboarded, by month: months split them by when, so publication sees the whole of which a
 * month might be had by subtraction. The other is a cohort for itself, by months since.
 */
final class CohortFigures {

    static final KpiDefinition ONBOARDED = new KpiDefinition(
            "cohorts",
            Unit.COUNT,
            Refresh.REAL_TIME,
            Direction.NEUTRAL,
            null,
            new Meaning("Pacientes nuevos por mes.", "New patients by month."),
            1,
            Measure.ONBOARDED,
            CohortFigures::onboarded);

    static final KpiDefinition COHORT = new KpiDefinition(
            "cohort",
            Unit.COUNT,
            Refresh.REAL_TIME,
            Direction.NEUTRAL,
            null,
            new Meaning(
                    "Pacientes nuevos de un mes y cuántos vuelven cada mes después.",
                    "The new patients of a month, and how many come in each month after."),
            1,
            Measure.ONBOARDED,
            CohortFigures::cohort);

    private CohortFigures() {}

    /** The months that a period touches. */
    static List<YearMonth> months(Period period) {
        List<YearMonth> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(period.from());
                month.atDay(1).isBefore(period.to());
                month = month.plusMonths(1)) {
            months.add(month);
        }
        return months;
    }

    /** What a period has of a month that it touches. */
    static Period part(YearMonth month, Period period) {
        LocalDate first = month.atDay(1);
        LocalDate end = month.plusMonths(1).atDay(1);
        return new Period(
                period.from().isAfter(first) ? period.from() : first,
                period.to().isBefore(end) ? period.to() : end);
    }

    static String row(int offset) {
        return Integer.toString(offset);
    }

    static String revenue(int offset) {
        return "revenue-" + offset;
    }

    static String unpriced(int offset) {
        return "unpriced-" + offset;
    }

    private static Figure onboarded(KpiScope scope) {
        SortedMap<YearMonth, Cell> months = new TreeMap<>();
        scope.forEach(
                Measure.ONBOARDED,
                (date, dimension, cell) -> months.computeIfAbsent(YearMonth.from(date), month -> new Cell())
                        .addAll(cell, 1));
        List<Figure.Row> rows = new ArrayList<>();
        months.forEach((month, cell) -> {
            People people = cell.people();
            rows.add(Figure.Row.of(month.toString(), cell.count(), people == null ? new People() : people));
        });
        return Figure.of(scope.count(Measure.ONBOARDED)).withRows(Figure.Split.PARTITION, rows);
    }

    /** Months since split a cohort by outcome and are shown with it; a month's revenue is judged by those who paid it. */
    private static Figure cohort(KpiScope scope) {
        SortedMap<Integer, Revenue> revenues = revenues(scope);
        SortedMap<Integer, Long> patients = new TreeMap<>();
        scope.forEach(
                Measure.RETAINED,
                (date, dimension, cell) -> patients.merge(offset(date, dimension.moment()), cell.count(), Long::sum));
        Figure figure = Figure.of(scope.count(Measure.ONBOARDED)).withRows(Figure.Split.OUTCOME, rows(scope, patients));
        for (int offset : withheld(scope, Measure.COHORT_VALUE)) {
            revenues.remove(offset);
            figure = figure.withWithheld(revenue(offset));
        }
        for (Map.Entry<Integer, Revenue> month : revenues.entrySet()) {
            Revenue revenue = month.getValue();
            figure = figure.with(revenue(month.getKey()), revenue.sum.stripTrailingZeros(), revenue.payers);
            figure = revenue.unpriced == 0 ? figure : figure.with(unpriced(month.getKey()), revenue.unpriced);
        }
        return figure;
    }

    private static List<Figure.Row> rows(KpiScope scope, SortedMap<Integer, Long> patients) {
        List<Figure.Row> rows = new ArrayList<>();
        for (int offset : withheld(scope, Measure.RETAINED)) {
            patients.remove(offset);
            rows.add(Figure.Row.of(row(offset), 0).shownIf(false));
        }
        patients.forEach((offset, count) -> rows.add(Figure.Row.of(row(offset), count)));
        return rows;
    }

    /** The months since that may not be shown, those among them that nobody came back in. */
    private static List<Integer> withheld(KpiScope scope, Measure measure) {
        LocalDays days = LocalDays.in(scope.clinic().zone());
        LocalDate first = days.dateOf(scope.coverage().span().from());
        YearMonth last = YearMonth.from(days.dateOf(scope.asOf()));
        List<Integer> withheld = new ArrayList<>();
        for (YearMonth month = YearMonth.from(first); !month.isAfter(last); month = month.plusMonths(1)) {
            boolean isShown = scope.showsMonth(measure, month)
                    && (measure != Measure.COHORT_VALUE || scope.showsMoney(measure, month));
            if (!isShown) {
                withheld.add(offset(first, month.getLong(PROLEPTIC_MONTH)));
            }
        }
        return withheld;
    }

    private static SortedMap<Integer, Revenue> revenues(KpiScope scope) {
        SortedMap<Integer, Revenue> revenues = new TreeMap<>();
        scope.forEach(Measure.COHORT_VALUE, (date, dimension, cell) -> {
            LocalDate startsOn = LocalDate.ofEpochDay(dimension.moment());
            revenues.computeIfAbsent(offset(date, startsOn.getLong(PROLEPTIC_MONTH)), offset -> new Revenue())
                    .add(scope, startsOn, dimension, cell);
        });
        return revenues;
    }

    private static int offset(LocalDate onboarded, long month) {
        return Math.toIntExact(month - onboarded.getLong(PROLEPTIC_MONTH));
    }

    /** The values of a cohort's completed appointments in one month, each at the rate of the local day that it starts on. */
    private static final class Revenue {

        private BigDecimal sum = BigDecimal.ZERO;
        private final People payers = new People();
        private long unpriced;

        void add(KpiScope scope, LocalDate startsOn, Dimension dimension, Cell cell) {
            BigDecimal amount =
                    cell.sum() == null ? BigDecimal.ZERO : cell.sum().toBigDecimal();
            Optional<BigDecimal> priced = scope.directory()
                    .convert(amount, dimension.currency(), scope.clinic().currency(), startsOn);
            if (priced.isEmpty()) {
                unpriced += cell.count();
                return;
            }
            sum = sum.add(priced.get());
            if (cell.people() != null) {
                payers.addAll(cell.people(), 1);
            }
        }
    }
}
