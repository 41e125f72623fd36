package dev.clinickpi.privacy.publication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows may be shown beside totals of smaller spans.
 *
 * <p>Totals of blocks and totals of rows are the margins of a two-way table: a block is a vertex on the left, a row one on the right, and the people of a row
 * in a block are the edge between them. A sum of margins, each taken any number of times, gives every vertex a number and every edge the difference of its
 * ends; so what it says something of is all that lies between vertices of unequal numbers, which is an edge cut or more than one. Nothing of too few people can
 * be had from the margins if and only if every cut that people cross is crossed by enough of them. It does not matter which way they cross: a difference of
 * two and two people tells who is who as well, where it is as large as it can be. (On such cuts: Gusfield, "A graph theoretic approach to statistical
 * data security", 1988.) Whatever lies between unequal numbers has a whole cut in it, which some edge crosses; so an edge passes where every cut that it crosses
 * is crossed by enough, and all edges have to.
 *
 * <p>People who are on several edges count once across a cut. There are two ways to be sure of enough: {@linkplain DisjointPaths paths} that have nobody in
 * common, and a {@linkplain EdgeFlow flow} in which each counts on one edge. Either will do. All rows that are not shown are one vertex: their sum is known,
 * and nothing else of them.
 */
final class RowGraph {

    /** The key of all rows that are not shown; no label is of one space. */
    private static final String HIDDEN = " ";

    private final int minimum;
    private final List<Map<String, Set<Integer>>> blocks;

    /** The graph of the people of each row in each block. */
    RowGraph(List<Map<String, Set<Integer>>> blocks, int minimum) {
        this.blocks = List.copyOf(blocks);
        this.minimum = minimum;
    }

    /** The rows of enough people, whatever can be had by subtraction. */
    Set<String> large() {
        Map<String, Set<Integer>> byRow = byRow();
        Set<String> large = new HashSet<>(byRow.keySet());
        byRow.forEach((row, people) -> {
            if (people.size() < minimum) {
                large.remove(row);
            }
        });
        return large;
    }

    private Map<String, Set<Integer>> byRow() {
        Map<String, Set<Integer>> byRow = new TreeMap<>();
        blocks.forEach(block -> block.forEach((row, people) ->
                byRow.computeIfAbsent(row, key -> new HashSet<>()).addAll(people)));
        return byRow;
    }

    /** The rows that may be shown; with one alone, it is the total itself. */
    Set<String> shown() {
        Map<String, Set<Integer>> byRow = byRow();
        if (byRow.size() == 1) {
            return Set.copyOf(byRow.keySet());
        }
        Set<String> shown = large();
        Comparator<String> fewestFirst = Comparator.<String>comparingInt(
                        row -> byRow.getOrDefault(row, Set.of()).size())
                .thenComparing(row -> row);
        while (!shown.isEmpty()) {
            String culprit = firstCulprit(shown);
            if (culprit == null) {
                return shown;
            }
            shown.remove(
                    culprit.equals(HIDDEN) ? shown.stream().min(fewestFirst).orElseThrow() : culprit);
        }
        return shown;
    }

    /** Whether these rows may be shown. */
    boolean allows(Set<String> shown) {
        return isOfOneRow(shown) || firstCulprit(shown) == null;
    }

    private boolean isOfOneRow(Set<String> shown) {
        Set<String> rows = new HashSet<>();
        blocks.forEach(block -> rows.addAll(block.keySet()));
        return rows.isEmpty() || (rows.size() == 1 && shown.containsAll(rows));
    }

    /** Whether nine in ten people are in these rows. */
    boolean isMostIn(Set<String> shown) {
        long in = 0;
        long all = 0;
        for (Map<String, Set<Integer>> block : blocks) {
            for (Map.Entry<String, Set<Integer>> edge : block.entrySet()) {
                all += edge.getValue().size();
                in += shown.contains(edge.getKey()) ? edge.getValue().size() : 0;
            }
        }
        return 10 * in >= 9 * all;
    }

    private @Nullable String firstCulprit(Set<String> shown) {
        List<RowEdge> edges = edges(shown);
        DisjointPaths paths = new DisjointPaths(edges);
        EdgeFlow flow = new EdgeFlow(edges);
        for (RowEdge edge : edges) {
            if (!paths.areAtLeast(minimum, edge) && !flow.isAtLeast(minimum, edge)) {
                return edge.row();
            }
        }
        return null;
    }

    /** Those of the fewest people first. */
    private List<RowEdge> edges(Set<String> shown) {
        List<RowEdge> edges = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            int block = i;
            Map<String, Set<Integer>> rows = new TreeMap<>();
            blocks.get(block)
                    .forEach((row, people) -> rows.computeIfAbsent(
                                    shown.contains(row) ? row : HIDDEN, key -> new HashSet<>())
                            .addAll(people));
            rows.forEach((row, people) -> edges.add(new RowEdge(block, row, people)));
        }
        edges.removeIf(edge -> edge.people().isEmpty());
        edges.sort(Comparator.comparingInt((RowEdge edge) -> edge.people().size())
                .thenComparing(RowEdge::row)
                .thenComparingInt(RowEdge::block));
        return edges;
    }
}
