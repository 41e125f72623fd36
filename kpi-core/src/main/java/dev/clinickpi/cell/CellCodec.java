package dev.clinickpi.cell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Cells as bytes, for stores and wires. The first byte is the version of the form; equal cells give equal bytes. Whole numbers are written as
 * zig-zag LEB128, sparse keys as differences from the one before.
 */
public final class CellCodec {

    private static final byte VERSION = 1;

    private static final int HAS_SUM = 1;
    private static final int HAS_TIMES = 2;
    private static final int HAS_PEOPLE = 4;
    private static final int ALL_PARTS = HAS_SUM | HAS_TIMES | HAS_PEOPLE;

    private CellCodec() {}

    /** The bytes of a cell. */
    public static byte[] encode(Cell cell) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(parts(cell));
            writeLong(out, cell.count());
            ExactSum sum = cell.sum();
            if (sum != null) {
                writeLong(out, sum.units());
                writeLong(out, sum.parts());
            }
            SparseHistogram times = cell.times();
            if (times != null) {
                writeCounts(out, times.buckets());
            }
            People people = cell.people();
            if (people != null) {
                writeCounts(out, people.hashes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The cell of bytes that {@link #encode} gave.
     *
     * @throws IllegalArgumentException if they are of another version, cut short or otherwise no cell
     */
    public static Cell decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            require(version == VERSION, "of version " + version + " while this library reads version " + VERSION);
            int parts = in.readUnsignedByte();
            require((parts & ~ALL_PARTS) == 0, "of unknown parts");
            long count = readLong(in);
            ExactSum sum = (parts & HAS_SUM) == 0 ? null : new ExactSum(readLong(in), readLong(in));
            SparseHistogram times = (parts & HAS_TIMES) == 0 ? null : new SparseHistogram(readCounts(in));
            People people = (parts & HAS_PEOPLE) == 0 ? null : new People(readCounts(in));
            require(in.available() == 0, "longer than its cell");
            return new Cell(count, sum, times, people);
        } catch (EOFException e) {
            throw new IllegalArgumentException("The bytes of a cell are cut short", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int parts(Cell cell) {
        return (cell.sum() == null ? 0 : HAS_SUM)
                | (cell.times() == null ? 0 : HAS_TIMES)
                | (cell.people() == null ? 0 : HAS_PEOPLE);
    }

    private static void writeCounts(DataOutputStream out, SparseCounts counts) throws IOException {
        writeLong(out, counts.size());
        long previous = 0;
        for (int i = 0; i < counts.size(); i++) {
            writeLong(out, counts.key(i) - previous);
            writeLong(out, counts.count(i));
            previous = counts.key(i);
        }
    }

    private static SparseCounts readCounts(DataInputStream in) throws IOException {
        long size = readLong(in);
        require(size >= 0 && size <= in.available(), "of a size that they do not hold");
        SparseCounts counts = new SparseCounts((int) size);
        @Nullable Long previous = null;
        for (long i = 0; i < size; i++) {
            long key = (previous == null ? 0 : previous) + readLong(in);
            long count = readLong(in);
            require(key == (int) key && (previous == null || key > previous) && count != 0, "out of order");
            counts.append((int) key, count);
            previous = key;
        }
        return counts;
    }

    private static void writeLong(DataOutputStream out, long value) throws IOException {
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readLong(DataInputStream in) throws IOException {
        long rest = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            rest |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new IllegalArgumentException("The bytes of a cell hold a number of more than 64 bits");
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("The bytes of a cell are " + fault);
        }
    }
}
