package dev.clinickpi.view;

import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Unit;
import java.math.BigDecimal;
import java.util.Objects;

/** A share of counts: {@code count}, from 0, of {@code of}, which is not 0. */
record Proportion(BigDecimal count, BigDecimal of) {

    /** Whether a result has a value that is a share of counts, both shown. A host's ratio may be none, as of messages in conversations. */
    static boolean isOne(KpiResult result) {
        BigDecimal count = result.numerator();
        BigDecimal of = result.denominator();
        return result.value() != null
                && Unit.RATIO.id().equals(result.unit())
                && count != null
                && of != null
                && of.signum() > 0
                && count.signum() >= 0
                && count.compareTo(of) <= 0;
    }

    static Proportion of(KpiResult result) {
        return new Proportion(Objects.requireNonNull(result.numerator()), Objects.requireNonNull(result.denominator()));
    }
}
