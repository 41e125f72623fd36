package dev.clinickpi.testkit.model;

import dev.clinickpi.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Section 2 and 5: a KPI of a period against that of an earlier one, conversions at equal maturity. */
record Comparisons(Question question, String kpi) {

    private static final int DAYS_BEFORE_GO_LIVE = 90;
    private static final long MOST_DAYS = 30;
    private static final long QUARTER_OF_AN_HOUR = 15 * 60;
    private static final double Z = 1.959963984540054;

    /** Equal elapsed spans, both of whole quarters of an hour. */
    ReferenceComparison withPreviousPeriod() {
        EarlierPeriod earlier = new EarlierPeriod(question.calendar(), question.period());
        Coverage covered = question.covered(SingleFigure.freshness(kpi));
        Instant end = wholeQuarter(covered.shownTo());
        long days = maturity(end);
        ReferenceFigure current =
                figure(question.period(), true, days, new Coverage(covered.from(), end, end, covered.partial()));
        Instant earlierEnd = earlier.end(end);
        Period dates = earlier.dates();
        ReferenceFigure before = figure(
                dates == null ? question.period() : dates,
                dates != null,
                days,
                new Coverage(earlier.start(), earlierEnd, earlierEnd, covered.partial()));
        return compare(current, before, null, days);
    }

    /** The 90 days before goLive where they have facts, else what is configured. */
    ReferenceComparison withBaseline() {
        Freshness freshness = SingleFigure.freshness(kpi);
        Coverage covered = question.covered(freshness);
        long days = maturity(covered.shownTo());
        ReferenceFigure current = figure(question.period(), true, days, covered);
        LocalDate goLive = question.clinic().goLive();
        if (goLive != null) {
            Period preAi = new Period(goLive.minusDays(DAYS_BEFORE_GO_LIVE), goLive);
            Freshness asked = question.options().live() ? Freshness.REAL_TIME : freshness;
            ReferenceFigure before =
                    figure(preAi, true, days, question.calendar().covered(preAi, asked, question.asOf()));
            if (before.n() > 0) {
                return compare(current, before, null, days);
            }
        }
        return compare(current, null, question.clinic().baseline().get(kpi), days);
    }

    private ReferenceFigure figure(Period dates, boolean isOfWholeDays, long days, Coverage coverage) {
        Excerpt excerpt = new Excerpt(freshness -> coverage, isOfWholeDays, Duration.ofDays(days));
        return SingleFigure.of(kpi, question.about(dates, excerpt));
    }

    private long maturity(Instant end) {
        long days = 1;
        while (days < MOST_DAYS && !end.plus(Duration.ofDays(days + 1)).isAfter(question.asOf())) {
            days++;
        }
        return days;
    }

    private static Instant wholeQuarter(Instant x) {
        return Instant.ofEpochSecond(x.getEpochSecond() - Math.floorMod(x.getEpochSecond(), QUARTER_OF_AN_HOUR));
    }

    private static ReferenceComparison compare(
            ReferenceFigure current, @Nullable ReferenceFigure before, @Nullable BigDecimal configured, long days) {
        Fraction now = exact(current);
        Fraction then = before != null ? exact(before) : configured == null ? null : Fraction.of(configured);
        if (now == null || then == null) {
            return new ReferenceComparison(current, before, configured, days, null, null, null, null);
        }
        Fraction difference = now.minus(then);
        Fraction size = then.compareTo(Fraction.ZERO) < 0 ? Fraction.ZERO.minus(then) : then;
        double[] interval = before == null ? null : interval(current, before);
        return new ReferenceComparison(
                current,
                before,
                configured,
                days,
                difference.toDecimal(),
                size.isZero() ? null : difference.dividedBy(size).toDecimal(),
                interval == null ? null : interval[0],
                interval == null ? null : interval[1]);
    }

    /** A ratio of counts as it is, anything else as it stands. */
    private static @Nullable Fraction exact(ReferenceFigure figure) {
        if (figure.value() == null) {
            return null;
        }
        return figure.numerator() == null || figure.denominator() == null
                ? Fraction.of(figure.value())
                : Fraction.of(figure.numerator(), figure.denominator());
    }

    /** Newcombe (1998), method 10, of two shares whose spans have no instant in common. Features of a tier are no sample of anything. */
    private static double @Nullable [] interval(ReferenceFigure first, ReferenceFigure second) {
        boolean isSample =
                !first.id().equals("tier-utilization") && !first.from().isBefore(second.to());
        if (!isSample || first.numerator() == null || second.numerator() == null) {
            return null;
        }
        double p1 = (double) first.numerator() / first.n();
        double p2 = (double) second.numerator() / second.n();
        double[] wilson1 = wilson(p1, first.n());
        double[] wilson2 = wilson(p2, second.n());
        return new double[] {
            p1 - p2 - Math.hypot(p1 - wilson1[0], wilson2[1] - p2),
            p1 - p2 + Math.hypot(wilson1[1] - p1, p2 - wilson2[0])
        };
    }

    private static double[] wilson(double p, long n) {
        double middle = p + Z * Z / (2 * n);
        double reach = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
        double under = 1 + Z * Z / n;
        return new double[] {(middle - reach) / under, (middle + reach) / under};
    }
}
