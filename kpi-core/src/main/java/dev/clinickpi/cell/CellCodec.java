package dev.clinickpi.cell;

import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.time.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Cells as bytes, for stores and wires. The first byte is the version of the form; equal cells give equal bytes. Sparse keys are written as differences
 * from the one before.
 *
 * <p>A day is 96 slices, the day's in UTC: whatever zone its clinic is in, a cell belongs to one. Its bytes begin with the dimensions that its cells have,
 * in order; then come its measures in order of their codes, each with its cells in order of their slices and dimensions.
 */
public final class CellCodec {

    private static final int VERSION = 1;

    private static final int SLICES_OF_DAY = 96;

    private static final int HAS_SUM = 1;
    private static final int HAS_TIMES = 2;
    private static final int HAS_PEOPLE = 4;
    private static final int ALL_PARTS = HAS_SUM | HAS_TIMES | HAS_PEOPLE;

    // A measure's code is its place. Stored cells hold these: measures may be added at the end, and nothing else may
    // change.
    private static final List<Measure> MEASURES = List.of(
            Measure.CONVERSATIONS,
            Measure.CONVERTED,
            Measure.PENDING,
            Measure.PATIENT_MESSAGES,
            Measure.QUALIFIED,
            Measure.BOOKED,
            Measure.COMPLETED,
            Measure.UNFINISHED,
            Measure.HANDED_OFF,
            Measure.LEADS,
            Measure.SERVICE_MENTIONS,
            Measure.SURVEYED,
            Measure.RECOVERED,
            Measure.RECOVERED_CONVERTED,
            Measure.RECOVERED_VALUE,
            Measure.BOT_RESPONSE_TIMES,
            Measure.HUMAN_RESPONSE_TIMES,
            Measure.UNANSWERED_TURNS,
            Measure.RESOLVED,
            Measure.NO_SHOWS,
            Measure.UNRESOLVED,
            Measure.CANCELLATIONS,
            Measure.FILLED,
            Measure.OFFERED,
            Measure.CSAT_SCORES,
            Measure.LLM_USES,
            Measure.LLM_INPUT_TOKENS,
            Measure.LLM_CACHED_INPUT_TOKENS,
            Measure.LLM_OUTPUT_TOKENS,
            Measure.LLM_STATED_COST,
            Measure.FEATURE_USES,
            Measure.TIER_CHANGES,
            Measure.ONBOARDED,
            Measure.RETAINED,
            Measure.COHORT_VALUE);

    private CellCodec() {}

    /** The bytes of a cell. */
    public static byte[] encode(Cell cell) {
        ByteWriter out = new ByteWriter().code(VERSION);
        write(cell, out);
        return out.toBytes();
    }

