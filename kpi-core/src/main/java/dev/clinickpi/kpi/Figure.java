package dev.clinickpi.kpi;

import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.WordOrder;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a formula gives: an exact value with all that belongs to it, before anybody asks whether it may be shown. Immutable.
 *
 * @param status {@code OK}, {@code UNDEFINED} or {@code NOT_APPLICABLE}
 * @param reason why there is no value, or null
 * @param value the value, or null unless the status is {@code OK}
 * @param numerator what was divided, or null
 * @param denominator what it was divided by, or null
 * @param n how many facts the value comes from
 * @param components further figures that explain it, in order
 * @param rows its breakdown, in order
 * @param split how the rows divide it
 * @param rowsSpan what the rows cover, where that is less than the figure does; else null
 * @param isMomentary whether it is of the moment of the question alone, whatever the period
 */
public record Figure(
        Status status,
        @Nullable String reason,
        @Nullable BigDecimal value,
        @Nullable BigDecimal numerator,
        @Nullable BigDecimal denominator,
        long n,
        List<Part> components,
        List<Row> rows,
        Split split,
        @Nullable Span rowsSpan,
        boolean isMomentary) {

    /** The precision of every division: 34 digits. */
    public static final MathContext PRECISION = MathContext.DECIMAL128;

    /** How a breakdown's rows stand to the figure, and so whose people decide whether one is shown (section 6). */
    public enum Split {
        /** By outcome: the rows are shown with the figure. */
        OUTCOME,
        /** By who, what or when, into rows that add up to what is shown: each is judged by its own people, and none may be had by subtraction. */
        PARTITION,
        /** By who, what or when, into rows that overlap: each is judged by its own people. */
        OVERLAP
    }

    /** Copies the lists. */
    public Figure {
        components = List.copyOf(components);
        rows = List.copyOf(rows);
    }

    /** A value that comes from {@code n} facts. */
    public static Figure of(BigDecimal value, long n) {
        return new Figure(Status.OK, null, value, null, null, n, List.of(), List.of(), Split.OUTCOME, null, false);
    }

    /** A count. */
    public static Figure of(long count) {
        return of(BigDecimal.valueOf(count), count);
    }

    /** A share of counts; over nothing it is undefined, never 0 or 1. */
    public static Figure ratio(long numerator, long denominator) {
        return quotient(BigDecimal.valueOf(numerator), denominator).withNumerator(BigDecimal.valueOf(numerator));
    }

    /** A quotient that shows its denominator alone, such as a mean; over nothing it is undefined. */
    public static Figure quotient(BigDecimal dividend, long denominator) {
        Optional<BigDecimal> value = divide(dividend, BigDecimal.valueOf(denominator));
        return new Figure(
                value.isPresent() ? Status.OK : Status.UNDEFINED,
                value.isPresent() ? null : "There is nothing to divide by in this period",
                value.orElse(null),
                null,
                BigDecimal.valueOf(denominator),
                denominator,
                List.of(),
                List.of(),
                Split.OUTCOME,
                null,
                false);
    }

    /** No value, for want of facts. */
    public static Figure undefined(String reason, long n) {
        return new Figure(
                Status.UNDEFINED, reason, null, null, null, n, List.of(), List.of(), Split.OUTCOME, null, false);
    }

    /** No value, for want of a setting of the clinic. */
    public static Figure notApplicable(String reason) {
        return new Figure(
                Status.NOT_APPLICABLE, reason, null, null, null, 0, List.of(), List.of(), Split.OUTCOME, null, false);
    }

    /** The quotient at {@link #PRECISION}; empty over nothing. */
    public static Optional<BigDecimal> divide(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0 ? Optional.empty() : Optional.of(dividend.divide(divisor, PRECISION));
    }

    private Figure withNumerator(BigDecimal shown) {
        return new Figure(status, reason, value, shown, denominator, n, components, rows, split, rowsSpan, isMomentary);
    }

    /** As a figure of the moment of the question alone, whatever the period. */
    public Figure ofTheMoment() {
        return new Figure(status, reason, value, numerator, denominator, n, components, rows, split, rowsSpan, true);
    }

    /** With another sample size. */
    public Figure withN(long facts) {
        return new Figure(
                status, reason, value, numerator, denominator, facts, components, rows, split, rowsSpan, isMomentary);
    }

    /** With the denominator shown. */
    public Figure withDenominator(long shown) {
        return new Figure(
                status,
                reason,
                value,
                numerator,
                BigDecimal.valueOf(shown),
                n,
                components,
                rows,
                split,
                rowsSpan,
                isMomentary);
    }

    /** With a count that goes with the figure. */
    public Figure with(String id, long count) {
        return with(new Part(id, BigDecimal.valueOf(count), null, null, false));
    }

    /** With a component that goes with the figure; null when it is undefined. */
    public Figure with(String id, @Nullable BigDecimal component) {
        return with(new Part(id, component, null, null, false));
    }

    /**
     * With a component that is shown only when its people are enough; null when it is undefined.
     *
     * @param people the people that it is judged by; null when it goes with the figure
     */
    public Figure with(String id, @Nullable BigDecimal component, @Nullable People people) {
        return with(new Part(id, component, null, people, false));
    }

    /** With a component that may not be shown, whoever stands behind it. */
    public Figure withWithheld(String id) {
        return with(new Part(id, null, null, null, true));
    }

    /** With a component that is a word; null when it is undefined. */
    public Figure withWord(String id, @Nullable String word) {
        return with(new Part(id, null, word, null, false));
    }

    private Figure with(Part part) {
        List<Part> parts = new ArrayList<>(components);
        parts.add(part);
        return new Figure(status, reason, value, numerator, denominator, n, parts, rows, split, rowsSpan, isMomentary);
    }

    /** With a breakdown. */
    public Figure withRows(Split how, List<Row> breakdown) {
        return new Figure(
                status, reason, value, numerator, denominator, n, components, breakdown, how, null, isMomentary);
    }

    /** With rows that cover less than the figure does. */
    public Figure withRowsOf(Span span) {
        return new Figure(status, reason, value, numerator, denominator, n, components, rows, split, span, isMomentary);
    }

    /** The value of a component; empty when the figure has none of that id or it is undefined. */
    public Optional<BigDecimal> component(String id) {
        return components.stream()
                .filter(part -> part.id.equals(id))
                .findFirst()
                .map(Part::value);
    }

    /**
     * A component: a further figure that explains the value.
     *
     * @param id its name, unique in the figure
     * @param value its value, or null when it is undefined or a word
     * @param word its value when it is a word, or null
     * @param people the people that it is judged by, or null when it goes with its figure
     * @param isWithheld whether it may not be shown, whoever stands behind it
     */
    public record Part(
            String id,
            @Nullable BigDecimal value,
            @Nullable String word,
            @Nullable People people,
            boolean isWithheld) {}

    /**
     * A row of a breakdown.
     *
     * @param key what the row is of, unique in the figure
     * @param value its value, or null when it is undefined
     * @param numerator what was divided, or null
     * @param denominator what it was divided by, or null
     * @param people the people behind it, or null when it is shown with its figure
     * @param isWithheld whether it may not be shown, whoever stands behind it
     */
    public record Row(
            String key,
            @Nullable BigDecimal value,
            @Nullable BigDecimal numerator,
            @Nullable BigDecimal denominator,
            @Nullable People people,
            boolean isWithheld) {

        /** Most first, ties by key. */
        static final Comparator<Row> DESCENDING =
                Comparator.comparing(Row::size).reversed().thenComparing(Row::key, WordOrder.BY_CODE_POINT);

        /** A row of a count that is shown with its figure. */
        public static Row of(String key, long count) {
            return new Row(key, BigDecimal.valueOf(count), null, null, null, false);
        }

        /** A row of an amount that is shown with its figure. */
        public static Row of(String key, BigDecimal amount) {
            return new Row(key, amount, null, null, null, false);
        }

        /** A row of a count that is judged by its own people. */
        public static Row of(String key, long count, People people) {
            return new Row(key, BigDecimal.valueOf(count), null, null, people, false);
        }

        /** A row of a share that is judged by its own people. */
        public static Row ratio(String key, long numerator, long denominator, People people) {
            BigDecimal over = BigDecimal.valueOf(numerator);
            BigDecimal under = BigDecimal.valueOf(denominator);
            return new Row(key, divide(over, under).orElse(null), over, under, people, false);
        }

        /** The same row, or one that may not be shown. */
        public Row shownIf(boolean shown) {
            return shown ? this : new Row(key, value, numerator, denominator, people, true);
        }

        private BigDecimal size() {
            return value == null ? BigDecimal.ZERO : value;
        }
    }
}
