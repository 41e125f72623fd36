package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.kpi.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between which values everybody knows that a KPI lies. A value is told by how near others can come to it from either side: a mean that is the greatest value
 * there can be is that of every owner.
 *
 * @param least the least that a value can be
 * @param greatest the greatest that it can be; null where there is none
 */
record Bounds(BigDecimal least, @Nullable BigDecimal greatest) {

    /** Of what is only not negative. */
    static final Bounds NOT_NEGATIVE = new Bounds(BigDecimal.ZERO, null);

    private static final Bounds SHARE = new Bounds(BigDecimal.ZERO, BigDecimal.ONE);
    private static final Bounds SCORE = new Bounds(BigDecimal.ONE, BigDecimal.valueOf(5));

    /** Of the twelve KPIs by their unit: shares are of a whole, and scores are from 1 to 5. */
    static Bounds of(String unit) {
        if (unit.equals(Unit.RATIO.id())) {
            return SHARE;
        }
        return unit.equals(Unit.SCORE.id()) ? SCORE : NOT_NEGATIVE;
    }

    /** The same values as distances from the least, in ascending order. */
    List<BigDecimal> aboveLeast(List<BigDecimal> values) {
        return values.stream().map(value -> value.subtract(least)).toList();
    }

    /** The same values as distances from the greatest, in ascending order; none where there is no greatest. */
    List<BigDecimal> belowGreatest(List<BigDecimal> values) {
        BigDecimal end = greatest;
        if (end == null) {
            return List.of();
        }
        List<BigDecimal> distances = new ArrayList<>(values);
        distances.replaceAll(end::subtract);
        Collections.reverse(distances);
        return distances;
    }
}
