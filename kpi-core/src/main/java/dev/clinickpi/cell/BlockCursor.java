package dev.clinickpi.cell;

/**
 * Goes through the cells of a block. A cell is how far its time lies behind that of the cell before, doubled, and 1 more where its dimension is
 * another one, the number of which then follows; then comes its {@link CellBody body}. Whoever is given a cell reads its body or skips it.
 */
final class BlockCursor {

    private static final int DIMENSION_BITS = Integer.numberOfTrailingZeros(CellAddress.DIMENSIONS);

    private final BlockReader in = new BlockReader();
    private long address;
    private int start;

    /**
     * Starts before the first cell of a block.
     *
     * @param before the address that the first cell is told from
     */
    void reset(byte[] block, long before) {
        in.reset(block, 0);
        address = before;
    }

    /** Moves to the next cell; false when there is none. */
    boolean next() {
        if (!in.hasNext()) {
            return false;
        }
        start = in.position();
        long step = in.nextUnsigned();
        address += (step >>> 1) << DIMENSION_BITS;
        if ((step & 1) != 0) {
            address = (address & -CellAddress.DIMENSIONS) | in.nextUnsigned();
        }
        return true;
    }

    /** Puts what {@link #next} reads before a body. */
    static void putAddress(BlockWriter out, long previous, long address) {
        long step = (CellAddress.time(address) - CellAddress.time(previous)) << 1;
        int dimension = CellAddress.dimension(address);
        if (dimension == CellAddress.dimension(previous)) {
            out.putUnsigned(step);
        } else {
            out.putUnsigned(step | 1);
            out.putUnsigned(dimension);
        }
    }

    /** The address of the cell; before the first, the one that it is told from. */
    long address() {
        return address;
    }

    /** Where the cell begins in its block. */
    int start() {
        return start;
    }

    /** Stands at the body of the cell until somebody reads it. */
    BlockReader body() {
        return in;
    }
}
