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
import org.jspecify.annotations.Nullable;

/**
 * Paths between the ends of an edge that have nobody in common. Each step of a path is one of the people of the edge that it goes along; somebody may be on
 * several steps of one path, but on no other path. Whatever cut separates the two ends, every path steps over it somewhere; so it is crossed by at least as
 * many people as there are paths, though each counts once however often they cross.
 *
 * <p>The reverse does not hold: the fewest people across a cut cannot be found in any reasonable time where one of them is on several edges. So a path that is
 * not found hides a row too many, and shows none too many. Those of the edge itself cross every such cut, and each is a path; the others are searched for one
 * after the other, the shortest first, by those who are on the fewest edges.
 */
final class DisjointPaths {

    private final Map<Object, List<RowEdge>> at = new HashMap<>();
    private final Map<Integer, Integer> edgesOf = new HashMap<>();
    private final Comparator<Integer> onFewestEdges = Comparator.<Integer>comparingInt(
                    person -> edgesOf.getOrDefault(person, 0))
            .thenComparing(person -> person);

    DisjointPaths(List<RowEdge> edges) {
        for (RowEdge edge : edges) {
            at.computeIfAbsent(edge.block(), key -> new ArrayList<>()).add(edge);
            at.computeIfAbsent(edge.row(), key -> new ArrayList<>()).add(edge);
            edge.people().forEach(person -> edgesOf.merge(person, 1, Integer::sum));
        }
    }

    /** Whether so many are found between the ends of an edge. */
    boolean areAtLeast(int minimum, RowEdge along) {
        Set<Integer> used = new HashSet<>(along.people());
        int paths = used.size();
        while (paths < minimum) {
            List<RowEdge> path = shortest(along, used);
            if (path == null) {
                return false;
            }
            use(path, used);
            paths++;
        }
        return true;
    }

    /** Breadth first over edges on which somebody is left. */
    private @Nullable List<RowEdge> shortest(RowEdge along, Set<Integer> used) {
        Map<Object, RowEdge> reachedBy = new HashMap<>();
        Set<Object> seen = new HashSet<>(Set.of((Object) along.block()));
        ArrayDeque<Object> next = new ArrayDeque<>(seen);
        while (!next.isEmpty() && !seen.contains(along.row())) {
            Object vertex = next.remove();
            for (RowEdge edge : at.getOrDefault(vertex, List.of())) {
                Object other = edge.other(vertex);
                if (!seen.contains(other) && !used.containsAll(edge.people())) {
                    seen.add(other);
                    reachedBy.put(other, edge);
                    next.add(other);
                }
            }
        }
        return seen.contains(along.row()) ? back(along, reachedBy) : null;
    }

    private static List<RowEdge> back(RowEdge along, Map<Object, RowEdge> reachedBy) {
        List<RowEdge> path = new ArrayList<>();
        Object vertex = along.row();
        while (!vertex.equals(along.block())) {
            RowEdge edge = Objects.requireNonNull(reachedBy.get(vertex));
            path.add(edge);
            vertex = edge.other(vertex);
        }
        return path;
    }

    private void use(List<RowEdge> path, Set<Integer> used) {
        Set<Integer> steps = new HashSet<>();
        for (RowEdge edge : path) {
            if (edge.people().stream().noneMatch(steps::contains)) {
                steps.add(edge.people().stream()
                        .filter(person -> !used.contains(person))
                        .min(onFewestEdges)
                        .orElseThrow());
            }
        }
        used.addAll(steps);
    }
}
