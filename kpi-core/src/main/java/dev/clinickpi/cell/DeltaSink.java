package dev.clinickpi.cell;

import java.math.BigDecimal;

/**
 * Takes the signed deltas that entities send when they change. {@code at} is the instant that the fact is dated at, in epoch milliseconds; {@code n}
 * is 1 for a fact that came to hold and -1 for one that ceased to.
 */
public interface DeltaSink {

    /** A count of a measure that is not judged by people. */
    void count(Measure measure, long at, Dimension dimension, long n);

    /** A count with the patient behind it. */
    void person(Measure measure, long at, Dimension dimension, int patient, long n);

    /** An amount of money with the patient behind it, who counts only when the amount is not 0 (section 6). */
    void money(Measure measure, long at, Dimension dimension, BigDecimal amount, int patient, long n);

    /** An amount of money that nobody stands behind. */
    void cost(Measure measure, long at, Dimension dimension, BigDecimal amount, long n);

    /** A duration in milliseconds. */
    void time(Measure measure, long at, long millis, long n);
}
