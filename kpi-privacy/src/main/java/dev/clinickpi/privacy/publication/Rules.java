package dev.clinickpi.privacy.publication;

import java.util.Set;

/**
 * How many people it takes. One number in use; tests take each defence away by itself, to see what it was good for.
 *
 * @param inBlock in a block of days
 * @param inRow in a row, and across every cut between rows and blocks
 * @param changed to change before what was released is restated
 * @param isCutGuarded whether cuts between rows and blocks are looked at
 */
record Rules(int inBlock, int inRow, int changed, boolean isCutGuarded) {

    static Rules of(int minimum) {
        return new Rules(minimum, minimum, minimum, true);
    }

    Set<String> shown(RowGraph graph) {
        return isCutGuarded ? graph.shown() : graph.large();
    }

    boolean allows(RowGraph changes, Set<String> shown) {
        return !isCutGuarded || changes.allows(shown);
    }
}
