package dev.clinickpi.cell;

import java.math.BigInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Durations in milliseconds from 0 to 7 days, counted in the buckets of an {@link Histogram HdrHistogram} of three significant digits and kept
 * sparse: a dense one takes 148 KB, a cell sees a handful of buckets. Up to 2,047 ms a bucket is one millisecond wide, above it at most 1/1024 of
 * its value. Adds and subtracts. Not safe for use by many threads while it changes.
 */
public final class SparseHistogram {

    /** The ceiling in milliseconds, 7 days: what is above counts as this. */
    public static final long CEILING_MILLIS = 7 * 24 * 60 * 60 * 1_000L;

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int SUB_BUCKET_COUNT = 2_048;
    private static final int SUB_BUCKET_HALF_COUNT = SUB_BUCKET_COUNT / 2;
    private static final int SUB_BUCKET_HALF_BITS = 10;
    private static final int LEADING_ZEROS_OF_FIRST_BUCKET = Long.SIZE - SUB_BUCKET_HALF_BITS - 1;

    private final SparseCounts buckets;

    /** No durations. */
    public SparseHistogram() {
        this(new SparseCounts());
    }

    SparseHistogram(SparseCounts buckets) {
        this.buckets = buckets;
    }

    /** An empty dense histogram that {@link #addTo} can add any of these into. */
    public static Histogram dense() {
        return new Histogram(CEILING_MILLIS, SIGNIFICANT_DIGITS);
    }

    /** Counts a duration {@code times} times; negative times take it back. */
    public void add(long millis, long times) {
        buckets.add(bucket(millis), times);
    }

    /** The bucket that a duration counts in, one below 0 as 0 and one above the ceiling as the ceiling. */
    static int bucket(long millis) {
        return index(Math.min(Math.max(millis, 0), CEILING_MILLIS));
    }

    /** Adds other durations {@code times} times; -1 subtracts them. */
    public void addAll(SparseHistogram other, long times) {
        buckets.addAll(other.buckets, times);
    }

    /**
     * Adds all durations into a dense histogram.
     *
     * @throws IllegalStateException if a bucket holds less than nothing, as a delta may and a merged cell may not
     */
    public void addTo(Histogram dense) {
        for (int i = 0; i < buckets.size(); i++) {
            if (buckets.count(i) < 0) {
                throw new IllegalStateException(
                        "A histogram with negative counts is a delta; add it to its cell first");
            }
            dense.recordValueWithCount(lowestValue(buckets.key(i)), buckets.count(i));
        }
    }

    /** How many durations there are. */
    public long count() {
        return buckets.total();
    }

    /**
     * A percentile by nearest rank: the middle of the bucket that holds the duration of rank ⌈percent · count ÷ 100⌉, as HdrHistogram's
     * {@code medianEquivalentValue} gives it, and so at most 0.05 % off. Never above the ceiling.
     *
     * @param percent from 1 to 100
     * @return milliseconds
     * @throws IllegalStateException if there are no durations
     */
    public long percentile(int percent) {
        long rank = BigInteger.valueOf(count())
                .multiply(BigInteger.valueOf(percent))
                .add(BigInteger.valueOf(99))
                .divide(BigInteger.valueOf(100))
                .longValueExact();
        long seen = 0;
        for (int i = 0; i < buckets.size(); i++) {
            seen += buckets.count(i);
            if (seen >= rank) {
                return Math.min(middle(buckets.key(i)), CEILING_MILLIS);
            }
        }
        throw new IllegalStateException("A histogram without durations has no percentiles");
    }

    private static long middle(int index) {
        return lowestValue(index) + (lowestValue(index + 1) - lowestValue(index)) / 2;
    }

    /** Whether it holds no durations. */
    public boolean isEmpty() {
        return buckets.isEmpty();
    }

    SparseCounts buckets() {
        return buckets;
    }

    /** HdrHistogram's countsArrayIndex for unit magnitude 0. */
    static int index(long value) {
        int bucket = LEADING_ZEROS_OF_FIRST_BUCKET - Long.numberOfLeadingZeros(value | (SUB_BUCKET_COUNT - 1));
        int subBucket = (int) (value >>> bucket);
        return ((bucket + 1) << SUB_BUCKET_HALF_BITS) + subBucket - SUB_BUCKET_HALF_COUNT;
    }

    /** HdrHistogram's valueFromIndex for unit magnitude 0: the least value of a bucket. */
    static long lowestValue(int index) {
        int bucket = (index >> SUB_BUCKET_HALF_BITS) - 1;
        int subBucket = (index & (SUB_BUCKET_HALF_COUNT - 1)) + SUB_BUCKET_HALF_COUNT;
        return bucket < 0 ? subBucket - SUB_BUCKET_HALF_COUNT : (long) subBucket << bucket;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SparseHistogram that && buckets.equals(that.buckets);
    }

    @Override
    public int hashCode() {
        return buckets.hashCode();
    }
}
