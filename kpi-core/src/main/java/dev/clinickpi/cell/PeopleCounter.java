package dev.clinickpi.cell;

import java.util.Arrays;

/** Gathers people from many cells and sorts them once: a merge for each cell would go through all those gathered so far. */
final class PeopleCounter {

    private static final int DIGIT_BITS = 8;
    private static final int WORTH_DIGITS = 128;

    private int[] once = new int[16];
    private int size;
    private final SparseCounts others = new SparseCounts();

    /** Adds a patient's hash once. */
    void add(int hash) {
        if (size == once.length) {
            once = Arrays.copyOf(once, 2 * size);
        }
        once[size++] = hash;
    }

    /** Adds a patient's hash {@code times} times. */
    void add(int hash, long times) {
        if (times == 1) {
            add(hash);
        } else {
            others.add(hash, times);
        }
    }

    /** Those gathered. */
    People people() {
        sort();
        SparseCounts hashes = new SparseCounts(size);
        int end;
        for (int i = 0; i < size; i = end) {
            end = i + 1;
            while (end < size && once[end] == once[i]) {
                end++;
            }
            hashes.append(once[i], end - i);
        }
        if (!others.isEmpty()) {
            hashes.addAll(others, 1);
        }
        return new People(hashes);
    }

    /** Hashes are spread evenly, so sorting them digit by digit costs a third of comparing them. */
    private void sort() {
        if (size < WORTH_DIGITS) {
            Arrays.sort(once, 0, size);
            return;
        }
        int[] from = once;
        int[] to = new int[once.length];
        for (int shift = 0; shift < Integer.SIZE; shift += DIGIT_BITS) {
            int[] places = places(from, shift);
            for (int i = 0; i < size; i++) {
                to[places[digit(from[i], shift)]++] = from[i];
            }
            int[] done = to;
            to = from;
            from = done;
        }
        once = from;
    }

    /** Where the first hash of each digit goes. */
    private int[] places(int[] hashes, int shift) {
        int[] places = new int[(1 << DIGIT_BITS) + 1];
        for (int i = 0; i < size; i++) {
            places[digit(hashes[i], shift) + 1]++;
        }
        for (int digit = 1; digit < places.length; digit++) {
            places[digit] += places[digit - 1];
        }
        return places;
    }

    /** A digit of a hash, negative hashes before the others. */
    private static int digit(int hash, int shift) {
        return ((hash ^ Integer.MIN_VALUE) >>> shift) & ((1 << DIGIT_BITS) - 1);
    }
}
