package dev.clinickpi.cell;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one clinic: by 15-minute slice, and rolled up to local days.
 */
public final class CellTable extends Cells implements DeltaSink {

    private static final int LEAST_BUFFERED = 512;
    private static final int CELLS_PER_BUFFERED = 16;

    /** As many deltas a snapshot leaves to its first reader, who needs some tens of microseconds for them. */
    private static final int MOST_LEFT_TO_READERS = 512;

    private final Dimensions dimensions = new Dimensions();
    private final DeltaBuffer deltas = new DeltaBuffer();
    private int mostBuffered = LEAST_BUFFERED;
    private StoredCells stored;
    private @Nullable CellSnapshot latest;

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
        deltas.add(measure.ordinal(), address, what, key, n);
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
