package dev.clinickpi.kpi;

import java.math.BigDecimal;

/** What a KPI's value should be, in the KPI's unit. */
public sealed interface Target {

    /** How a value stands to it. */
    Verdict verdict(BigDecimal value);

    /**
     * Less than a limit.
     *
     * @param limit the least value that misses it
     */
    record Below(BigDecimal limit) implements Target {

        @Override
        public Verdict verdict(BigDecimal value) {
            return value.compareTo(limit) < 0 ? Verdict.MET : Verdict.MISSED;
        }
    }

    /**
     * Within a band, both ends included.
     *
     * @param low the least healthy value
     * @param high the greatest healthy value
     */
    record Band(BigDecimal low, BigDecimal high) implements Target {

        /** @throws IllegalArgumentException if the band is upside down */
        public Band {
            if (low.compareTo(high) > 0) {
                throw new IllegalArgumentException("A band's low end is not above its high end");
            }
        }

        @Override
        public Verdict verdict(BigDecimal value) {
            if (value.compareTo(low) < 0) {
                return Verdict.BELOW;
            }
            return value.compareTo(high) > 0 ? Verdict.ABOVE : Verdict.HEALTHY;
        }
    }
}
