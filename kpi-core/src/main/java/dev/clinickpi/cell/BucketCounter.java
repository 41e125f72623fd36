package dev.clinickpi.cell;

import java.util.Arrays;

/** Gathers durations from many cells by bucket, in an array no longer than the longest of them asks for. */
final class BucketCounter {

    private long[] counts = new long[1_024];

    void add(int bucket, long n) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(2 * counts.length, bucket + 1));
        }
        counts[bucket] = Math.addExact(counts[bucket], n);
    }

    /** Those gathered. */
    SparseHistogram histogram() {
        SparseCounts buckets = new SparseCounts();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] != 0) {
                buckets.append(bucket, counts[bucket]);
            }
        }
        return new SparseHistogram(buckets);
    }
}
