package dev.clinickpi.cell;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The merged cells of a clinic, a column for each measure by slice and one by local day. Immutable: merging deltas gives the next, which shares every
 * block that they did not touch.
 */
final class StoredCells {

    private static final Measure[] MEASURES = Measure.values();

    /** How many cells of a day are summed up before they are sorted, a power of two. */
    private static final int ROLLED_UP_AT_ONCE = 64;

    private final LocalDays localDays;
    private final @Nullable Dimension[] dimensions;
    private final Column[] slices;
    private final Column[] days;

    private StoredCells(LocalDays localDays, @Nullable Dimension[] dimensions, Column[] slices, Column[] days) {
        this.localDays = localDays;
        this.dimensions = dimensions;
        this.slices = slices;
        this.days = days;
    }

    /** No cells. */
    static StoredCells none(LocalDays localDays) {
        Column[] empty = new Column[MEASURES.length];
        Arrays.fill(empty, Column.EMPTY);
        return new StoredCells(localDays, new @Nullable Dimension[0], empty, empty);
    }

    /**
     * These cells and some deltas.
     *
     * @param dimensions those that the cells and the deltas name, by number
     * @throws ArithmeticException if a number leaves the range of a long
     */
    StoredCells plus(DeltaBuffer deltas, @Nullable Dimension[] dimensions) {
        Column[] newSlices = slices.clone();
        Column[] newDays = days.clone();
        DeltaBuffer.Order order = deltas.order();
        ColumnMerge merge = new ColumnMerge(deltas, order);
        DeltaBuffer rolledUp = new DeltaBuffer();
        for (int measure = 0; measure < MEASURES.length; measure++) {
            if (order.start(measure) < order.end(measure)) {
                newSlices[measure] = merge.merge(slices[measure], measure);
                rollUp(deltas, order, measure, rolledUp);
            }
        }
        DeltaBuffer.Order dayOrder = rolledUp.order();
        ColumnMerge dayMerge = new ColumnMerge(rolledUp, dayOrder);
        for (int measure = 0; measure < MEASURES.length; measure++) {
            if (dayOrder.start(measure) < dayOrder.end(measure)) {
                newDays[measure] = dayMerge.merge(days[measure], measure);
            }
        }
        return new StoredCells(localDays, dimensions, newSlices, newDays);
    }

    /** A roll-up counts people and durations and does not tell which: a day has hardly fewer of them than its slices together. */
    private void rollUp(DeltaBuffer deltas, DeltaBuffer.Order order, int measure, DeltaBuffer into) {
        int[] latest = new int[ROLLED_UP_AT_ONCE];
        Arrays.fill(latest, -1);
        long slice = Long.MIN_VALUE;
        long day = 0;
        for (int place = order.start(measure); place < order.end(measure); place++) {
            long address = order.address(place);
            if (CellAddress.time(address) != slice) {
                slice = CellAddress.time(address);
                day = localDays.of(Slice.start(slice));
            }
            int index = order.index(place);
            int dimension = CellAddress.dimension(address);
            int what = rolledUp(deltas.what(index));
            int slot = (dimension + what) & (ROLLED_UP_AT_ONCE - 1);
            latest[slot] = into.addTo(latest[slot], measure, CellAddress.of(day, dimension), what, deltas.count(index));
        }
    }

    private static int rolledUp(int what) {
        return what == CellBody.PERSON || what == CellBody.TIME ? CellBody.REST : what;
    }

    void forEach(BiConsumer<CellKey, Cell> consumer) {
        for (Measure measure : MEASURES) {
            forEach(measure, consumer);
        }
    }

