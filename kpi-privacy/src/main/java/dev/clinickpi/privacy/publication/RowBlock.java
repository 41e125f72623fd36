package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Blocks of which it is settled together which rows are shown, and who has changed in them since they were. They need not lie side by side. */
final class RowBlock {

    private final List<Part> parts;
    private final Set<String> shown;
    private final List<Map<String, Set<Integer>>> changes;

    /** A stretch of time, in epoch milliseconds. */
    record Part(long from, long to) {

        long length() {
            return to - from;
        }
    }

    /** @param parts in order, at least one; those that touch are joined */
    RowBlock(List<Part> parts, Set<String> shown, List<Map<String, Set<Integer>>> changes) {
        this.parts = joined(parts);
        this.shown = new HashSet<>(shown);
        this.changes = new ArrayList<>(changes);
    }

    private static List<Part> joined(List<Part> parts) {
        List<Part> joined = new ArrayList<>();
        for (Part part : parts) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).to() == part.from()) {
                joined.set(last, new Part(joined.get(last).from(), part.to()));
            } else {
                joined.add(part);
            }
        }
        return List.copyOf(joined);
    }

    List<Part> parts() {
        return parts;
    }

    long from() {
        return parts.get(0).from();
    }

    long to() {
        return parts.get(parts.size() - 1).to();
    }

    boolean contains(long at) {
        return parts.stream().anyMatch(part -> part.from() <= at && at < part.to());
    }

    Set<String> shown() {
        return shown;
    }

    /** The people of each row in a copy. */
    Map<String, People> people(Cells copy, Measure measure) {
        Map<String, People> people = new HashMap<>();
        for (Part part : parts) {
            copy.people(measure, part.from(), part.to(), Dimension::label)
                    .forEach((label, more) ->
                            people.computeIfAbsent(label, key -> new People()).addAll(more, 1));
        }
        return people;
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
