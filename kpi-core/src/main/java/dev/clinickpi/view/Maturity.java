package dev.clinickpi.view;

import java.time.Duration;
import java.time.Instant;

/** How long conversations are given to convert where two spans are compared (section 2). */
final class Maturity {

    private static final long LEAST_DAYS = 1;
    private static final long MOST_DAYS = 30;

    private Maturity() {}

    /** The whole days from the end of the newer span to the moment of the question, from 1 to 30. */
    static long days(Instant end, Instant asOf) {
        return Math.max(
                LEAST_DAYS, Math.min(MOST_DAYS, Duration.between(end, asOf).toDays()));
    }
}
