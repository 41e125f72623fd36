package dev.clinickpi.cell;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions that a table has met, numbered in the order in which it met them, so that the common ones have small numbers. None is ever
 * forgotten or renumbered: whoever reads older cells on another thread goes on using the array that it was given.
 */
final class Dimensions {

    private static final int NO_ENTRY = 0;

    private @Nullable Dimension[] byNumber = new @Nullable Dimension[8];
    private int[] numbersPlusOne = new int[16];
    private int size;

    private static final int NUMBER_OF_NONE = 0;

    Dimensions() {
        add(Dimension.NONE, spread(Dimension.NONE) & (numbersPlusOne.length - 1));
    }

    /** The number of a dimension, a new one where it has none yet. Most deltas are of {@link Dimension#NONE}, which needs no look-up. */
    @SuppressWarnings("ReferenceEquality")
    int numberOf(Dimension dimension) {
        if (dimension == Dimension.NONE) {
            return NUMBER_OF_NONE;
        }
        int mask = numbersPlusOne.length - 1;
        int slot = spread(dimension) & mask;
        while (numbersPlusOne[slot] != NO_ENTRY) {
            int number = numbersPlusOne[slot] - 1;
            if (isSame(Objects.requireNonNull(byNumber[number]), dimension)) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        return add(dimension, slot);
    }

    private int add(Dimension dimension, int slot) {
        if (size == CellAddress.DIMENSIONS) {
            throw new IllegalStateException("A clinic's cells are split by at most 2^24 different dimensions");
        }
        if (size == byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, 2 * size);
        }
        byNumber[size] = dimension;
        numbersPlusOne[slot] = ++size;
        if (2 * size > numbersPlusOne.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] wider = new int[2 * numbersPlusOne.length];
        for (int number = 0; number < size; number++) {
            int slot = spread(Objects.requireNonNull(byNumber[number])) & (wider.length - 1);
            while (wider[slot] != NO_ENTRY) {
                slot = (slot + 1) & (wider.length - 1);
            }
            wider[slot] = number + 1;
        }
        numbersPlusOne = wider;
    }

    /** What the record's own method says, without its detour through a method handle. */
    private static boolean isSame(Dimension a, Dimension b) {
        return a.moment() == b.moment()
                && a.label().equals(b.label())
                && a.currency().equals(b.currency());
    }

    private static int spread(Dimension dimension) {
        int hash = (dimension.label().hashCode() * 31 + dimension.currency().hashCode()) * 31
                + Long.hashCode(dimension.moment());
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    /** Those met so far, by number. What is met later changes nothing of it. */
    @Nullable
    Dimension[] byNumber() {
        return byNumber;
    }

    int size() {
        return size;
    }

    /** About how many bytes of heap it takes, without the words themselves. */
    long bytes() {
        return 32L * size + 4L * byNumber.length + 4L * numbersPlusOne.length;
    }
}
