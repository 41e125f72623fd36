package dev.clinickpi.privacy.publication;

import java.util.Set;

/**
 * How many people it takes. One number in use; tests take each defence away by itself, to see what it was good for.
 *
 * @param inBlock in a block of days
 * @param inRow in a row, and across every cut between rows and blocks
 * @param changed to change before what was released is restated
 * @param isCutGuarded whether cuts between rows and blocks are looked at
 * @param isFactWhole whether figures that count one fact take it over together
 */
record Rules(int inBlock, int inRow, int changed, boolean isCutGuarded, boolean isFactWhole) {

    static Rules of(int minimum) {
        return new Rules(minimum, minimum, minimum, true, true);
    }

    /** Whether enough people have changed for all of them to be restated. */
    boolean isDue(Changes changes) {
        return !changes.isEmpty() && changes.people().size() >= changed;
    }

    Set<String> shown(RowGraph graph) {
        return isCutGuarded ? graph.shown() : graph.large();
    }

    boolean allows(RowGraph changes, Set<String> shown) {
        return !isCutGuarded || changes.allows(shown);
    }
}
