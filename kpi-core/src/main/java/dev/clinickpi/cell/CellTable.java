package dev.clinickpi.cell;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one clinic: by 15-minute slice, and rolled up to local days, so that a question of 90 days reads about a hundred cells of a measure
 * and none of a day that nothing happened on. A cell that comes to hold nothing is dropped: equal facts give equal tables. Not safe for use by many
 * threads while it changes.
 */
public final class CellTable implements DeltaSink {

    private final LocalDays localDays;
    private final Grid slices = new Grid();
    private final Grid days = new Grid();

    /**
     * An empty table.
     *
     * @param localDays the days that slices are rolled up to
     */
    public CellTable(LocalDays localDays) {
        this.localDays = localDays;
    }

    @Override
    public void count(Measure measure, long at, Dimension dimension, long n) {
        update(measure, Slice.of(at), dimension, cell -> cell.addCount(n));
    }

    @Override
    public void person(Measure measure, long at, Dimension dimension, int patient, long n) {
        update(measure, Slice.of(at), dimension, cell -> {
            cell.addCount(n);
            cell.addPerson(patient, n);
        });
    }

    @Override
    public void money(Measure measure, long at, Dimension dimension, BigDecimal amount, int patient, long n) {
        update(measure, Slice.of(at), dimension, cell -> {
            cell.addCount(n);
            cell.addAmount(amount, n);
            if (amount.signum() != 0) {
                cell.addPerson(patient, n);
            }
        });
    }

    @Override
    public void cost(Measure measure, long at, Dimension dimension, BigDecimal amount, long n) {
        update(measure, Slice.of(at), dimension, cell -> {
            cell.addCount(n);
            cell.addAmount(amount, n);
        });
    }

    @Override
    public void time(Measure measure, long at, long millis, long n) {
        update(measure, Slice.of(at), Dimension.NONE, cell -> {
            cell.addCount(n);
            cell.addTime(millis, n);
        });
    }

    /** Adds a cell {@code n} times; -1 subtracts it. */
    public void add(CellKey key, Cell delta, long n) {
        update(key.measure(), key.slice(), key.dimension(), cell -> cell.addAll(delta, n));
    }

    /** Adds every cell of another table of the same local days. */
    public void addAll(CellTable other) {
        other.forEach((key, cell) -> add(key, cell, 1));
    }

    private void update(Measure measure, long slice, Dimension dimension, Consumer<Cell> change) {
        slices.update(measure, slice, dimension, change);
        days.update(measure, localDays.of(Slice.start(slice)), dimension, change);
    }

    /** Hands over every cell by slice, in order of its key. They must not be changed. */
    public void forEach(BiConsumer<CellKey, Cell> consumer) {
        for (Measure measure : Measure.values()) {
            slices.of(measure)
                    .forEach((slice, cells) -> new TreeMap<>(cells)
                            .forEach((dimension, cell) ->
                                    consumer.accept(new CellKey(measure, slice, dimension), cell)));
        }
    }

    /**
     * Hands over the cells of a measure in {@code [from, to)}, each with the local day that it lies in: whole days rolled up, what is left at the
     * ends by slice. They must not be changed.
     *
     * @param from epoch milliseconds, the start of a slice
     * @param to epoch milliseconds, the start of a slice
     */
    public void read(Measure measure, long from, long to, Reader reader) {
        long firstWhole = localDays.of(from);
        if (localDays.start(firstWhole) < from) {
            firstWhole++;
        }
        long endWhole = localDays.of(to);
        if (firstWhole >= endWhole) {
            readSlices(measure, from, to, reader);
            return;
        }
        readSlices(measure, from, localDays.start(firstWhole), reader);
        days.of(measure)
                .subMap(firstWhole, endWhole)
                .forEach((day, cells) -> cells.forEach((dimension, cell) -> reader.cell(day, dimension, cell)));
        readSlices(measure, localDays.start(endWhole), to, reader);
    }

    private void readSlices(Measure measure, long from, long to, Reader reader) {
        readBySlice(
                measure,
                from,
                to,
                (slice, dimension, cell) -> reader.cell(localDays.of(Slice.start(slice)), dimension, cell));
    }

    /**
     * Hands over the cells of a measure in {@code [from, to)}, each with its slice. They must not be changed.
     *
     * @param from epoch milliseconds, the start of a slice
     * @param to epoch milliseconds, the start of a slice
     */
    public void readBySlice(Measure measure, long from, long to, SliceReader reader) {
        if (from < to) {
            slices.of(measure)
                    .subMap(Slice.of(from), Slice.of(to))
                    .forEach((slice, cells) -> cells.forEach((dimension, cell) -> reader.cell(slice, dimension, cell)));
        }
    }

    /** The local days that slices are rolled up to. */
    public LocalDays localDays() {
        return localDays;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CellTable that && slices.equals(that.slices) && days.equals(that.days);
    }

    @Override
    public int hashCode() {
        return slices.hashCode();
    }

    /** The cells of one resolution in time. */
    private static final class Grid {

        private final Map<Measure, NavigableMap<Long, Map<Dimension, Cell>>> byMeasure = new EnumMap<>(Measure.class);

        Grid() {
            for (Measure measure : Measure.values()) {
                byMeasure.put(measure, new TreeMap<>());
            }
        }

        NavigableMap<Long, Map<Dimension, Cell>> of(Measure measure) {
            return Objects.requireNonNull(byMeasure.get(measure));
        }

        void update(Measure measure, long time, Dimension dimension, Consumer<Cell> change) {
            Map<Dimension, Cell> cells = of(measure).computeIfAbsent(time, t -> new HashMap<>(2));
            Cell cell = cells.computeIfAbsent(dimension, d -> new Cell());
            change.accept(cell);
            if (cell.isZero()) {
                cells.remove(dimension);
                if (cells.isEmpty()) {
                    of(measure).remove(time);
                }
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Grid that && byMeasure.equals(that.byMeasure);
        }

        @Override
        public int hashCode() {
            return byMeasure.hashCode();
        }
    }

    /** Takes cells one by one, by slice. */
    @FunctionalInterface
    public interface SliceReader {

        /**
         * A cell.
         *
         * @param slice the 15-minute slice that it lies in
         * @param dimension what it is split by
         * @param cell must not be changed or kept
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
         * @param cell must not be changed or kept
         */
        void cell(long epochDay, Dimension dimension, Cell cell);
    }
}
