package dev.clinickpi.privacy.publication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * data security", 1988.) The smallest cut over an edge is a maximum flow between its ends.
 *
 * <p>A person of several edges counts on the one of the fewest people alone, so that a cut's people are never overcounted. All rows that are not shown are
 * one vertex: their sum is known, and nothing else of them.
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
        List<Edge> edges = edges(shown);
        Map<Object, List<Edge>> at = new HashMap<>();
        for (Edge edge : edges) {
            at.computeIfAbsent(edge.block, key -> new ArrayList<>()).add(edge);
            at.computeIfAbsent(edge.row, key -> new ArrayList<>()).add(edge);
        }
        for (Edge edge : edges) {
            edges.forEach(each -> each.left = each.capacity);
            if (!isCrossedByEnough(edge, at)) {
                return edge.row;
            }
        }
        return null;
    }

    private List<Edge> edges(Set<String> shown) {
        Map<Integer, Map<String, Set<Integer>>> merged = new TreeMap<>();
        for (int block = 0; block < blocks.size(); block++) {
            Map<String, Set<Integer>> rows = new TreeMap<>();
            blocks.get(block)
                    .forEach((row, people) -> rows.computeIfAbsent(
                                    shown.contains(row) ? row : HIDDEN, key -> new HashSet<>())
                            .addAll(people));
            merged.put(block, rows);
        }
        List<Edge> edges = new ArrayList<>();
        merged.forEach((block, rows) -> rows.forEach((row, people) -> edges.add(new Edge(block, row, people))));
        edges.sort(Comparator.comparingInt((Edge edge) -> edge.people.size())
                .thenComparing(edge -> edge.row)
                .thenComparingInt(edge -> edge.block));
        Set<Integer> counted = new HashSet<>();
        for (Edge edge : edges) {
            edge.capacity = (int) edge.people.stream().filter(counted::add).count();
        }
        return edges;
    }

    /** Whether every cut that an edge crosses is crossed by enough people. */
    private boolean isCrossedByEnough(Edge along, Map<Object, List<Edge>> at) {
        int flow = 0;
        while (flow < minimum) {
            int pushed = augment(along, at);
            if (pushed == 0) {
                return false;
            }
            flow += pushed;
        }
        return true;
    }

    /** Breadth first from the edge's block to its row, along what is left of edges either way. */
    private static int augment(Edge along, Map<Object, List<Edge>> at) {
        Map<Object, Edge> reachedBy = new HashMap<>();
        ArrayDeque<Object> next = new ArrayDeque<>(List.of((Object) along.block));
        Set<Object> seen = new HashSet<>(next);
        while (!next.isEmpty() && !seen.contains(along.row)) {
            Object vertex = next.remove();
            for (Edge edge : at.getOrDefault(vertex, List.of())) {
                boolean isForward = vertex.equals(edge.block) && edge.left > 0;
                boolean isBack = vertex.equals(edge.row) && edge.left < 2 * edge.capacity;
                Object other = isForward ? edge.row : edge.block;
                if ((isForward || isBack) && seen.add(other)) {
                    reachedBy.put(other, edge);
                    next.add(other);
                }
            }
        }
        return seen.contains(along.row) ? push(along, reachedBy) : 0;
    }

    private static int push(Edge along, Map<Object, Edge> reachedBy) {
        List<Edge> forward = new ArrayList<>();
        List<Edge> back = new ArrayList<>();
        Object vertex = along.row;
        while (!vertex.equals(along.block)) {
            Edge edge = Objects.requireNonNull(reachedBy.get(vertex));
            boolean isForward = vertex.equals(edge.row);
            (isForward ? forward : back).add(edge);
            vertex = isForward ? edge.block : edge.row;
        }
        int least = Integer.MAX_VALUE;
        for (Edge edge : forward) {
            least = Math.min(least, edge.left);
        }
        for (Edge edge : back) {
            least = Math.min(least, 2 * edge.capacity - edge.left);
        }
        int pushed = least;
        forward.forEach(edge -> edge.left -= pushed);
        back.forEach(edge -> edge.left += pushed);
        return pushed;
    }

    private static final class Edge {

        private final Integer block;
        private final String row;
        private final Set<Integer> people;
        private int capacity;

        /** What may yet flow to the row; twice the capacity less that, from it. */
        private int left;

        Edge(Integer block, String row, Set<Integer> people) {
            this.block = block;
            this.row = row;
            this.people = people;
        }
    }
}
