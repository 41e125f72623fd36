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

/**
 * Sums of unknowns that were published, each unknown being what one conversation contributes and each conversation some patient's; and whether they determine
 * anything of too few patients. Exact: a combination of the sums that leaves few patients exists over the rationals if and only if leaving them out lowers
 * the rank, which is taken modulo a prime of 31 bits.
 */
final class PublishedSums {

    private static final long PRIME = 2_147_483_629L;
    private static final int MOST_SETS = 300;

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
        List<BitSet> facts = new ArrayList<>(sums);
        Map<BitSet, Set<Integer>> alike = alike(facts);
        List<BitSet> columns = new ArrayList<>(alike.keySet());
        long[][] basis = basis(facts.size(), columns);
        int rank = rank(basis, columns.size(), Set.of());
        List<Integer> small = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            if (alike.get(columns.get(column)).size() < minimum) {
                small.add(column);
            }
        }
        List<Set<Integer>> sets = new ArrayList<>();
        grow(small, 0, new HashSet<>(), new HashSet<>(), columns, alike, minimum, sets);
        for (Set<Integer> few : sets) {
            if (rank(basis, columns.size(), few) < rank) {
                return true;
            }
        }
        return false;
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

    /** Sets of unknowns of too few patients together, none within another that comes first. */
    private static void grow(
            List<Integer> small,
            int from,
            Set<Integer> chosen,
            Set<Integer> people,
            List<BitSet> columns,
            Map<BitSet, Set<Integer>> alike,
            int minimum,
            List<Set<Integer>> into) {
        boolean isLargest = true;
        for (int i = from; i < small.size() && into.size() < MOST_SETS; i++) {
            Set<Integer> more = new HashSet<>(people);
            more.addAll(alike.get(columns.get(small.get(i))));
            if (more.size() < minimum) {
                isLargest = false;
                Set<Integer> next = new HashSet<>(chosen);
                next.add(small.get(i));
                grow(small, i + 1, next, more, columns, alike, minimum, into);
            }
        }
        if (isLargest && !chosen.isEmpty()) {
            into.add(chosen);
        }
    }

    private static long[][] basis(int facts, List<BitSet> columns) {
        long[][] matrix = new long[facts][columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            int place = column;
            columns.get(column).stream().forEach(fact -> matrix[fact][place] = 1);
        }
        int rank = eliminate(matrix, columns.size(), Set.of());
        return Arrays.copyOf(matrix, rank);
    }

    private static int rank(long[][] basis, int columns, Set<Integer> without) {
        long[][] copy = new long[basis.length][];
        Arrays.setAll(copy, i -> basis[i].clone());
        return eliminate(copy, columns, without);
    }

    private static int eliminate(long[][] rows, int columns, Set<Integer> without) {
        int rank = 0;
        for (int column = 0; column < columns && rank < rows.length; column++) {
            int pivot = without.contains(column) ? rows.length : rank;
            while (pivot < rows.length && rows[pivot][column] == 0) {
                pivot++;
            }
            if (pivot < rows.length) {
                long[] row = rows[pivot];
                rows[pivot] = rows[rank];
                rows[rank] = row;
                long inverse = inverse(row[column]);
                for (int below = rank + 1; below < rows.length; below++) {
                    long factor = rows[below][column] * inverse % PRIME;
                    for (int i = 0; factor != 0 && i < columns; i++) {
                        rows[below][i] = (rows[below][i] + (PRIME - factor) * row[i]) % PRIME;
                    }
                }
                rank++;
            }
        }
        return rank;
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
        return sums.size() + " sums of " + new HashMap<>(alike(new ArrayList<>(sums))).size() + " unknowns";
    }
}
