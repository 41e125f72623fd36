package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellKey;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The funnel as it would be had the scores of some people not changed since the copy was made. Whether a conversation without an appointment is qualified is all that
 * a score decides: with one it is anyway.
 */
final class HeldScores {

    private static final Dimension NOT_QUALIFIED = Dimension.NONE;
    private static final Dimension NOT_BOOKED = Dimension.of("qualified");

    private final Set<Integer> people;

    HeldScores(Set<Integer> people) {
        this.people = people;
    }

    /** What has to be added to the changes of the funnel for them to be without those scores. */
    Map<CellKey, Cell> corrections(Cells copy, Cells cells, long from, long to) {
        Map<CellKey, Cell> corrections = new HashMap<>();
        if (!people.isEmpty()) {
            Map<Place, Conversations> held = new HashMap<>();
            read(copy, Measure.QUALIFIED, Dimension.NONE, from, to, held, (of, times) -> of.wereQualified += times);
            read(cells, Measure.QUALIFIED, Dimension.NONE, from, to, held, (of, times) -> of.qualified += times);
            read(cells, Measure.BOOKED, Dimension.NONE, from, to, held, (of, times) -> of.booked += times);
            read(cells, Measure.UNFINISHED, NOT_QUALIFIED, from, to, held, (of, times) -> of.openUnqualified += times);
            read(cells, Measure.UNFINISHED, NOT_BOOKED, from, to, held, (of, times) -> of.openQualified += times);
            held.forEach((place, of) -> {
                add(Measure.QUALIFIED, Dimension.NONE, place, of.heldQualified() - of.qualified, corrections);
                long moved = of.heldOpenQualified() - of.openQualified;
                add(Measure.UNFINISHED, NOT_BOOKED, place, moved, corrections);
                add(Measure.UNFINISHED, NOT_QUALIFIED, place, -moved, corrections);
            });
        }
        return corrections;
    }

    private void read(
            Cells from,
            Measure measure,
            Dimension of,
            long begin,
            long end,
            Map<Place, Conversations> into,
            Adder adder) {
        from.readBySlice(measure, begin, end, (slice, dimension, cell) -> {
            People behind = cell.people();
            if (behind != null && dimension.equals(of)) {
                for (int person : people) {
                    long times = behind.times(person);
                    if (times != 0) {
                        adder.add(into.computeIfAbsent(new Place(slice, person), key -> new Conversations()), times);
                    }
                }
            }
        });
    }

    private static void add(
            Measure measure, Dimension dimension, Place place, long times, Map<CellKey, Cell> corrections) {
        if (times != 0) {
            Cell cell = corrections.computeIfAbsent(new CellKey(measure, place.slice, dimension), key -> new Cell());
            cell.addCount(times);
            cell.addPerson(place.person, times);
        }
    }

    private record Place(long slice, int person) {}

    /** What a person's conversations of a slice count for: most often there is one. */
    private static final class Conversations {

        private long wereQualified;
        private long qualified;
        private long booked;
        private long openUnqualified;
        private long openQualified;

        long heldQualified() {
            return Math.max(wereQualified, booked);
        }

        long heldOpenQualified() {
            return Math.min(openUnqualified + openQualified, heldQualified() - booked);
        }
    }

    private interface Adder {

        void add(Conversations of, long times);
    }
}
