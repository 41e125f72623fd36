package dev.clinickpi.cell;

import java.util.Arrays;

/** Gathers people from many cells and sorts them once: a merge for each cell would go through all those gathered so far. */
final class PeopleCounter {

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
        Arrays.sort(once, 0, size);
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
}
