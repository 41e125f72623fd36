package dev.clinickpi.cell;

import java.util.Arrays;

/**
 * The cells of one measure in one resolution of time, by address: blocks of bytes and the address that each begins with. Immutable, and so shared by
 * all who read it; a {@link ColumnMerge} makes the next one, which shares the blocks that did not change.
 *
 * <p>What stands before a block is an address at or before that of its first cell, which is told from it; see {@link BlockCursor}.
 */
final class Column {

    static final Column EMPTY = new Column(new long[0], new byte[0][], 0, 0);

    private static final int ARRAY_HEADER = 16;
    private static final int ALIGNMENT = 8;
    private static final int REFERENCE = 4;

    private final long[] firsts;
    private final byte[][] blocks;
    private final long last;
    private final long cells;
    private final long bytes;

    /**
     * Takes the arrays as they are.
     *
     * @param last the address of the last cell; 0 if there is none
     */
    Column(long[] firsts, byte[][] blocks, long last, long cells) {
        this.firsts = firsts;
        this.blocks = blocks;
        this.last = last;
        this.cells = cells;
        long sum = 0;
        for (byte[] block : blocks) {
            sum += ARRAY_HEADER + (block.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        this.bytes = sum + (long) blocks.length * (Long.BYTES + REFERENCE);
    }

    int size() {
        return blocks.length;
    }

    long first(int block) {
        return firsts[block];
    }

    /** The address of the last cell. */
    long last() {
        return last;
    }

    byte[] block(int block) {
        return blocks[block];
    }

    /** The block that an address belongs into: the last that begins at or before it, else the first. */
    int blockOf(long address) {
        int found = Arrays.binarySearch(firsts, address);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** How many cells it has. */
    long cells() {
        return cells;
    }

    /** About how many bytes of heap it takes. */
    long bytes() {
        return bytes;
    }
}