    /** Blocks order the dimensions of a slice by their numbers, which the order of arrival gave them; keys by what they say. */
    void forEach(Measure measure, BiConsumer<CellKey, Cell> consumer) {
        CellCursor cursor = new CellCursor(column(slices, measure), 0, Long.MAX_VALUE);
        CellBody body = new CellBody();
        List<Map.Entry<CellKey, Cell>> ofSlice = new ArrayList<>();
        while (cursor.next()) {
            long slice = CellAddress.time(cursor.address());
            if (!ofSlice.isEmpty() && ofSlice.get(0).getKey().slice() != slice) {
                handOver(ofSlice, consumer);
            }
            body.decode(cursor.body());
            ofSlice.add(Map.entry(new CellKey(measure, slice, dimension(cursor)), body.toCell()));
        }
        handOver(ofSlice, consumer);
    }

    private static void handOver(List<Map.Entry<CellKey, Cell>> ofSlice, BiConsumer<CellKey, Cell> consumer) {
        ofSlice.sort(Map.Entry.comparingByKey());
        ofSlice.forEach(entry -> consumer.accept(entry.getKey(), entry.getValue()));
        ofSlice.clear();
    }

    void read(Measure measure, long from, long to, Cells.Reader reader) {
        Split split = split(from, to);
        readSlices(measure, split.from, split.firstWhole, reader);
        readDays(measure, split.firstDay, split.endDay, reader);
        readSlices(measure, split.endWhole, split.to, reader);
    }

    private void readSlices(Measure measure, long from, long to, Cells.Reader reader) {
        readBySlice(
                measure,
                from,
                to,
                (slice, dimension, cell) -> reader.cell(localDays.of(Slice.start(slice)), dimension, cell));
    }

    /** The cells of slices, from one to before another. */
    void readBySlice(Measure measure, long from, long to, Cells.SliceReader reader) {
        CellCursor cursor = cursor(slices, measure, from, to);
        CellBody body = new CellBody();
        while (cursor.next()) {
            body.decode(cursor.body());
            reader.cell(CellAddress.time(cursor.address()), dimension(cursor), body.toCell());
        }
    }

    private void readDays(Measure measure, long from, long to, Cells.Reader reader) {
        CellCursor cursor = cursor(days, measure, from, to);
        CellBody body = new CellBody();
        while (cursor.next()) {
            body.decode(cursor.body());
            long day = CellAddress.time(cursor.address());
            int dimension = CellAddress.dimension(cursor.address());
            reader.cell(day, dimension(cursor), body.toCell(new Day(measure, day, dimension)));
        }
    }

    long count(Measure measure, long from, long to) {
        Split split = split(from, to);
        return count(cursor(slices, measure, split.from, split.firstWhole))
                + count(cursor(days, measure, split.firstDay, split.endDay))
                + count(cursor(slices, measure, split.endWhole, split.to));
    }

    <K> Map<K, Long> counts(Measure measure, long from, long to, Function<Dimension, K> by) {
        Split split = split(from, to);
        long[] counts = new long[dimensions.length];
        BitSet found = new BitSet(dimensions.length);
        count(cursor(slices, measure, split.from, split.firstWhole), counts, found);
        count(cursor(days, measure, split.firstDay, split.endDay), counts, found);
        count(cursor(slices, measure, split.endWhole, split.to), counts, found);
        Map<K, Long> groups = new HashMap<>();
        found.stream()
                .forEach(number -> groups.merge(
                        by.apply(Objects.requireNonNull(dimensions[number])), counts[number], Math::addExact));
        return groups;
    }

    private static void count(CellCursor cursor, long[] counts, BitSet found) {
        while (cursor.next()) {
            int dimension = CellAddress.dimension(cursor.address());
            counts[dimension] = Math.addExact(counts[dimension], CellBody.count(cursor.body()));
            found.set(dimension);
        }
    }

    private static long count(CellCursor cursor) {
        long count = 0;
        while (cursor.next()) {
            count = Math.addExact(count, CellBody.count(cursor.body()));
        }
        return count;
    }

    SparseHistogram times(Measure measure, long from, long to) {
        BucketCounter all = new BucketCounter();
        CellCursor cursor = cursor(slices, measure, Slice.of(from), Slice.of(to));
        while (cursor.next()) {
            CellBody.times(cursor.body(), all);
        }
        return all.histogram();
    }

