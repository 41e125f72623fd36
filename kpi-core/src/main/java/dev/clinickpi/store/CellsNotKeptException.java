package dev.clinickpi.store;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.error.KpiException;
import java.io.Serial;

/** A store does not have the cells that a question needs. */
public final class CellsNotKeptException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    private CellsNotKeptException(String message) {
        super(message, null);
    }

    /** Nothing is kept of a clinic. */
    public static CellsNotKeptException absent(ClinicId clinic) {
        return new CellsNotKeptException("The store has no cells of clinic " + clinic
                + " yet; have an engine run that folds, over the same event log and store, and ask again");
    }

    /** What is kept was folded before something of the clinic was erased. */
    public static CellsNotKeptException beforeErasure(ClinicId clinic) {
        return new CellsNotKeptException("The store has cells of clinic " + clinic
                + " from before an erasure; the engine that folds writes them anew within moments: ask again");
    }

    /** What is kept was folded by other reference data than the question is to be answered by. */
    public static CellsNotKeptException foldedOtherwise(ClinicId clinic) {
        return new CellsNotKeptException(
                "The store has cells of clinic " + clinic
                        + " by another zone, other opening hours or holidays, or other windows of time than this engine's; give this engine and the one that folds the same");
    }
}
