package dev.clinickpi.time;

/**
 * The 15-minute slices of UTC that cells are kept by. Every offset that a zone has had since {@link #EARLIEST} is a multiple of a slice, so local
 * hours, days, weeks and months all begin on the border of one.
 */
public final class Slice {

    /** The length of a slice in milliseconds. */
    public static final long MILLIS = 15 * 60 * 1_000L;

    /** The earliest instant that the library dates a fact at, in epoch milliseconds: 1990-01-01T00:00:00Z. */
    public static final long EARLIEST = 631_152_000_000L;

    /** The end of the instants that the library dates a fact at, in epoch milliseconds, itself excluded: 2200-01-01T00:00:00Z. */
    public static final long END = 7_258_118_400_000L;

    private Slice() {}

    /** The slice that an instant lies in: epoch milliseconds to slices since the epoch. */
    public static long of(long epochMillis) {
        return Math.floorDiv(epochMillis, MILLIS);
    }

    /** The first instant of a slice in epoch milliseconds. */
    public static long start(long slice) {
        return slice * MILLIS;
    }
}
