package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.privacy.benchmark.SectorStatistic.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How closely one owner can estimate another's value from above, who knows his own, the sums of some groups unrounded, and who stands in which group: more than
 * anybody is told. Of the rest he knows no more than that it is at least what everybody's is, so what he can say of another's value is the greatest that it may
 * be: a linear programme.
 *
 * <p>Nothing tells apart those who stand in the same groups, so the programme has one unknown for each such set, and of a set the greatest value is the best
 * known, by the owner of the greatest other one. Computed in floating point: what is too close by a hair counts as too close.
 */
final class Estimates {

    static final double HAIR = 1e-9;

    private static final double PERCENT = 100;

    /** In which groups each set stands, and its values' distances as shares of the greatest of all, in ascending order. */
    private final List<boolean[]> memberships = new ArrayList<>();

    private final List<double[]> sets = new ArrayList<>();
    private final double[] sums;
    private final double origin;

    /**
     * The estimates of some values.
     *
     * @param distances of the values from the least that there can be, in ascending order, two at the least
     * @param groups the places in each group whose sum is known
     * @param least what there is at the least
     */
    Estimates(List<BigDecimal> distances, List<Range> groups, double least) {
        double farthest = distances.get(distances.size() - 1).doubleValue();
        double scale = farthest == 0 ? 1 : farthest;
        double[] shares = distances.stream()
                .mapToDouble(distance -> distance.doubleValue() / scale)
                .toArray();
        origin = least / scale;
        sums = groups.stream()
                .mapToDouble(
                        group -> Arrays.stream(shares, group.from(), group.to()).sum())
                .toArray();
        Map<List<Boolean>, List<Double>> alike = new LinkedHashMap<>();
        for (int place = 0; place < shares.length; place++) {
            int which = place;
            List<Boolean> in = groups.stream().map(group -> group.has(which)).toList();
            alike.computeIfAbsent(in, key -> new ArrayList<>()).add(shares[place]);
        }
        alike.forEach((in, members) -> {
            boolean[] membership = new boolean[in.size()];
            for (int group = 0; group < membership.length; group++) {
                membership[group] = in.get(group);
            }
            memberships.add(membership);
            sets.add(members.stream().mapToDouble(Double::doubleValue).toArray());
        });
    }

    /** Whether somebody can say of another's value that it is greater by no more than so many per cent. */
    boolean comeWithin(int percent) {
        for (int looker = 0; looker < sets.size(); looker++) {
            for (int other = 0; other < sets.size(); other++) {
                if (isWithin(percent, looker, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isWithin(int percent, int looker, int other) {
        double[] his = sets.get(looker);
        double[] theirs = sets.get(other);
        int place = his.length - (looker == other ? 2 : 1);
        if (place < 0) {
            return false;
        }
        double bound = greatestOf(other, looker, his[place]);
        return origin + bound <= (origin + theirs[theirs.length - 1]) * (1 + percent / PERCENT) + HAIR;
    }

    /** The greatest value that one of a set may have, for who has a value of his own in a set. */
    private double greatestOf(int set, int ownSet, double own) {
        double[] others = sums.clone();
        for (int group = 0; group < others.length; group++) {
            others[group] -= memberships.get(ownSet)[group] ? own : 0;
        }
        return new SumsOfSets(memberships, others).greatest(set);
    }
}
