package dev.clinickpi.cell;

import java.util.Arrays;

/** Merges deltas into columns. Keeps its working space from one column to the next. */
final class ColumnMerge {

    /** A block is at most this long, unless one cell alone is longer. */
    private static final int BLOCK_BYTES = 384;

    /** A block that a merge leaves shorter than this is joined with the next. */
    private static final int SMALL_BLOCK_BYTES = BLOCK_BYTES / 4;

    /** About how many bytes of a block are addresses, for a cell. */
    private static final int ADDRESS_BYTES = 2;

    private final DeltaBuffer deltas;
    private final DeltaBuffer.Order order;
    private final CellBody body = new CellBody();

    /** The cells of the blocks that are being rewritten, without their addresses. */
    private final BlockWriter bodies = new BlockWriter();

    private long[] addresses = new long[64];
    private int[] ends = new int[64];
    private int cells;

    private final BlockWriter block = new BlockWriter();
    private long[] firsts = new long[16];
    private byte[][] blocks = new byte[16][];
    private int size;
    private long cellsChange;
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
        cellsChange = 0;
        int kept = 0;
        while (place < placesEnd) {
            int touched = old.blockOf(order.address(place));
            keep(old, kept, touched);
            kept = rewrite(old, touched);
        }
        keep(old, kept, old.size());
        return new Column(Arrays.copyOf(firsts, size), Arrays.copyOf(blocks, size), old.cells() + cellsChange);
    }

    private void keep(Column old, int from, int to) {
        for (int i = from; i < to; i++) {
            append(old.first(i), old.block(i));
        }
    }

    /** Merges what belongs into a block; gives the first block behind it that may stay as it is. */
    private int rewrite(Column old, int touched) {
        cells = 0;
        bodies.clear();
        int next = Math.min(touched + 1, old.size());
        mergeBlock(old, touched, limit(old, next));
        if (bodies.size() < SMALL_BLOCK_BYTES && next < old.size()) {
            mergeBlock(old, next, limit(old, next + 1));
            next++;
        }
        cut(next == old.size());
        return next;
    }

    /** Before which address the deltas belong into blocks before one. */
    private static long limit(Column old, int block) {
        return block < old.size() ? old.first(block) : Long.MAX_VALUE;
    }

    private void mergeBlock(Column old, int touched, long limit) {
        if (touched < old.size()) {
            CellCursor cursor = new CellCursor(old, old.first(touched), limit);
            while (cursor.next()) {
                mergeNew(cursor.address());
                if (place < placesEnd && order.address(place) == cursor.address()) {
                    body.decode(cursor.body());
                    cellsChange--;
                    mergeCell(cursor.address());
                } else {
                    copyCell(cursor);
                }
            }
        }
        mergeNew(limit);
    }

    /** Adds cells of the deltas alone that come before an address. */
    private void mergeNew(long limit) {
        while (place < placesEnd && order.address(place) < limit) {
            body.clear();
            mergeCell(order.address(place));
        }
    }

    private void mergeCell(long address) {
        while (place < placesEnd && order.address(place) == address) {
            deltas.applyTo(body, order.index(place++));
        }
        if (!body.isZero()) {
            body.encode(bodies);
            endCell(address);
            cellsChange++;
        }
    }

    private void copyCell(CellCursor cursor) {
        BlockReader in = cursor.body();
        int start = in.position();
        CellBody.skip(in);
        bodies.put(in.bytes(), start, in.position());
        endCell(cursor.address());
    }

    private void endCell(long address) {
        if (cells == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * cells);
            ends = Arrays.copyOf(ends, 2 * cells);
        }
        addresses[cells] = address;
        ends[cells++] = bodies.size();
    }

    /** Cuts the rewritten cells into blocks: full ones at the end of a column, where time will add more, else of one length, which leaves room. */
    private void cut(boolean atEnd) {
        int length = bodies.size() + ADDRESS_BYTES * cells;
        int pieces = (length + BLOCK_BYTES - 1) / BLOCK_BYTES;
        int full = pieces <= 1 ? Integer.MAX_VALUE : atEnd ? BLOCK_BYTES : length / pieces;
        int first = 0;
        for (int cell = 0; cell < cells; cell++) {
            CellCursor.putAddress(block, addresses[cell == first ? cell : cell - 1], addresses[cell]);
            block.put(bodies.bytes(), cell == 0 ? 0 : ends[cell - 1], ends[cell]);
            if (block.size() >= full || cell == cells - 1) {
                append(addresses[first], block.toByteArray());
                block.clear();
                first = cell + 1;
            }
        }
    }

    private void append(long first, byte[] bytes) {
        if (size == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * size);
            blocks = Arrays.copyOf(blocks, 2 * size);
        }
        firsts[size] = first;
        blocks[size++] = bytes;
    }
}
