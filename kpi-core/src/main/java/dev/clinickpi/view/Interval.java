package dev.clinickpi.view;

import dev.clinickpi.kpi.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;

/**
 * A 95 % confidence interval for the difference of two shares, by Newcombe's hybrid score method: method 10 of R. G. Newcombe, "Interval estimation
 * for the difference between independent proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), 873–890. It sets Wilson's
 * score intervals of the two shares side by side, so it stays between −1 and 1 and holds for small counts too.
 *
 * @param lower the lower end, from −1
 * @param upper the upper end, up to 1
 */
public record Interval(BigDecimal lower, BigDecimal upper) {

    private static final MathContext PRECISION = Figure.PRECISION;

    /** The 0.975 quantile of the standard normal distribution, Φ⁻¹(0.975); OEIS A220510. */
    private static final BigDecimal Z = new BigDecimal("1.959963984540054235524594430520551");

    private static final BigDecimal Z_SQUARED = Z.pow(2, PRECISION);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    /** Refuses nulls. */
    public Interval {
        Objects.requireNonNull(lower, "lower");
        Objects.requireNonNull(upper, "upper");
    }

    /** Whether no change lies outside of it. */
    public boolean excludesNoChange() {
        return lower.signum() > 0 || upper.signum() < 0;
    }

    /** Of the first share less the second. */
    static Interval ofDifference(Proportion first, Proportion second) {
        BigDecimal p1 = share(first);
        BigDecimal p2 = share(second);
        BigDecimal difference = p1.subtract(p2);
        Interval wilson1 = wilson(first);
        Interval wilson2 = wilson(second);
        BigDecimal below = hypotenuse(p1.subtract(wilson1.lower), wilson2.upper.subtract(p2));
        BigDecimal above = hypotenuse(wilson1.upper.subtract(p1), p2.subtract(wilson2.lower));
        return new Interval(difference.subtract(below, PRECISION), difference.add(above, PRECISION));
    }

    private static BigDecimal share(Proportion x) {
        return x.count().divide(x.of(), PRECISION);
    }

    /** (2np + z² ± z √(z² + 4np(1 − p))) ÷ 2(n + z²), of n counts with a share of p. */
    private static Interval wilson(Proportion x) {
        BigDecimal n = x.of();
        BigDecimal middle = TWO.multiply(x.count()).add(Z_SQUARED);
        BigDecimal rest = n.subtract(x.count());
        BigDecimal variance = FOUR.multiply(x.count()).multiply(rest).divide(n, PRECISION);
        BigDecimal reach = Z.multiply(Z_SQUARED.add(variance).sqrt(PRECISION), PRECISION);
        BigDecimal under = TWO.multiply(n.add(Z_SQUARED));
        return new Interval(
                middle.subtract(reach).divide(under, PRECISION).max(BigDecimal.ZERO),
                middle.add(reach).divide(under, PRECISION).min(BigDecimal.ONE));
    }

    private static BigDecimal hypotenuse(BigDecimal a, BigDecimal b) {
        return a.pow(2, PRECISION).add(b.pow(2, PRECISION)).sqrt(PRECISION);
    }
}
