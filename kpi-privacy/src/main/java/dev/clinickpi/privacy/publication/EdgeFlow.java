package dev.clinickpi.privacy.publication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The maximum flow between the ends of an edge, which is the smallest cut over it. Each person counts on one edge alone, the one that comes first, so that the
 * people across a cut are never overcounted.
 */
final class EdgeFlow {

    private final Map<Object, List<RowEdge>> at = new HashMap<>();
    private final Map<RowEdge, Integer> capacity = new HashMap<>();

    EdgeFlow(List<RowEdge> edges) {
        Set<Integer> counted = new HashSet<>();
        for (RowEdge edge : edges) {
            at.computeIfAbsent(edge.block(), key -> new ArrayList<>()).add(edge);
            at.computeIfAbsent(edge.row(), key -> new ArrayList<>()).add(edge);
            capacity.put(edge, (int) edge.people().stream().filter(counted::add).count());
        }
    }

    /** Whether every cut that an edge crosses is crossed by so many people. */
    boolean isAtLeast(int minimum, RowEdge along) {
        Map<RowEdge, Integer> left = new HashMap<>(capacity);
        int flow = 0;
        while (flow < minimum) {
            int pushed = augment(along, left);
            if (pushed == 0) {
                return false;
            }
            flow += pushed;
        }
        return true;
    }

    /**
     * Breadth first from the edge's block to its row, along what is left of edges either way.
     *
     * @param left what may yet flow to the row of each edge; twice the capacity less that, from it
     */
    private int augment(RowEdge along, Map<RowEdge, Integer> left) {
        Map<Object, RowEdge> reachedBy = new HashMap<>();
        Set<Object> seen = new HashSet<>(Set.of((Object) along.block()));
        ArrayDeque<Object> next = new ArrayDeque<>(seen);
        while (!next.isEmpty() && !seen.contains(along.row())) {
            Object vertex = next.remove();
            for (RowEdge edge : at.getOrDefault(vertex, List.of())) {
                if (room(edge, vertex, left) > 0 && seen.add(edge.other(vertex))) {
                    reachedBy.put(edge.other(vertex), edge);
                    next.add(edge.other(vertex));
                }
            }
        }
        return seen.contains(along.row()) ? push(along, reachedBy, left) : 0;
    }

    private int room(RowEdge edge, Object from, Map<RowEdge, Integer> left) {
        int forward = left.getOrDefault(edge, 0);
        return from.equals(edge.block()) ? forward : 2 * capacity.getOrDefault(edge, 0) - forward;
    }

    private int push(RowEdge along, Map<Object, RowEdge> reachedBy, Map<RowEdge, Integer> left) {
        Map<RowEdge, Integer> signs = new HashMap<>();
        int least = Integer.MAX_VALUE;
        Object vertex = along.row();
        while (!vertex.equals(along.block())) {
            RowEdge edge = Objects.requireNonNull(reachedBy.get(vertex));
            signs.put(edge, vertex.equals(edge.row()) ? -1 : 1);
            vertex = edge.other(vertex);
            least = Math.min(least, room(edge, vertex, left));
        }
        int pushed = least;
        signs.forEach((edge, sign) -> left.merge(edge, sign * pushed, Integer::sum));
        return pushed;
    }
}
