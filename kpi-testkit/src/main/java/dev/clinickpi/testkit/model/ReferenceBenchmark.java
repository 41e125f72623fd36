package dev.clinickpi.testkit.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Section 7, word for word: what a benchmark shows of the values that clinics have published, if it is shown. That nobody in it can be told from it is for another
 * to check.
 *
 * @param mean of all owners
 * @param lowerQuartile of the owners about a quarter of the way up
 * @param median of the owners in the middle
 * @param upperQuartile of the owners about a quarter of the way down
 * @param band how many owners there are, about
 */
public record ReferenceBenchmark(
        BigDecimal mean, BigDecimal lowerQuartile, BigDecimal median, BigDecimal upperQuartile, String band) {

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    /**
     * A clinic's value.
     *
     * @param owner whose clinic it is
     * @param patients how many stand behind the value
     * @param value its published value; null when it has none
     */
    public record Value(
            String owner, int patients, @Nullable BigDecimal value) {}

    /** The benchmark of some clinics; null where there are fewer than k + 1 owners with k patients each, k being 5. */
    public static @Nullable ReferenceBenchmark of(List<Value> clinics) {
        Map<String, List<BigDecimal>> byOwner = new TreeMap<>();
        for (Value clinic : clinics) {
            if (clinic.value() != null && clinic.patients() >= 5) {
                byOwner.computeIfAbsent(clinic.owner(), owner -> new ArrayList<>())
                        .add(clinic.value());
            }
        }
        List<BigDecimal> values = new ArrayList<>();
        for (List<BigDecimal> ofOwner : byOwner.values()) {
            values.add(mean(ofOwner));
        }
        Collections.sort(values);
        int owners = values.size();
        if (owners < 6) {
            return null;
        }
        List<BigDecimal> lowest = values.subList(0, owners == 8 ? 4 : quarter(owners) + 2);
        List<BigDecimal> highest = values.subList(owners == 8 ? 4 : owners - quarter(owners) - 2, owners);
        List<BigDecimal> lower = owners == 8 ? lowest : lowest.subList(lowest.size() - 3, lowest.size());
        List<BigDecimal> upper = owners == 8 ? highest : highest.subList(0, 3);
        List<BigDecimal> middle = values;
        if (owners >= 8) {
            int aside = owners % 2 == 0 ? owners / 2 - 2 : owners / 2 - 1;
            middle = values.subList(aside, owners - aside);
        }
        return new ReferenceBenchmark(
                mean(values).round(THREE_DIGITS),
                mean(lower).round(THREE_DIGITS),
                mean(middle).round(THREE_DIGITS),
                mean(upper).round(THREE_DIGITS),
                owners < 10 ? "6–9" : owners < 20 ? "10–19" : "20+");
    }

    /** The place of the lower quartile among the owners, from 0: a quarter of the way from the first to the last, to the nearest, upwards from the half. */
    private static int quarter(int owners) {
        return (2 * (owners - 1) + 4) / 8;
    }

    private static BigDecimal mean(List<BigDecimal> values) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal value : values) {
            sum = sum.add(value);
        }
        return sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128);
    }
}
