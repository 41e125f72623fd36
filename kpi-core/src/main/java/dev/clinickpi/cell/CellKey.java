package dev.clinickpi.cell;

import java.util.Comparator;
import java.util.Objects;

/**
 * Which cell of a clinic it is.
 *
 * @param measure what it counts
 * @param slice the 15-minute slice that its facts are dated in
 * @param dimension what else it is split by
 */
public record CellKey(Measure measure, long slice, Dimension dimension) implements Comparable<CellKey> {

    private static final Comparator<CellKey> ORDER = Comparator.comparing(CellKey::measure)
            .thenComparingLong(CellKey::slice)
            .thenComparing(CellKey::dimension);

    /** Refuses nulls. */
    public CellKey {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(dimension, "dimension");
    }

    @Override
    public int compareTo(CellKey other) {
        return ORDER.compare(this, other);
    }
}
