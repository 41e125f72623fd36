package dev.clinickpi.jdbc.source;

import java.math.BigDecimal;
import java.time.Duration;

/** How far behind the watermark a read begins again, so that rows that were committed late are not passed over. */
sealed interface Overlap {

    /** Of a watermark that says when. */
    record OfTime(Duration time) implements Overlap {

        static final Duration MOST = Duration.ofDays(366);

        @Override
        public boolean isInRange() {
            return !time.isNegative() && time.compareTo(MOST) <= 0;
        }
    }

    /** Of a watermark that counts. */
    record OfNumber(BigDecimal number) implements Overlap {

        static final BigDecimal MOST = BigDecimal.TEN.pow(15);

        @Override
        public boolean isInRange() {
            return number.signum() >= 0 && number.compareTo(MOST) <= 0;
        }
    }

    boolean isInRange();
}
