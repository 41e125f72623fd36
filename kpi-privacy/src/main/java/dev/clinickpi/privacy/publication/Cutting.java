package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Cuts a stratum's time into blocks, from the last border on and, where facts of earlier have come, up to the first. */
final class Cutting {

    private final Stratum stratum;
    private final Cells cells;
    private final int minimum;

    Cutting(Stratum stratum, Cells cells, int minimum) {
        this.stratum = stratum;
        this.cells = cells;
        this.minimum = minimum;
    }

    /**
     * The grid with all blocks that can be cut by now.
     *
     * @param marks where borders may be: the starts of local days, or the borders of the stratum that this one lies within
     */
    Grid extend(Grid grid, long[] marks) {
        if (marks.length < 2) {
            return grid;
        }
        if (grid.isEmpty()) {
            return grid.with(blocks(marks, false));
        }
        Grid extended = grid;
        long[] before = Grid.of(marks).between(Long.MIN_VALUE, grid.first());
        if (before.length > 1) {
            extended = extended.with(blocks(before, true));
        }
        long[] behind = Grid.of(marks).between(grid.last(), Long.MAX_VALUE);
        return behind.length > 1 ? extended.with(blocks(behind, false)) : extended;
    }

    /**
     * The borders of blocks that each have enough people, with every mark before the first person among them: where there is nothing, nothing can be told
     * apart. What is left over stays open, or goes to the last block where the next one is cut already.
     */
    private List<Long> blocks(long[] marks, boolean isClosedBehind) {
        List<Long> borders = new ArrayList<>();
        List<Long> pending = new ArrayList<>(List.of(marks[0]));
        Set<Integer> people = new HashSet<>();
        boolean isOccupied = false;
        for (int i = 0; i + 1 < marks.length; i++) {
            boolean isEmpty = isEmpty(marks[i], marks[i + 1]);
            if (isOccupied || !isEmpty) {
                isOccupied = true;
                cells.people(stratum.population(), marks[i], marks[i + 1]).forEachHash(people::add);
            } else {
                pending.add(marks[i + 1]);
            }
            if (people.size() >= minimum) {
                borders.addAll(pending);
                borders.add(marks[i + 1]);
                pending.clear();
                people.clear();
                isOccupied = false;
            }
        }
        if (isClosedBehind && !borders.isEmpty() && borders.get(borders.size() - 1) != marks[marks.length - 1]) {
            closeBehind(borders, isOccupied, pending);
        }
        return borders;
    }

    /** The border behind is there already: only the one before what is left over may not stay. */
    private static void closeBehind(List<Long> borders, boolean isOccupied, List<Long> pending) {
        if (isOccupied) {
            borders.remove(borders.size() - 1);
        } else {
            borders.addAll(pending);
        }
    }

    private boolean isEmpty(long from, long to) {
        return isEmpty(stratum, cells, from, to);
    }

    /** Whether nothing that is judged in a stratum lies in a span. */
    static boolean isEmpty(Stratum stratum, Cells cells, long from, long to) {
        boolean[] found = {false};
        stratum.measures().forEach(measure -> cells.read(measure, from, to, (day, dimension, cell) -> found[0] = true));
        return !found[0];
    }

    /**
     * The starts of the local days at which a stratum's grid may be extended: before its first border from that of the first fact on, and behind its last
     * one to that of the day of a moment.
     */
    static long[] days(Stratum stratum, Cells cells, Grid grid, long moment) {
        LocalDays days = cells.localDays();
        long today = days.start(days.of(moment));
        TreeSet<Long> marks = new TreeSet<>();
        long headEnd = grid.isEmpty() ? today : grid.first();
        addDays(marks, days, earliest(stratum, cells, headEnd), headEnd);
        if (!grid.isEmpty()) {
            marks.add(grid.first());
            marks.add(grid.last());
            addDays(marks, days, days.start(days.of(grid.last()) + 1), today);
        }
        return marks.stream().mapToLong(Long::longValue).toArray();
    }

    private static void addDays(Set<Long> marks, LocalDays days, long from, long end) {
        if (from <= end) {
            for (long day = days.of(from); days.start(day) <= end; day++) {
                marks.add(days.start(day));
            }
        }
    }

    private static long earliest(Stratum stratum, Cells cells, long before) {
        long[] earliest = {Long.MAX_VALUE};
        stratum.measures()
                .forEach(measure -> cells.readBySlice(
                        measure,
                        Slice.EARLIEST,
                        before,
                        (slice, dimension, cell) -> earliest[0] = Math.min(earliest[0], Slice.start(slice))));
        return earliest[0];
    }
}
