package dev.clinickpi.cell;

import java.util.Arrays;

/** Deltas in the order in which they came, until they are merged into the columns. */
final class DeltaBuffer {

    /** How many it can hold. */
    static final int CAPACITY = 1 << 12;

    private static final int INDEX_BITS = 12;
    private static final int WHAT_SHIFT = 56;
    private static final int MEASURES = Measure.values().length;

    private long[] places;
    private int[] keys;
    private long[] counts;
    private int size;

    DeltaBuffer() {
        this(16);
    }

    DeltaBuffer(int capacity) {
        this(new long[capacity], new int[capacity], new long[capacity]);
    }

    private DeltaBuffer(long[] places, int[] keys, long[] counts) {
        this.places = places;
        this.keys = keys;
        this.counts = counts;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    DeltaBuffer copy() {
        DeltaBuffer copy =
                new DeltaBuffer(Arrays.copyOf(places, size), Arrays.copyOf(keys, size), Arrays.copyOf(counts, size));
        copy.size = size;
        return copy;
    }

    /** About how many bytes of heap it takes. */
    long bytes() {
        return 20L * places.length;
    }

    /**
     * Appends a delta.
     *
     * @param what one of {@link CellBody}'s numbers
     */
    void add(int measure, long address, int what, int key, long n) {
        if (size == places.length) {
            grow();
        }
        places[size] = place(measure, address, what);
        keys[size] = key;
        counts[size++] = n;
    }

    /**
     * Adds to a delta that is here where it is of the same number of the same cell, else appends one. Without a key.
     *
     * @param candidate the index of a delta that may be it, or a negative number
     * @return the index of the delta
     */
    int addTo(int candidate, int measure, long address, int what, long n) {
        if (candidate >= 0 && places[candidate] == place(measure, address, what)) {
            counts[candidate] = Math.addExact(counts[candidate], n);
            return candidate;
        }
        add(measure, address, what, 0, n);
        return size - 1;
    }

    private static long place(int measure, long address, int what) {
        return ((long) what << WHAT_SHIFT) | ((long) measure << CellAddress.BITS) | address;
    }

    private void grow() {
        int capacity = 2 * size;
        places = Arrays.copyOf(places, capacity);
        keys = Arrays.copyOf(keys, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    /** Changes a body by a delta. */
    void applyTo(CellBody body, int index) {
        body.add(what(index), keys[index], counts[index]);
    }

    int what(int index) {
        return (int) (places[index] >>> WHAT_SHIFT);
    }

    int key(int index) {
        return keys[index];
    }

    long count(int index) {
        return counts[index];
    }

    /** The deltas of each measure, by address. */
    Order order() {
        int[] ends = new int[MEASURES];
        for (int i = 0; i < size; i++) {
            ends[measure(i)]++;
        }
        for (int measure = 1; measure < MEASURES; measure++) {
            ends[measure] += ends[measure - 1];
        }
        long[] sorted = new long[size];
        int[] next = ends.clone();
        for (int i = size - 1; i >= 0; i--) {
            sorted[--next[measure(i)]] = (address(i) << INDEX_BITS) | i;
        }
        for (int measure = 0; measure < MEASURES; measure++) {
            Arrays.sort(sorted, next[measure], ends[measure]);
        }
        return new Order(sorted, ends);
    }

    private int measure(int index) {
        return (int) (places[index] >>> CellAddress.BITS) & 0xFF;
    }

    private long address(int index) {
        return places[index] & ((1L << CellAddress.BITS) - 1);
    }

    /** Which delta comes when. */
    static final class Order {

        private final long[] sorted;
        private final int[] ends;

        private Order(long[] sorted, int[] ends) {
            this.sorted = sorted;
            this.ends = ends;
        }

        int start(int measure) {
            return measure == 0 ? 0 : ends[measure - 1];
        }

        int end(int measure) {
            return ends[measure];
        }

        long address(int place) {
            return sorted[place] >>> INDEX_BITS;
        }

        int index(int place) {
            return (int) sorted[place] & (CAPACITY - 1);
        }
    }
}
