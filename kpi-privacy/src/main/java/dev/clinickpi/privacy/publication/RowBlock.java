package dev.clinickpi.privacy.publication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A span in which it is settled which rows are shown, and who has changed in it since they were. */
final class RowBlock {

    private final long from;
    private final long to;
    private final Set<String> shown;
    private final List<Map<String, Set<Integer>>> changes;

    RowBlock(long from, long to, Set<String> shown, List<Map<String, Set<Integer>>> changes) {
        this.from = from;
        this.to = to;
        this.shown = new HashSet<>(shown);
        this.changes = new ArrayList<>(changes);
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    Set<String> shown() {
        return shown;
    }

    /** The people of each row who changed in a block, one map for each time that a block of it was restated. */
    List<Map<String, Set<Integer>>> changes() {
        return changes;
    }

    /** Puts somebody else in a person's place. */
    void replace(int person, int stranger) {
        for (Map<String, Set<Integer>> step : changes) {
            for (Set<Integer> people : step.values()) {
                if (people.remove(person)) {
                    people.add(stranger);
                }
            }
        }
    }
}
