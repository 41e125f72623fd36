package dev.clinickpi.cell;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one clinic while they grow: by 15-minute slice, and rolled up to local days. One thread writes; any number read {@link #snapshot()
 * snapshots} meanwhile. A cell that comes to hold nothing is dropped: equal facts give equal tables.
 *
 * <h2>What it has to be good at</h2>
 *
 * <p>A clinic of ten conversations a day fills some hundred slice cells a day, and nearly every one of them holds one fact. As objects in maps each
 * took 300 bytes, thirty times what it says. A thousand clinics are a thousand such tables, so what a table needs before it holds anything counts
 * as much. Facts come roughly in order of time, out of order within a day or so, and are taken back days later. A question reads a hundred days of
 * thirty measures and must not stop the writer, nor wait for it.
 *
 * <h2>Blocks that never change</h2>
 *
 * <p>Each measure has one {@link Column} by slice and one by day: its cells in order of {@link CellAddress address}, packed into blocks of up to 384
 * bytes. A cell is told from the one before it, so a conversation is a byte of time, a byte of what follows and four of the patient's hash; see
 * {@link CellBody}. Nothing that was packed is ever changed. The writer makes a new block in place of one, and a new column that shares all others. So
 * whoever holds {@link StoredCells} may read them for ever, on any thread, without a lock or a count of readers, and a snapshot is a reference.
 *
 * <h2>Deltas wait to be many</h2>
 *
 * <p>To repack a block for each delta would cost a microsecond each. Deltas are appended to a {@link DeltaBuffer}, 20 bytes in three arrays, and
 * merged when there are as many as a sixteenth of the cells, at least 512 and at most 4,096. A {@link ColumnMerge} sorts them, touches every block
 * once and copies what lies between two deltas at one go. Deltas that extend a column in time go behind its last block without going through it.
 * Much disorder makes a merge touch more blocks, and that is all that it does. A table that is read merges first.
 *
 * <p>A snapshot copies a short buffer instead of merging it and leaves the merge to its first reader: where a thousand clinics share a writer each gets
 * a few facts between two snapshots, and most of those nobody ever reads.
 *
 * <h2>What a roll-up keeps</h2>
 *
 * <p>A day's cell keeps its count and its sum. Who the people are and how long the durations were it does not keep: a day has hardly fewer of them
 * than its slices together, so a roll-up would only hold them twice. They are read from the slices, in one pass over the range that was asked for.
 *
 * <h2>Numbers for dimensions</h2>
 *
 * <p>Addresses name a dimension by the number that {@link Dimensions} gave it on its first appearance. The order of arrival so decides how blocks are
 * laid out and nothing that can be read: {@link #forEach} orders by what dimensions say, and tables are compared by what they hold.
 */
public final class CellTable extends Cells implements DeltaSink {

    /** With fewer, a table of few cells would repack most of its blocks at every merge. */
    private static final int LEAST_BUFFERED = 512;

    private static final int CELLS_PER_BUFFERED = 16;

    /** As many deltas a snapshot leaves to its first reader, who needs some tens of microseconds for them. */
    private static final int MOST_LEFT_TO_READERS = 512;

    private final Dimensions dimensions = new Dimensions();
    private DeltaBuffer deltas = new DeltaBuffer();
    private int mostBuffered = LEAST_BUFFERED;
    private StoredCells stored;
    private @Nullable CellSnapshot latest;
    private @Nullable Set<Long> changedDays;
    private long changedLast = Long.MIN_VALUE;

    /**
     * An empty table.
     *
     * @param localDays the days that slices are rolled up to
     */
    public CellTable(LocalDays localDays) {
        super(localDays);
        this.stored = StoredCells.none(localDays);
    }

    @Override
    public void count(Measure measure, long at, Dimension dimension, long n) {
        add(measure, address(Slice.of(at), dimension), CellBody.REST, 0, n);
    }

    @Override
    public void person(Measure measure, long at, Dimension dimension, int patient, long n) {
        add(measure, address(Slice.of(at), dimension), CellBody.PERSON, patient, n);
    }

    @Override
    public void money(Measure measure, long at, Dimension dimension, BigDecimal amount, int patient, long n) {
        if (amount.signum() == 0) {
            count(measure, at, dimension, n);
        } else {
            person(measure, at, dimension, patient, n);
            addAmount(measure, at, dimension, amount, n);
        }
    }

    @Override
    public void cost(Measure measure, long at, Dimension dimension, BigDecimal amount, long n) {
        count(measure, at, dimension, n);
        addAmount(measure, at, dimension, amount, n);
    }

    @Override
    public void time(Measure measure, long at, long millis, long n) {
        add(measure, address(Slice.of(at), Dimension.NONE), CellBody.TIME, SparseHistogram.bucket(millis), n);
    }

    private void addAmount(Measure measure, long at, Dimension dimension, BigDecimal amount, long n) {
        ExactSum sum = new ExactSum();
        sum.add(amount, n);
        addSum(measure, address(Slice.of(at), dimension), sum, 1);
    }

    private void addSum(Measure measure, long address, ExactSum sum, long n) {
        add(measure, address, CellBody.UNITS, 0, Math.multiplyExact(sum.units(), n));
        add(measure, address, CellBody.PARTS, 0, Math.multiplyExact(sum.parts(), n));
    }

    /** Adds a cell {@code n} times; -1 subtracts it. */
    public void add(CellKey key, Cell delta, long n) {
        Measure measure = key.measure();
        long address = address(key.slice(), key.dimension());
        long rest = delta.count();
        SparseHistogram times = delta.times();
        if (times != null) {
            rest -= times.buckets().total();
            addCounts(measure, address, CellBody.TIME, times.buckets(), n);
        }
        People people = delta.people();
        if (people != null) {
            rest -= people.hashes().total();
            addCounts(measure, address, CellBody.PERSON, people.hashes(), n);
        }
        add(measure, address, CellBody.REST, 0, Math.multiplyExact(rest, n));
        ExactSum sum = delta.sum();
        if (sum != null) {
            addSum(measure, address, sum, n);
        }
    }

    private void addCounts(Measure measure, long address, int what, SparseCounts counts, long n) {
        for (int i = 0; i < counts.size(); i++) {
            add(measure, address, what, counts.key(i), Math.multiplyExact(counts.count(i), n));
        }
    }

    /** Adds every cell of others, of the same local days. */
    public void addAll(Cells other) {
        other.forEach((key, cell) -> add(key, cell, 1));
    }

    private long address(long slice, Dimension dimension) {
        return CellAddress.of(slice, dimensions.numberOf(dimension));
    }

    /** Ordinals number the columns of one process and are never stored. */
    @SuppressWarnings("EnumOrdinal")
    private void add(Measure measure, long address, int what, int key, long n) {
        if (n == 0) {
            return;
        }
        if (deltas.size() >= mostBuffered) {
            merged();
        }
        changes(CellCodec.dayOf(CellAddress.time(address)));
        deltas.add(measure.ordinal(), address, what, key, n);
    }

    private void changes(long day) {
        if (day != changedLast && changedDays != null) {
            changedDays.add(day);
            changedLast = day;
        }
    }

    /**
     * Hands over which days have changed since this was last asked for, in days of 96 slices since the epoch in UTC: those that a store which keeps the
     * cells has to keep. They are noted from the first time that they are asked for.
     */
    public Set<Long> takeChangedDays() {
        Set<Long> changed = changedDays == null ? Set.of() : changedDays;
        changedDays = new HashSet<>();
        changedLast = Long.MIN_VALUE;
        return changed;
    }

    /**
     * Puts cells in the place of those of some days.
     *
     * @param days the cells of days of 96 slices, as {@link CellCodec#encodeDay} gave them, by days since the epoch in UTC
     * @throws IllegalArgumentException if some are no cells; the table is then not to be used any more
     */
    public void replaceDays(Map<Long, byte[]> days) {
        // All are read before one is written, since a table that is read merges first; and written in order of time,
        // which spares blocks to be gone through.
        SortedMap<Long, byte[]> inOrder = new TreeMap<>(days);
        if (merged().cells() > 0) {
            Map<CellKey, Cell> before = new HashMap<>();
            inOrder.keySet().forEach(day -> CellCodec.forEach(this, day, before::put));
            before.forEach((key, cell) -> add(key, cell, -1));
        }
        mostBuffered = DeltaBuffer.CAPACITY;
        inOrder.forEach((day, cells) -> CellCodec.decodeDay(day, cells, (key, cell) -> add(key, cell, 1)));
        merged();
        // A large buffer for each of a thousand clinics would be more than their cells.
        deltas = new DeltaBuffer();
    }

    /**
     * Has nobody stand behind what a patient of some hash stands behind: counts and sums stay what they are, and there is one person less. Goes through all
     * cells.
     */
    public void disown(int hash) {
        Map<CellKey, Long> owned = new HashMap<>();
        forEach((key, cell) -> {
            People people = cell.people();
            long times = people == null ? 0 : people.times(hash);
            if (times != 0) {
                owned.put(key, times);
            }
        });
        owned.forEach((key, times) -> {
            long address = address(key.slice(), key.dimension());
            add(key.measure(), address, CellBody.PERSON, hash, -times);
            add(key.measure(), address, CellBody.REST, 0, times);
        });
    }

    /**
     * The cells as they are now, for other threads to read while this table goes on changing. Takes a microsecond or two; the blocks of cells are
     * shared. Whoever hands it to another thread sees to it that it is safely published.
     */
    public Cells snapshot() {
        CellSnapshot before = latest;
        if (before != null && before.shows(stored, deltas.size())) {
            return before;
        }
        if (deltas.size() > MOST_LEFT_TO_READERS) {
            merged();
        }
        CellSnapshot now = new CellSnapshot(localDays(), stored, deltas.copy(), dimensions.byNumber(), bytes());
        latest = now;
        return now;
    }

    @Override
    StoredCells merged() {
        if (deltas.size() > 0) {
            stored = stored.plus(deltas, dimensions.byNumber());
            deltas.clear();
            long wanted = stored.cells() / CELLS_PER_BUFFERED;
            mostBuffered = (int) Math.min(Math.max(wanted, LEAST_BUFFERED), DeltaBuffer.CAPACITY);
        }
        return stored;
    }

    /** {@inheritDoc} Does not go through them. */
    @Override
    public long bytes() {
        return stored.bytes() + deltas.bytes() + dimensions.bytes();
    }
}
