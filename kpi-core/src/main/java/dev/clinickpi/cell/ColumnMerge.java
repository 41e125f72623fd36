package dev.clinickpi.cell;

import java.util.Arrays;

/**
 * Merges deltas into columns. Of a block that a delta touches, what lies between the deltas is copied at one go as it stands: a cell is told from the
 * one before, so only one that comes to stand behind another has to be told anew. Keeps its working space from one column to the next.
 */
final class ColumnMerge {

    /** A block is at most this long, unless one cell alone is longer. */
    private static final int BLOCK_BYTES = 384;

    /** A block that a merge leaves shorter than this is joined with the next. */
    private static final int SMALL_BLOCK_BYTES = BLOCK_BYTES / 4;

    private final DeltaBuffer deltas;
    private final DeltaBuffer.Order order;
    private final CellBody body = new CellBody();
    private final BlockCursor cursor = new BlockCursor();

    /** The blocks of the new column. */
    private long[] firsts = new long[16];

    private byte[][] blocks = new byte[16][];
    private int size;
    private long cells;

    /** The block that is being rewritten. */
    private final BlockWriter out = new BlockWriter();

    /** The address that the next cell to be put into it is told from. */
    private long previous;

    private int place;
    private int placesEnd;

    ColumnMerge(DeltaBuffer deltas, DeltaBuffer.Order order) {
        this.deltas = deltas;
        this.order = order;
    }

    /** The column that a measure's deltas make of another. */
    Column merge(Column old, int measure) {
        place = order.start(measure);
        placesEnd = order.end(measure);
        size = 0;
        cells = old.cells();
        int kept = 0;
        while (place < placesEnd) {
            int touched = old.blockOf(order.address(place));
            keep(old, kept, touched);
            kept = rewrite(old, touched);
        }
        keep(old, kept, old.size());
        return new Column(
                Arrays.copyOf(firsts, size),
                Arrays.copyOf(blocks, size),
                kept < old.size() ? old.last() : lastRewritten(),
                cells);
    }

    private long lastRewritten() {
        if (out.size() > 0) {
            return previous;
        }
        return size == 0 ? 0 : lastOf(blocks[size - 1], firsts[size - 1]);
    }

    private void keep(Column old, int from, int to) {
        for (int i = from; i < to; i++) {
            append(old.first(i), old.block(i));
        }
    }

    /** Merges what belongs into a block; gives the first block behind it that may stay as it is. */
    private int rewrite(Column old, int touched) {
        long first = order.address(place);
        if (touched < old.size()) {
            first = Math.min(first, old.first(touched));
        }
        out.clear();
        previous = first;
        int next = Math.min(touched + 1, old.size());
        mergeBlock(old, touched, limit(old, next));
        if (out.size() < SMALL_BLOCK_BYTES && next < old.size()) {
            previous = out.size() == 0 ? first : lastOf(out.toByteArray(), first);
            mergeBlock(old, next, limit(old, next + 1));
            next++;
        }
        cut(first, next == old.size());
        return next;
    }

    /** Before which address the deltas belong into blocks before one. */
    private static long limit(Column old, int block) {
        return block < old.size() ? old.first(block) : Long.MAX_VALUE;
    }

    private void mergeBlock(Column old, int touched, long limit) {
        if (touched < old.size()) {
            boolean isLast = touched == old.size() - 1;
            if (isLast && previous == old.first(touched) && !isDue(old.last() + 1)) {
                out.put(old.block(touched), 0, old.block(touched).length);
                previous = old.last();
            } else {
                mergeCells(old.block(touched), old.first(touched), limit);
                if (isLast && cursor.body().hasNext()) {
                    previous = old.last();
                }
            }
        }
        while (isDue(limit)) {
            mergeCell(false);
        }
    }

    /** Goes through a block as far as deltas are due. */
    private void mergeCells(byte[] old, long first, long limit) {
        cursor.reset(old, first);
        boolean asTheyStand = previous == first;
        int start = 0;
        while ((isDue(limit) || !asTheyStand) && cursor.next()) {
            long address = cursor.address();
            if (isDue(address + 1) && asTheyStand) {
                out.put(old, start, cursor.start());
            }
            asTheyStand &= !isDue(address + 1);
            while (isDue(address)) {
                mergeCell(false);
            }
            if (isDue(address + 1)) {
                body.decode(cursor.body());
                mergeCell(true);
                start = cursor.body().position();
                asTheyStand = previous == address;
            } else {
                if (!asTheyStand) {
                    BlockCursor.putAddress(out, previous, address);
                    start = cursor.body().position();
                    asTheyStand = true;
                }
                CellBody.skip(cursor.body());
                previous = address;
            }
        }
        if (asTheyStand) {
            out.put(old, start, old.length);
        }
    }

    /** Whether the next delta belongs before an address. */
    private boolean isDue(long limit) {
        return place < placesEnd && order.address(place) < limit;
    }

    /** Puts the cell of the next delta, with all deltas of it. */
    private void mergeCell(boolean exists) {
        long address = order.address(place);
        if (!exists) {
            body.clear();
        }
        do {
            deltas.applyTo(body, order.index(place++));
        } while (isDue(address + 1));
        cells -= exists ? 1 : 0;
        if (!body.isZero()) {
            BlockCursor.putAddress(out, previous, address);
            body.encode(out);
            previous = address;
            cells++;
        }
    }

    /** Cuts what was rewritten into blocks: full ones at the end of a column, where time will add more, else of one length, which leaves room. */
    private void cut(long first, boolean atEnd) {
        if (out.size() == 0) {
            return;
        }
        byte[] all = out.toByteArray();
        if (all.length <= BLOCK_BYTES) {
            append(first, all);
            return;
        }
        int pieces = (all.length + BLOCK_BYTES - 1) / BLOCK_BYTES;
        int full = atEnd ? BLOCK_BYTES : all.length / pieces;
        long before = first;
        out.clear();
        int start = 0;
        cursor.reset(all, first);
        while (cursor.next()) {
            int bodyStart = cursor.body().position();
            if (out.size() + cursor.start() - start >= full) {
                out.put(all, start, cursor.start());
                append(before, out.toByteArray());
                out.clear();
                before = cursor.address();
                BlockCursor.putAddress(out, before, before);
                start = bodyStart;
            }
            CellBody.skip(cursor.body());
        }
        out.put(all, start, all.length);
        append(before, out.toByteArray());
    }

    private long lastOf(byte[] block, long first) {
        cursor.reset(block, first);
        while (cursor.next()) {
            CellBody.skip(cursor.body());
        }
        return cursor.address();
    }

    private void append(long first, byte[] block) {
        if (size == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * size);
            blocks = Arrays.copyOf(blocks, 2 * size);
        }
        firsts[size] = first;
        blocks[size++] = block;
    }
}
