package dev.clinickpi.cell;

import org.jspecify.annotations.Nullable;

/**
 * What a cell holds, opened up for change, and its form in a block:
 *
 * <pre>
 * head   bit 0: rest, bit 1: sum, bit 2: times, bit 3: multiplicities, bits 4 to 7: how many people, 15 for a number of its own
 * rest   zig-zag                                  what is counted beside times and people
 * sum    zig-zag units, zig-zag parts
 * times  size, then bucket less bucket before, zig-zag count, for each
 * people (size,) four bytes of hash for each, then, unless all are 1, zig-zag multiplicities
 * </pre>
 *
 * <p>Nearly every count comes with a patient or a duration, so what is kept is the <em>rest</em>: the count less the multiplicities of the people and
 * less the durations. A conversation is then a head and a hash, a response a head and a bucket. The rest adds and subtracts as a count does, and one
 * count has one rest.
 */
final class CellBody {

    /** What a delta changes: the rest. */
    static final int REST = 0;
    /** The whole units of the sum. */
    static final int UNITS = 1;
    /** The 10⁻¹² parts of the sum. */
    static final int PARTS = 2;
    /** How often a bucket of the histogram occurs. */
    static final int TIME = 3;
    /** How often a patient's hash occurs. */
    static final int PERSON = 4;

    /** Also how many numbers a rest takes. */
    private static final int HAS_REST = 1;

    /** Also how many numbers a sum takes. */
    private static final int HAS_SUM = 2;

    private static final int HAS_TIMES = 4;
    private static final int HAS_MULTIPLICITIES = 8;
    private static final int PEOPLE_SHIFT = 4;
    private static final int MANY_PEOPLE = 15;

    private long rest;
    private long units;
    private long parts;
    private final SparseCounts times = new SparseCounts();
    private final SparseCounts people = new SparseCounts();

    void clear() {
        rest = 0;
        units = 0;
        parts = 0;
        times.clear();
        people.clear();
    }

    /** Changes one of its numbers. The key is a bucket or a hash, and 0 for the others. */
    void add(int what, int key, long n) {
        switch (what) {
            case REST -> rest = Math.addExact(rest, n);
            case UNITS -> units = Math.addExact(units, n);
            case PARTS -> addParts(n);
            case TIME -> times.add(key, n);
            case PERSON -> people.add(key, n);
            default -> throw new IllegalArgumentException("No part of a cell has the number " + what);
        }
    }

    private void addParts(long n) {
        long sum = Math.addExact(parts, n);
        units = Math.addExact(units, Math.floorDiv(sum, ExactSum.PARTS));
        parts = Math.floorMod(sum, ExactSum.PARTS);
    }

    boolean isZero() {
        return rest == 0 && units == 0 && parts == 0 && times.isEmpty() && people.isEmpty();
    }

    void encode(BlockWriter out) {
        boolean multiplicities = hasMultiplicities();
        int many = Math.min(people.size(), MANY_PEOPLE);
        out.putByte((rest == 0 ? 0 : HAS_REST)
                | (units == 0 && parts == 0 ? 0 : HAS_SUM)
                | (times.isEmpty() ? 0 : HAS_TIMES)
                | (multiplicities ? HAS_MULTIPLICITIES : 0)
                | (many << PEOPLE_SHIFT));
        if (rest != 0) {
            out.putSigned(rest);
        }
        if (units != 0 || parts != 0) {
            out.putSigned(units);
            out.putSigned(parts);
        }
        if (!times.isEmpty()) {
            encodeTimes(out);
        }
        if (many == MANY_PEOPLE) {
            out.putUnsigned(people.size());
        }
        for (int i = 0; i < people.size(); i++) {
            out.putKey(people.key(i));
        }
        for (int i = 0; multiplicities && i < people.size(); i++) {
            out.putSigned(people.count(i));
        }
    }

    private boolean hasMultiplicities() {
        for (int i = 0; i < people.size(); i++) {
            if (people.count(i) != 1) {
                return true;
            }
        }
        return false;
    }

    private void encodeTimes(BlockWriter out) {
        out.putUnsigned(times.size());
        int previous = 0;
        for (int i = 0; i < times.size(); i++) {
            out.putUnsigned(times.key(i) - previous);
            out.putSigned(times.count(i));
            previous = times.key(i);
        }
    }

