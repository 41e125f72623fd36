package dev.clinickpi.fold;

import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import java.util.Arrays;

/**
 * A growing set of instants in epoch milliseconds, in order. Adding an instant again changes nothing, so the set is the same whatever order and
 * however often its instants came.
 */
final class InstantSet {

    /** Stands for an instant that there is none of; later than any. */
    static final long NONE = Long.MAX_VALUE;

    private static final int LEAST_GROWTH = 2;
    private static final long[] EMPTY = {};

    private long[] instants = EMPTY;
    private int size;

    /** Adds an instant; false if it was there. */
    boolean add(long instant) {
        int index =
                size > 0 && instants[size - 1] < instant ? -size - 1 : Arrays.binarySearch(instants, 0, size, instant);
        if (index >= 0) {
            return false;
        }
        int place = -index - 1;
        if (size == instants.length) {
            instants = Arrays.copyOf(instants, size + (size >> 1) + LEAST_GROWTH);
        }
        System.arraycopy(instants, place, instants, place + 1, size - place);
        instants[place] = instant;
        size++;
        return true;
    }

    void write(ByteWriter out) {
        out.number(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            out.number(instants[i] - before);
            before = instants[i];
        }
    }

    void read(ByteReader in) {
        long instant = 0;
        for (int left = in.size(); left > 0; left--) {
            instant = Math.addExact(instant, in.number());
            add(instant);
        }
    }

    int size() {
        return size;
    }

    boolean contains(long instant) {
        return Arrays.binarySearch(instants, 0, size, instant) >= 0;
    }

    /** The first instant at or after another, or {@link #NONE}. */
    long atOrAfter(long instant) {
        int index = Arrays.binarySearch(instants, 0, size, instant);
        int place = index >= 0 ? index : -index - 1;
        return place < size ? instants[place] : NONE;
    }

    /** The first instant after another, or {@link #NONE}. */
    long after(long instant) {
        return instant == NONE ? NONE : atOrAfter(instant + 1);
    }

    /** The last instant before another, or {@link Long#MIN_VALUE}. */
    long before(long instant) {
        int index = Arrays.binarySearch(instants, 0, size, instant);
        int place = (index >= 0 ? index : -index - 1) - 1;
        return place >= 0 ? instants[place] : Long.MIN_VALUE;
    }

    /** The last instant, or {@link Long#MIN_VALUE}. */
    long last() {
        return size > 0 ? instants[size - 1] : Long.MIN_VALUE;
    }
}
