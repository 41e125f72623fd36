package dev.clinickpi.cell;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one clinic, to be read: a {@link CellTable} that goes on changing, or a {@link CellTable#snapshot() snapshot} of one. Two are equal
 * when they hold equal cells. A roll-up of a local day is handed over in place of its slices wherever all of the day is asked for, so a question costs
 * as many cells as it has days, and none for a day that nothing happened on.
 *
 * <p>Instants are epoch milliseconds; those that bound a range are the starts of slices.
 */
public abstract sealed class Cells permits CellTable, CellSnapshot {

    private final LocalDays localDays;

    Cells(LocalDays localDays) {
        this.localDays = localDays;
    }

    /** The cells with every delta merged in. */
    abstract StoredCells merged();

    /** The local days that slices are rolled up to. */
    public final LocalDays localDays() {
        return localDays;
    }

    /** Hands over every cell by slice, in order of its key. */
    public final void forEach(BiConsumer<CellKey, Cell> consumer) {
        merged().forEach(consumer);
    }

    /**
     * Hands over the cells of a measure in {@code [from, to)}, each with the local day that it lies in: whole days rolled up, what is left at the
     * ends by slice. A whole day's cell of which nothing but people is left, as a difference of tables may have and facts never do, is passed over.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     */
    public final void read(Measure measure, long from, long to, Reader reader) {
        merged().read(measure, from, to, reader);
    }

    /**
     * Hands over the cells of a measure in {@code [from, to)}, each with its slice.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     */
    public final void readBySlice(Measure measure, long from, long to, SliceReader reader) {
        merged().readBySlice(measure, Slice.of(from), Slice.of(to), reader);
    }

    /**
     * The count of a measure in {@code [from, to)} over all dimensions.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     */
    public final long count(Measure measure, long from, long to) {
        return merged().count(measure, from, to);
    }

    /**
     * The counts of a measure in {@code [from, to)}, each group of dimensions apart.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     * @param by the group of a dimension
     * @return a new map of the groups that have a cell, in no order
     */
    public final <K> Map<K, Long> counts(Measure measure, long from, long to, Function<Dimension, K> by) {
        return merged().counts(measure, from, to, by);
    }

    /**
     * The durations of a measure in {@code [from, to)} over all dimensions.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     */
    public final SparseHistogram times(Measure measure, long from, long to) {
        return merged().times(measure, from, to);
    }

    /**
     * The people behind a measure in {@code [from, to)} over all dimensions.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     */
    public final People people(Measure measure, long from, long to) {
        return people(measure, from, to, dimension -> true).getOrDefault(true, new People());
    }

    /**
     * The people behind a measure in {@code [from, to)}, each group of dimensions apart.
     *
     * @param from the start of a slice
     * @param to the start of a slice
     * @param by the group of a dimension
     * @return a new map of the groups that have a cell, in no order
     */
    public final <K> Map<K, People> people(Measure measure, long from, long to, Function<Dimension, K> by) {
        return merged().people(measure, from, to, by);
    }

    /** How many cells there are by slice. */
    public final long cells() {
        return merged().cells();
    }

    /** About how many bytes of heap the cells take, roll-ups among them, without those of catalogue words. */
    public abstract long bytes();

    @Override
    public final boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Cells that) || cells() != that.cells()) {
            return false;
        }
        for (Measure measure : Measure.values()) {
            if (!cells(measure).equals(that.cells(measure))) {
                return false;
            }
        }
        return true;
    }

    private List<Map.Entry<CellKey, Cell>> cells(Measure measure) {
        List<Map.Entry<CellKey, Cell>> cells = new ArrayList<>();
        merged().forEach(measure, (key, cell) -> cells.add(Map.entry(key, cell)));
        return cells;
    }

    @Override
    public final int hashCode() {
        int[] hash = new int[1];
        forEach((key, cell) -> hash[0] += (31 * key.hashCode()) ^ cell.hashCode());
        return hash[0];
    }

    /** Takes cells one by one, by slice. */
    @FunctionalInterface
    public interface SliceReader {

        /**
         * A cell.
         *
         * @param slice the 15-minute slice that it lies in
         * @param dimension what it is split by
         * @param cell must not be changed
         */
        void cell(long slice, Dimension dimension, Cell cell);
    }

    /** Takes cells one by one. */
    @FunctionalInterface
    public interface Reader {

        /**
         * A cell.
         *
         * @param epochDay the local day that it lies in, in days since the epoch
         * @param dimension what it is split by
         * @param cell must not be changed
         */
        void cell(long epochDay, Dimension dimension, Cell cell);
    }
}
