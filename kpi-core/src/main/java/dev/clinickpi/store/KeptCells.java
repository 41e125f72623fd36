package dev.clinickpi.store;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Cells of a clinic as they are kept, for who only reads.
 *
 * @param version grows whenever something of the clinic changes; from 1
 * @param fingerprint of what they were folded by
 * @param asOf the moment that they stand at
 * @param activeConversations how many are active at it
 * @param whole whether {@code days} are all that there are; else those that have changed since the version that was asked about
 * @param days the cells of each day of 96 slices, in days since the epoch in UTC, as bytes; empty bytes for a day that has no cells any more
 */
public record KeptCells(
        long version,
        String fingerprint,
        Instant asOf,
        int activeConversations,
        boolean whole,
        Map<Long, byte[]> days) {

    /** Copies the map. */
    public KeptCells {
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(asOf, "asOf");
        days = Map.copyOf(days);
    }
}