    <K> Map<K, People> people(Measure measure, long from, long to, Function<Dimension, K> by) {
        Map<K, PeopleCounter> counters = new HashMap<>();
        @Nullable PeopleCounter[] byDimension = new @Nullable PeopleCounter[dimensions.length];
        CellCursor cursor = cursor(slices, measure, Slice.of(from), Slice.of(to));
        while (cursor.next()) {
            int dimension = CellAddress.dimension(cursor.address());
            PeopleCounter counter = byDimension[dimension];
            if (counter == null) {
                counter = counters.computeIfAbsent(by.apply(dimension(cursor)), key -> new PeopleCounter());
                byDimension[dimension] = counter;
            }
            CellBody.people(cursor.body(), counter);
        }
        Map<K, People> people = new HashMap<>();
        counters.forEach((key, counter) -> people.put(key, counter.people()));
        return people;
    }

    private static CellCursor cursor(Column[] columns, Measure measure, long from, long to) {
        return new CellCursor(column(columns, measure), CellAddress.startOf(from), CellAddress.startOf(to));
    }

    /** Ordinals number the columns of one process and are never stored. */
    @SuppressWarnings("EnumOrdinal")
    private static Column column(Column[] columns, Measure measure) {
        return columns[measure.ordinal()];
    }

    private Dimension dimension(CellCursor cursor) {
        return Objects.requireNonNull(dimensions[CellAddress.dimension(cursor.address())]);
    }

    /** Whole days where there are any, else slices alone. */
    private Split split(long from, long to) {
        long firstDay = localDays.of(from);
        if (localDays.start(firstDay) < from) {
            firstDay++;
        }
        long endDay = localDays.of(to);
        if (firstDay >= endDay) {
            long end = Slice.of(Math.max(from, to));
            return new Split(Slice.of(from), end, 0, 0, end, end);
        }
        return new Split(
                Slice.of(from),
                Slice.of(localDays.start(firstDay)),
                firstDay,
                endDay,
                Slice.of(localDays.start(endDay)),
                Slice.of(to));
    }

    long cells() {
        long cells = 0;
        for (Column column : slices) {
            cells += column.cells();
        }
        return cells;
    }

    long bytes() {
        long bytes = 0;
        for (int measure = 0; measure < MEASURES.length; measure++) {
            bytes += slices[measure].bytes() + days[measure].bytes();
        }
        return bytes;
    }

    /** The details of a whole day's cell, which are those of its slices. */
    private final class Day implements Cell.Details {

        private final Measure measure;
        private final long day;
        private final int dimension;

        Day(Measure measure, long day, int dimension) {
            this.measure = measure;
            this.day = day;
            this.dimension = dimension;
        }

        @Override
        public @Nullable People people() {
            PeopleCounter all = new PeopleCounter();
            forEachSlice(body -> CellBody.people(body, all));
            People people = all.people();
            return people.isEmpty() ? null : people;
        }

        @Override
        public @Nullable SparseHistogram times() {
            BucketCounter all = new BucketCounter();
            forEachSlice(body -> CellBody.times(body, all));
            SparseHistogram times = all.histogram();
            return times.isEmpty() ? null : times;
        }

        private void forEachSlice(Consumer<BlockReader> reader) {
            CellCursor cursor =
                    cursor(slices, measure, Slice.of(localDays.start(day)), Slice.of(localDays.start(day + 1)));
            while (cursor.next()) {
                if (CellAddress.dimension(cursor.address()) == dimension) {
                    reader.accept(cursor.body());
                } else {
                    CellBody.skip(cursor.body());
                }
            }
        }
    }

    /** Slices, whole days, slices; each up to before its end. */
    private record Split(long from, long firstWhole, long firstDay, long endDay, long endWhole, long to) {}
}
