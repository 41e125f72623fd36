package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.privacy.benchmark.SectorStatistic.Range;
import dev.clinickpi.sector.SectorBenchmark;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What somebody works out who adds and subtracts up to four of the sums that lie behind published means, each as far as its rounding leaves it open. Whoever is subtracted more
 * often than added has to be known; the others are not negative, so what is left is no less than the one who is looked for. Of the figures of one month that is all
 * that linear programming could find: each sum is of neighbours in one order, so its dual has no other vertices (a matrix of consecutive ones is totally unimodular).
 *
 * <p>It is given who stands in which group, as who knows the sector well would, and each one's true value, to tell whether it was found.
 */
final class AddedAndSubtracted {

    private static final int MOST = 4;
    private static final double TOLD = 1.1;
    private static final double HAIR = 1e-9;

    private final double[] truth;
    private final List<Sum> sums = new ArrayList<>();

    /** @param members who is added up, by their places in the truth */
    private record Sum(boolean[] members, double low, double high) {}

    AddedAndSubtracted(List<BigDecimal> truth) {
        this.truth = truth.stream().mapToDouble(BigDecimal::doubleValue).toArray();
    }

    /** Learns the figures of a month. */
    void learn(SectorBenchmark benchmark, List<Integer> panel, int neighbours) {
        List<Integer> order = new ArrayList<>(panel);
        order.sort((one, other) -> Double.compare(truth[one], truth[other]));
        learn(benchmark.mean(), order, new Range(0, order.size()));
        List<BigDecimal> quartiles = List.of(benchmark.lowerQuartile(), benchmark.median(), benchmark.upperQuartile());
        for (int quartile = 1; quartile <= quartiles.size(); quartile++) {
            learn(quartiles.get(quartile - 1), order, SectorStatistic.around(order.size(), quartile, neighbours));
        }
    }

    private void learn(BigDecimal mean, List<Integer> order, Range group) {
        boolean[] members = new boolean[truth.length];
        order.subList(group.from(), group.to()).forEach(place -> members[place] = true);
        int size = group.to() - group.from();
        // Trailing zeros are not kept by every store: three digits are what a value is known to at the worst.
        double half = mean.precision() > 3 ? 0 : mean.ulp().doubleValue() * Math.pow(10, mean.precision() - 3) / 2;
        sums.add(new Sum(members, size * (mean.doubleValue() - half), size * (mean.doubleValue() + half)));
    }

    /** Whether one of those who know some values each can say of another's that it is greater by less than 10 %. */
    boolean tells(Collection<Set<Integer>> lookers) {
        return tells(lookers, 0, 0, 0, new int[truth.length]);
    }

    private boolean tells(Collection<Set<Integer>> lookers, int from, int used, double bound, int[] times) {
        if (used > 0 && lookers.stream().anyMatch(own -> isTold(own, bound, times))) {
            return true;
        }
        for (int i = from; i < sums.size() && used < MOST; i++) {
            Sum sum = sums.get(i);
            if (tells(lookers, i + 1, used + 1, bound + sum.high, plus(times, sum.members, 1))
                    || tells(lookers, i + 1, used + 1, bound - sum.low, plus(times, sum.members, -1))) {
                return true;
            }
        }
        return false;
    }

    private static int[] plus(int[] times, boolean[] members, int sign) {
        int[] more = Arrays.copyOf(times, times.length);
        for (int place = 0; place < more.length; place++) {
            more[place] += members[place] ? sign : 0;
        }
        return more;
    }

    private boolean isTold(Set<Integer> own, double bound, int[] times) {
        double left = bound;
        for (int place = 0; place < times.length; place++) {
            if (own.contains(place)) {
                left -= times[place] * truth[place];
            } else if (times[place] < 0) {
                return false;
            }
        }
        for (int place = 0; place < times.length; place++) {
            if (times[place] > 0
                    && !own.contains(place)
                    && truth[place] > 0
                    && left / times[place] < truth[place] * TOLD - HAIR) {
                return true;
            }
        }
        return false;
    }
}
