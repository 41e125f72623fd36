package dev.clinickpi.cell;

import dev.clinickpi.time.LocalDays;
import org.jspecify.annotations.Nullable;

/**
 * A table as it stood at a moment: the cells that were merged by then, and a copy of the few deltas that were not. The first reader merges those, so
 * a snapshot that nobody reads costs the writer its copy and no more. Safe for use by many threads.
 */
final class CellSnapshot extends Cells {

    private final StoredCells base;
    private final DeltaBuffer deltas;
    private final @Nullable Dimension[] dimensions;
    private final long bytes;
    private volatile @Nullable StoredCells merged;

    CellSnapshot(
            LocalDays localDays, StoredCells base, DeltaBuffer deltas, @Nullable Dimension[] dimensions, long bytes) {
        super(localDays);
        this.base = base;
        this.deltas = deltas;
        this.dimensions = dimensions;
        this.bytes = bytes;
        this.merged = deltas.size() == 0 ? base : null;
    }

    @Override
    StoredCells merged() {
        StoredCells found = merged;
        return found == null ? merge() : found;
    }

    private synchronized StoredCells merge() {
        StoredCells found = merged;
        if (found == null) {
            found = base.plus(deltas, dimensions);
            merged = found;
        }
        return found;
    }

    /** Whether it still shows a table. */
    boolean shows(StoredCells tableBase, int tableDeltas) {
        return base == tableBase && deltas.size() == tableDeltas;
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