    /**
     * The cell of bytes that {@link #encode} gave.
     *
     * @throws IllegalArgumentException if they are of another version, cut short or otherwise no cell
     */
    public static Cell decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes, "a cell");
        requireVersion(in);
        Cell cell = readCell(in);
        in.end();
        return cell;
    }

    /** The day that a slice belongs to, in days since the epoch. */
    public static long dayOf(long slice) {
        return Math.floorDiv(slice, SLICES_OF_DAY);
    }

    /** The bytes of the cells of a day; none when it has none. */
    public static byte[] encodeDay(Cells cells, long day) {
        Map<Measure, TreeMap<CellKey, Cell>> ofDay = new EnumMap<>(Measure.class);
        TreeSet<Dimension> dimensions = new TreeSet<>();
        forEach(cells, day, (key, cell) -> {
            ofDay.computeIfAbsent(key.measure(), measure -> new TreeMap<>()).put(key, cell);
            dimensions.add(key.dimension());
        });
        if (ofDay.isEmpty()) {
            return new byte[0];
        }
        List<Dimension> numbered = List.copyOf(dimensions);
        ByteWriter out = new ByteWriter().code(VERSION);
        out.number(numbered.size());
        numbered.forEach(dimension -> write(dimension, out));
        out.number(ofDay.size());
        for (Measure measure : MEASURES) {
            TreeMap<CellKey, Cell> ofMeasure = ofDay.get(measure);
            if (ofMeasure != null) {
                out.value(MEASURES, measure).number(ofMeasure.size());
                ofMeasure.forEach((key, cell) -> {
                    out.code((int) (key.slice() - day * SLICES_OF_DAY))
                            .number(Collections.binarySearch(numbered, key.dimension()));
                    write(cell, out);
                });
            }
        }
        return out.toBytes();
    }

    /** Hands over the cells of a day. */
    static void forEach(Cells cells, long day, BiConsumer<CellKey, Cell> consumer) {
        long from = Slice.start(day * SLICES_OF_DAY);
        long to = Slice.start((day + 1) * SLICES_OF_DAY);
        for (Measure measure : MEASURES) {
            cells.readBySlice(
                    measure,
                    from,
                    to,
                    (slice, dimension, cell) -> consumer.accept(new CellKey(measure, slice, dimension), cell));
        }
    }

    /**
     * Hands over the cells of bytes that {@link #encodeDay} gave for a day.
     *
     * @throws IllegalArgumentException if they are of another version, cut short or otherwise no cells
     */
    public static void decodeDay(long day, byte[] bytes, BiConsumer<CellKey, Cell> consumer) {
        if (bytes.length == 0) {
            return;
        }
        ByteReader in = new ByteReader(bytes, "a day of cells");
        requireVersion(in);
        List<Dimension> dimensions = new ArrayList<>();
        for (int left = in.size(); left > 0; left--) {
            dimensions.add(readDimension(in));
        }
        for (int left = in.size(); left > 0; left--) {
            Measure measure = in.value(MEASURES);
            for (int cells = in.size(); cells > 0; cells--) {
                int slice = in.code();
                in.require(slice < SLICES_OF_DAY, "hold a slice of another day");
                int dimension = in.size(dimensions.size());
                consumer.accept(
                        new CellKey(measure, day * SLICES_OF_DAY + slice, dimensions.get(dimension)), readCell(in));
            }
        }
        in.end();
    }

    private static void requireVersion(ByteReader in) {
        int version = in.code();
        in.require(version == VERSION, "are of version " + version + " while this library reads version " + VERSION);
    }

    private static void write(Dimension dimension, ByteWriter out) {
        out.optionalLabel(dimension.label()).optionalLabel(dimension.currency()).signed(dimension.moment());
    }

    private static Dimension readDimension(ByteReader in) {
        String label = in.optionalLabel();
        String currency = in.optionalLabel();
        long moment = in.signed();
        return label == null && currency == null && moment == 0
                ? Dimension.NONE
                : new Dimension(label == null ? "" : label, currency == null ? "" : currency, moment);
    }

    private static void write(Cell cell, ByteWriter out) {
        out.code(parts(cell)).signed(cell.count());
        ExactSum sum = cell.sum();
        if (sum != null) {
            out.signed(sum.units()).signed(sum.parts());
        }
        SparseHistogram times = cell.times();
        if (times != null) {
            write(times.buckets(), out);
        }
        People people = cell.people();
        if (people != null) {
            write(people.hashes(), out);
        }
    }

    private static Cell readCell(ByteReader in) {
        int parts = in.code();
        in.require((parts & ~ALL_PARTS) == 0, "are of unknown parts");
        long count = in.signed();
        ExactSum sum = (parts & HAS_SUM) == 0 ? null : new ExactSum(in.signed(), in.signed());
        SparseHistogram times = (parts & HAS_TIMES) == 0 ? null : new SparseHistogram(readCounts(in));
        People people = (parts & HAS_PEOPLE) == 0 ? null : new People(readCounts(in));
        return new Cell(count, sum, times, people);
    }

    private static int parts(Cell cell) {
        return (cell.sum() == null ? 0 : HAS_SUM)
                | (cell.times() == null ? 0 : HAS_TIMES)
                | (cell.people() == null ? 0 : HAS_PEOPLE);
    }

    private static void write(SparseCounts counts, ByteWriter out) {
        out.number(counts.size());
        long previous = 0;
        for (int i = 0; i < counts.size(); i++) {
            out.signed(counts.key(i) - previous).signed(counts.count(i));
            previous = counts.key(i);
        }
    }

    private static SparseCounts readCounts(ByteReader in) {
        int size = in.size();
        SparseCounts counts = new SparseCounts(size);
        @Nullable Long previous = null;
        for (int i = 0; i < size; i++) {
            long key = (previous == null ? 0 : previous) + in.signed();
            long count = in.signed();
            in.require(key == (int) key && (previous == null || key > previous) && count != 0, "are out of order");
            counts.append((int) key, count);
            previous = key;
        }
        return counts;
    }
}
