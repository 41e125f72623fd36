package dev.clinickpi.cell;

/** Goes through the cells of a column from one address to before another. Whoever is given a cell reads its body or skips it. */
final class CellCursor {

    private final Column column;
    private final long from;
    private final long to;
    private final BlockCursor cells = new BlockCursor();
    private int block;

    CellCursor(Column column, long from, long to) {
        this.column = column;
        this.from = from;
        this.to = to;
        this.block = column.blockOf(from) - 1;
    }

    /** Moves to the next cell; false when there is none. */
    boolean next() {
        while (cells.next() || (openNextBlock() && cells.next())) {
            if (cells.address() >= to) {
                return false;
            }
            if (cells.address() >= from) {
                return true;
            }
            CellBody.skip(cells.body());
        }
        return false;
    }

    private boolean openNextBlock() {
        if (++block >= column.size()) {
            return false;
        }
        cells.reset(column.block(block), column.first(block));
        return true;
    }

    long address() {
        return cells.address();
    }

    /** Stands at the body of the cell until somebody reads it. */
    BlockReader body() {
        return cells.body();
    }
}
