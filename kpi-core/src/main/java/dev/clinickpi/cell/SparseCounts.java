package dev.clinickpi.cell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sparse map of int to a count that is never 0, in order of the keys. It adds and subtracts, and since it keeps no zero and no history, two of
 * them that hold the same counts are the same bit by bit, whatever led there. Not safe for use by many threads.
 */
final class SparseCounts {

    private static final int INITIAL_CAPACITY = 2;

    private int[] keys;
    private long[] counts;
    private int size;

    SparseCounts() {
        this(INITIAL_CAPACITY);
    }

    SparseCounts(int capacity) {
        keys = new int[capacity];
        counts = new long[capacity];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    SparseCounts copy() {
        SparseCounts copy = new SparseCounts(size);
        System.arraycopy(keys, 0, copy.keys, 0, size);
        System.arraycopy(counts, 0, copy.counts, 0, size);
        copy.size = size;
        return copy;
    }

    long total() {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    int key(int index) {
        return keys[index];
    }

    long count(int index) {
        return counts[index];
    }

    /** The count of a key; 0 for one that is not there. */
    long of(int key) {
        int index = Arrays.binarySearch(keys, 0, size, key);
        return index < 0 ? 0 : counts[index];
    }

    /** Sets the count, not 0, that stands at an index. */
    void setCount(int index, long count) {
        counts[index] = count;
    }

    void add(int key, long count) {
        if (count == 0) {
            return;
        }
        int index = Arrays.binarySearch(keys, 0, size, key);
        if (index < 0) {
            insert(-index - 1, key, count);
        } else {
            counts[index] = Math.addExact(counts[index], count);
            if (counts[index] == 0) {
                remove(index);
            }
        }
    }

    /** Adds {@code times} times all counts of another: 1 adds it, -1 subtracts it. */
    void addAll(SparseCounts other, long times) {
        SparseCounts merged = new SparseCounts(Math.max(INITIAL_CAPACITY, size + other.size));
        int left = 0;
        int right = 0;
        while (left < size || right < other.size) {
            boolean fromLeft = right >= other.size || (left < size && keys[left] <= other.keys[right]);
            boolean fromRight = left >= size || (right < other.size && other.keys[right] <= keys[left]);
            int key = fromLeft ? keys[left] : other.keys[right];
            long count = fromLeft ? counts[left++] : 0;
            if (fromRight) {
                count = Math.addExact(count, Math.multiplyExact(other.counts[right++], times));
            }
            if (count != 0) {
                merged.append(key, count);
            }
        }
        keys = merged.keys;
        counts = merged.counts;
        size = merged.size;
    }

    /** Adds a key that is greater than all. */
    void append(int key, long count) {
        if (size == keys.length) {
            grow();
        }
        keys[size] = key;
        counts[size++] = count;
    }

    private void insert(int index, int key, long count) {
        if (size == keys.length) {
            grow();
        }
        System.arraycopy(keys, index, keys, index + 1, size - index);
        System.arraycopy(counts, index, counts, index + 1, size - index);
        keys[index] = key;
        counts[index] = count;
        size++;
    }

    private void grow() {
        int capacity = size + (size >> 1) + INITIAL_CAPACITY;
        keys = Arrays.copyOf(keys, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    private void remove(int index) {
        size--;
        System.arraycopy(keys, index + 1, keys, index, size - index);
        System.arraycopy(counts, index + 1, counts, index, size - index);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SparseCounts that
                && Arrays.equals(keys, 0, size, that.keys, 0, that.size)
                && Arrays.equals(counts, 0, size, that.counts, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + keys[i]) + Long.hashCode(counts[i]);
        }
        return hash;
    }
}
