package dev.clinickpi.cell;

/** Goes through the cells of a column from one address to before another. Whoever is given a cell reads its body or skips it. */
final class CellCursor {

    private static final int DIMENSION_BITS = Integer.numberOfTrailingZeros(CellAddress.DIMENSIONS);

    private final Column column;
    private final long from;
    private final long to;
    private final BlockReader body = new BlockReader();
    private int block;
    private long address;

    CellCursor(Column column, long from, long to) {
        this.column = column;
        this.from = from;
        this.to = to;
        this.block = column.blockOf(from) - 1;
    }

    /** Moves to the next cell; false when there is none. */
    boolean next() {
        while (body.hasNext() || openNextBlock()) {
            readAddress();
            if (address >= to) {
                return false;
            }
            if (address >= from) {
                return true;
            }
            CellBody.skip(body);
        }
        return false;
    }

    private boolean openNextBlock() {
        if (++block >= column.size()) {
            return false;
        }
        body.reset(column.block(block), 0);
        address = column.first(block);
        return true;
    }

    private void readAddress() {
        long step = body.nextUnsigned();
        address += (step >>> 1) << DIMENSION_BITS;
        if ((step & 1) != 0) {
            address = (address & -CellAddress.DIMENSIONS) | body.nextUnsigned();
        }
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

    long address() {
        return address;
    }

    /** Stands at the body of the cell. */
    BlockReader body() {
        return body;
    }
}
