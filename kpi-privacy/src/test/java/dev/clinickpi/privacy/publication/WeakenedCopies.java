package dev.clinickpi.privacy.publication;

import dev.clinickpi.access.PublicationStore;

/** Released copies with one of the defences taken away, to see what it was good for. */
public final class WeakenedCopies {

    private static final int MINIMUM = 5;

    private WeakenedCopies() {}

    /** Every day that anybody stands behind is a block. */
    public static ReleasedCopies withoutBlocks() {
        return of(new Rules(1, MINIMUM, MINIMUM, true, true));
    }

    /** Rows are looked at one by one, and not at what is left between them and the blocks. */
    public static ReleasedCopies withoutCuts() {
        return of(new Rules(MINIMUM, MINIMUM, MINIMUM, false, true));
    }

    /** It is not asked how many stand behind a row of a block, or behind a sum of money. */
    public static ReleasedCopies withoutRows() {
        return of(new Rules(MINIMUM, 1, MINIMUM, true, true));
    }

    /** What has changed is restated, whoever has. */
    public static ReleasedCopies withoutWaiting() {
        return of(new Rules(MINIMUM, MINIMUM, 1, true, true));
    }

    /** Each figure takes a fact over by itself. */
    public static ReleasedCopies withoutWholeFacts() {
        return of(new Rules(MINIMUM, MINIMUM, MINIMUM, true, false));
    }

    private static ReleasedCopies of(Rules rules) {
        return new ReleasedCopies(PublicationStore.inMemory(), rules);
    }
}
