package dev.clinickpi.privacy.benchmark;

import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a benchmark has to hold (section 7).
 *
 * @param people how many patients stand behind each contribution, at the least
 * @param owners how many owners it has, at the least: who looks, and a minimum group besides
 * @param percent within how many per cent nobody may be estimated by another
 * @param neighbours how many values a quartile is the mean of, at the least
 * @param changed by how many owners two months differ, at the least, unless they do not: who looks, and a minimum group besides
 * @param rounded how values are rounded
 */
record SectorRules(int people, int owners, int percent, int neighbours, int changed, MathContext rounded) {

    private static final int LEAST_GROUP = 5;
    private static final int DIGITS = 3;

    /** The rules under a minimum group; section 7 has them for 5. */
    static SectorRules of(int minimumGroup) {
        int group = Math.max(LEAST_GROUP, minimumGroup);
        return new SectorRules(
                group,
                group + 1,
                SectorStatistic.PERCENT,
                SectorStatistic.NEIGHBOURS,
                group + 1,
                new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    }
}
