package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellKey;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What of some measures differs between a copy and the cells that it is of. */
final class Changes {

    private final Map<CellKey, Cell> deltas;

    private Changes(Map<CellKey, Cell> deltas) {
        this.deltas = deltas;
    }

    /** What has to be added to a copy for it to be as the cells are. */
    static Changes between(
            Cells copy, Cells cells, List<Measure> measures, long from, long to, Predicate<Dimension> of) {
        Map<CellKey, Cell> deltas = new HashMap<>();
        for (Measure measure : measures) {
            collect(cells, measure, from, to, of, 1, deltas);
            collect(copy, measure, from, to, of, -1, deltas);
        }
        deltas.values().removeIf(Cell::isZero);
        return new Changes(deltas);
    }

    private static void collect(
            Cells cells,
            Measure measure,
            long from,
            long to,
            Predicate<Dimension> of,
            long times,
            Map<CellKey, Cell> into) {
        cells.readBySlice(measure, from, to, (slice, dimension, cell) -> {
            if (of.test(dimension)) {
                into.computeIfAbsent(new CellKey(measure, slice, dimension), key -> new Cell())
                        .addAll(cell, times);
            }
        });
    }

    /** These and others of the same measures. */
    Changes with(Map<CellKey, Cell> others) {
        Map<CellKey, Cell> sum = new HashMap<>();
        for (Map<CellKey, Cell> each : List.of(deltas, others)) {
            each.forEach(
                    (key, delta) -> sum.computeIfAbsent(key, of -> new Cell()).addAll(delta, 1));
        }
        sum.values().removeIf(Cell::isZero);
        return new Changes(sum);
    }

    boolean isSameAs(Changes other) {
        return deltas.equals(other.deltas);
    }

    boolean isEmpty() {
        return deltas.isEmpty();
    }

    /** Whether the copy holds something that is no more. */
    boolean takeAway() {
        return deltas.values().stream().anyMatch(delta -> delta.count() < 0);
    }

    /**
     * Who has changed. Never more than really have: a sum that changed for the same people names nobody, so it waits for others. Nor does who is gone from behind
     * a count that stays, as an erased patient whose facts had been forgotten: where the cells count more of nobody than the copy does, those who are missing
     * may be such.
     */
    Set<Integer> people() {
        Set<Integer> people = new HashSet<>();
        for (Cell delta : deltas.values()) {
            People changed = delta.people();
            if (changed != null) {
                boolean isDisowned = delta.count() > changed.total();
                changed.forEachHash(person -> {
                    if (!isDisowned || changed.times(person) > 0) {
                        people.add(person);
                    }
                });
            }
        }
        return people;
    }

    void applyTo(CellTable copy) {
        deltas.forEach((key, delta) -> copy.add(key, delta, 1));
    }
}