    void decode(BlockReader in) {
        clear();
        int head = in.nextByte();
        rest = (head & HAS_REST) == 0 ? 0 : in.nextSigned();
        if ((head & HAS_SUM) != 0) {
            units = in.nextSigned();
            parts = in.nextSigned();
        }
        if ((head & HAS_TIMES) != 0) {
            decodeTimes(in);
        }
        int many = people(head, in);
        for (int i = 0; i < many; i++) {
            people.append(in.nextKey(), 1);
        }
        for (int i = 0; (head & HAS_MULTIPLICITIES) != 0 && i < many; i++) {
            people.setCount(i, in.nextSigned());
        }
    }

    private void decodeTimes(BlockReader in) {
        long size = in.nextUnsigned();
        int key = 0;
        for (long i = 0; i < size; i++) {
            key += (int) in.nextUnsigned();
            times.append(key, in.nextSigned());
        }
    }

    /** Reads over a body. */
    static void skip(BlockReader in) {
        int head = in.nextByte();
        in.skipNumbers((head & HAS_REST) + (head & HAS_SUM));
        if ((head & HAS_TIMES) != 0) {
            in.skipNumbers(2 * (int) in.nextUnsigned());
        }
        int many = people(head, in);
        in.skipKeys(many);
        if ((head & HAS_MULTIPLICITIES) != 0) {
            in.skipNumbers(many);
        }
    }

    private static int people(int head, BlockReader in) {
        int many = head >> PEOPLE_SHIFT;
        return many == MANY_PEOPLE ? (int) in.nextUnsigned() : many;
    }

    /** The count of a body. */
    static long count(BlockReader in) {
        int head = in.nextByte();
        long count = (head & HAS_REST) == 0 ? 0 : in.nextSigned();
        in.skipNumbers(head & HAS_SUM);
        if ((head & HAS_TIMES) != 0) {
            long size = in.nextUnsigned();
            for (long i = 0; i < size; i++) {
                in.skipNumbers(1);
                count += in.nextSigned();
            }
        }
        int many = people(head, in);
        in.skipKeys(many);
        if ((head & HAS_MULTIPLICITIES) == 0) {
            return count + many;
        }
        for (int i = 0; i < many; i++) {
            count += in.nextSigned();
        }
        return count;
    }

    /** Adds the durations of a body. */
    static void times(BlockReader in, BucketCounter into) {
        int head = in.nextByte();
        in.skipNumbers((head & HAS_REST) + (head & HAS_SUM));
        if ((head & HAS_TIMES) != 0) {
            long size = in.nextUnsigned();
            int key = 0;
            for (long i = 0; i < size; i++) {
                key += (int) in.nextUnsigned();
                into.add(key, in.nextSigned());
            }
        }
        int many = people(head, in);
        in.skipKeys(many);
        if ((head & HAS_MULTIPLICITIES) != 0) {
            in.skipNumbers(many);
        }
    }

    /** Adds the people of a body. */
    static void people(BlockReader in, PeopleCounter into) {
        int head = in.nextByte();
        in.skipNumbers((head & HAS_REST) + (head & HAS_SUM));
        if ((head & HAS_TIMES) != 0) {
            in.skipNumbers(2 * (int) in.nextUnsigned());
        }
        int many = people(head, in);
        if ((head & HAS_MULTIPLICITIES) == 0) {
            for (int i = 0; i < many; i++) {
                into.add(in.nextKey());
            }
            return;
        }
        BlockReader hashes = new BlockReader();
        hashes.reset(in.bytes(), in.position());
        in.skipKeys(many);
        for (int i = 0; i < many; i++) {
            into.add(hashes.nextKey(), in.nextSigned());
        }
    }

    /** The cell that it is. */
    Cell toCell() {
        return new Cell(
                rest + times.total() + people.total(),
                sum(),
                times(),
                people.isEmpty() ? null : new People(people.copy()));
    }

    /** The cell that it is as a roll-up, which keeps all of its count in the rest and the details elsewhere. */
    Cell toCell(Cell.Details details) {
        return new Cell(rest, sum(), details);
    }

    private @Nullable ExactSum sum() {
        return units == 0 && parts == 0 ? null : new ExactSum(units, parts);
    }

    private @Nullable SparseHistogram times() {
        return times.isEmpty() ? null : new SparseHistogram(times.copy());
    }
}
