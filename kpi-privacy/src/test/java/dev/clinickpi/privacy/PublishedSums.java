package dev.clinickpi.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums of unknowns that were published, each unknown being what one conversation contributes and each conversation some patient's; and whether they determine
 * anything of too few patients. Exact: a combination of the sums is what is at right angles to all that the sums do not fix, so one that leaves a few unknowns
 * exists over the rationals if and only if what those have in the null space depends linearly on each other, which is told modulo a prime of 31 bits. Every
 * group of too few patients is looked at; where there are more groups than that takes time for, there is no answer at all.
 */
final class PublishedSums {

    private static final long PRIME = 2_147_483_629L;
    private static final int MOST_GROUPS = 2_000_000;

    private final List<Integer> patients;
    private final Set<BitSet> sums = new HashSet<>();

    /** @param patients whose each conversation is */
    PublishedSums(List<Integer> patients) {
        this.patients = List.copyOf(patients);
    }

    void add(BitSet conversations) {
        if (!conversations.isEmpty()) {
            sums.add(conversations);
        }
    }

    int size() {
        return sums.size();
    }

    /** Whether something of 1 to {@code minimum} - 1 patients can be had by adding and subtracting. */
    boolean giveAway(int minimum) {
        return !givenAway(minimum).isEmpty();
    }

    /**
     * A group of 1 to {@code minimum} - 1 patients of whom something can be had by adding and subtracting; empty when there is none.
     *
     * @throws IllegalStateException if there are too many such groups to look at them all
     */
    Set<Integer> givenAway(int minimum) {
        for (List<BitSet> facts : apart()) {
            Map<BitSet, Set<Integer>> alike = alike(facts);
            List<BitSet> columns = new ArrayList<>(alike.keySet());
            long[][] free = nullSpace(facts.size(), columns);
            List<Unknown> small = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                Set<Integer> people = alike.get(columns.get(column));
                if (people.size() < minimum) {
                    small.add(new Unknown(people, free[column]));
                }
            }
            Set<Integer> found = new Search(small, minimum).search(Set.of());
            if (found != null) {
                return found;
            }
        }
        return Set.of();
    }

    /** Sums that have nothing in common with the others, not even by way of third ones, tell nothing together that each does not. */
    private List<List<BitSet>> apart() {
        Map<BitSet, List<BitSet>> apart = new HashMap<>();
        for (BitSet sum : sums) {
            BitSet all = (BitSet) sum.clone();
            List<BitSet> together = new ArrayList<>(List.of(sum));
            for (BitSet other : List.copyOf(apart.keySet())) {
                if (other.intersects(sum)) {
                    all.or(other);
                    together.addAll(apart.remove(other));
                }
            }
            apart.put(all, together);
        }
        return List.copyOf(apart.values());
    }

    /** Conversations that every sum holds together are one unknown. Those of no sum are none. */
    private Map<BitSet, Set<Integer>> alike(List<BitSet> facts) {
        Map<BitSet, Set<Integer>> alike = new LinkedHashMap<>();
        for (int conversation = 0; conversation < patients.size(); conversation++) {
            BitSet in = new BitSet();
            for (int fact = 0; fact < facts.size(); fact++) {
                in.set(fact, facts.get(fact).get(conversation));
            }
            if (!in.isEmpty()) {
                alike.computeIfAbsent(in, key -> new HashSet<>()).add(patients.get(conversation));
            }
        }
        return alike;
    }

    /** What each unknown has in a basis of all that the sums leave open. */
    private static long[][] nullSpace(int facts, List<BitSet> columns) {
        int size = columns.size();
        long[][] rows = new long[facts][size];
        for (int column = 0; column < size; column++) {
            int place = column;
            columns.get(column).stream().forEach(fact -> rows[fact][place] = 1);
        }
        int[] pivots = eliminate(rows, size);
        BitSet fixed = new BitSet();
        Arrays.stream(pivots).forEach(fixed::set);
        long[][] free = new long[size][size - pivots.length];
        int place = 0;
        for (int column = fixed.nextClearBit(0); column < size; column = fixed.nextClearBit(column + 1)) {
            free[column][place] = 1;
            for (int row = 0; row < pivots.length; row++) {
                free[pivots[row]][place] = (PRIME - rows[row][column]) % PRIME;
            }
            place++;
        }
        return free;
    }

    /** Brings rows to their reduced form, and says in which column each of those that are not 0 begins. */
    private static int[] eliminate(long[][] rows, int columns) {
        int[] pivots = new int[Math.min(rows.length, columns)];
        int rank = 0;
        for (int column = 0; column < columns && rank < rows.length; column++) {
            int pivot = rank;
            while (pivot < rows.length && rows[pivot][column] == 0) {
                pivot++;
            }
            if (pivot < rows.length) {
                long[] row = rows[pivot];
                rows[pivot] = rows[rank];
                rows[rank] = row;
                scale(row, inverse(row[column]));
                for (int other = 0; other < rows.length; other++) {
                    if (other != rank) {
                        subtract(row, rows[other][column], rows[other]);
                    }
                }
                pivots[rank++] = column;
            }
        }
        return Arrays.copyOf(pivots, rank);
    }

    private static void scale(long[] row, long by) {
        for (int i = 0; i < row.length; i++) {
            row[i] = row[i] * by % PRIME;
        }
    }

    private static void subtract(long[] row, long times, long[] from) {
        for (int i = 0; times != 0 && i < row.length; i++) {
            from[i] = (from[i] + (PRIME - times) * row[i]) % PRIME;
        }
    }

    private static long inverse(long value) {
        long result = 1;
        long power = value;
        for (long exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = result * power % PRIME;
            }
            power = power * power % PRIME;
        }
        return result;
    }

    /** For messages: how many sums there are of how many unknowns. */
    @Override
    public String toString() {
        return sums.size() + " sums of " + alike(new ArrayList<>(sums)).size() + " unknowns";
    }

    /**
     * Conversations that no sum tells apart.
     *
     * @param people whose they are
     * @param free what they have in each vector of the null space
     */
    private record Unknown(Set<Integer> people, long[] free) {}

    /** Looks at every group of too few patients that all of some unknowns are of. */
    private static final class Search {

        private final List<Unknown> small;
        private final int minimum;
        private final Set<Set<Integer>> seen = new HashSet<>();

        Search(List<Unknown> small, int minimum) {
            this.small = small;
            this.minimum = minimum;
        }

        @Nullable
        Set<Integer> search(Set<Integer> group) {
            if (!group.isEmpty() && isDetermined(group)) {
                return group;
            }
            for (Unknown unknown : small) {
                Set<Integer> more = new HashSet<>(group);
                more.addAll(unknown.people);
                if (more.size() < minimum && more.size() > group.size() && seen.add(more)) {
                    if (seen.size() > MOST_GROUPS) {
                        throw new IllegalStateException("More than " + MOST_GROUPS
                                + " groups of too few patients; attack a smaller clinic, or ask it less");
                    }
                    Set<Integer> found = search(more);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }

        private boolean isDetermined(Set<Integer> group) {
            long[][] rows = small.stream()
                    .filter(unknown -> group.containsAll(unknown.people))
                    .map(unknown -> unknown.free.clone())
                    .toArray(long[][]::new);
            return eliminate(rows, rows[0].length).length < rows.length;
        }
    }
}
