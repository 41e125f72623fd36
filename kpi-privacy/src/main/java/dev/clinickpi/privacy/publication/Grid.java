package dev.clinickpi.privacy.publication;

import java.util.Arrays;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one stratum is cut: instants in order, each two neighbours with a block between them. Borders are only ever added before the first and
 * behind the last. Immutable.
 */
final class Grid {

    static final Grid EMPTY = new Grid(new long[0]);

    private final long[] borders;

    private Grid(long[] borders) {
        this.borders = borders;
    }

    static Grid of(long... inOrder) {
        return new Grid(inOrder.clone());
    }

    Grid with(Iterable<Long> more) {
        TreeSet<Long> all = new TreeSet<>();
        for (long border : borders) {
            all.add(border);
        }
        more.forEach(all::add);
        return new Grid(all.stream().mapToLong(Long::longValue).toArray());
    }

    boolean isEmpty() {
        return borders.length == 0;
    }

    long first() {
        return borders[0];
    }

    long last() {
        return borders[borders.length - 1];
    }

    int blocks() {
        return Math.max(0, borders.length - 1);
    }

    long from(int block) {
        return borders[block];
    }

    long to(int block) {
        return borders[block + 1];
    }

    /** The block that an instant lies in; negative when none. */
    int blockOf(long at) {
        int found = Arrays.binarySearch(borders, at);
        int block = found >= 0 ? found : -found - 2;
        return block < blocks() ? block : -1;
    }

    boolean has(long border) {
        return Arrays.binarySearch(borders, border) >= 0;
    }

    /** The first border at or after an instant. */
    @Nullable
    Long ceiling(long at) {
        int found = Arrays.binarySearch(borders, at);
        int place = found >= 0 ? found : -found - 1;
        return place < borders.length ? Long.valueOf(borders[place]) : null;
    }

    /** The last border at or before an instant. */
    @Nullable
    Long floor(long at) {
        int found = Arrays.binarySearch(borders, at);
        int place = found >= 0 ? found : -found - 2;
        return place >= 0 ? Long.valueOf(borders[place]) : null;
    }

    /** The borders from one to another, both included. */
    long[] between(long from, long to) {
        return Arrays.stream(borders).filter(x -> x >= from && x <= to).toArray();
    }

    long[] borders() {
        return borders.clone();
    }
}
