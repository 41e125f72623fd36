package dev.clinickpi.cell;

/**
 * Where a cell stands among those of its measure, in 48 bits of a long: its slice or day above the number of its dimension. Addresses order as their
 * times do.
 */
final class CellAddress {

    private static final int DIMENSION_BITS = 24;
    private static final int TIME_BITS = 24;
    private static final long EPOCH = 1L << (TIME_BITS - 1);

    /** How many dimensions a table can tell apart. */
    static final int DIMENSIONS = 1 << DIMENSION_BITS;

    /** The bits of an address. */
    static final int BITS = TIME_BITS + DIMENSION_BITS;

    private CellAddress() {}

    /**
     * The address of a time and a dimension.
     *
     * @param time slices or days since the epoch
     * @throws IllegalArgumentException if the time lies more than two centuries off the epoch
     */
    static long of(long time, int dimension) {
        long since = time + EPOCH;
        if (since < 0 || since >= 2 * EPOCH) {
            throw new IllegalArgumentException("A cell lies within 239 years of 1970; check the unit of its instant");
        }
        return (since << DIMENSION_BITS) | dimension;
    }

    /** The address before which every cell of an earlier time stands. */
    static long startOf(long time) {
        return Math.min(Math.max(time + EPOCH, 0), 2 * EPOCH) << DIMENSION_BITS;
    }

    static long time(long address) {
        return (address >> DIMENSION_BITS) - EPOCH;
    }

    static int dimension(long address) {
        return (int) address & (DIMENSIONS - 1);
    }
}
