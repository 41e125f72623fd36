package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.privacy.benchmark.SectorStatistic.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody could work out of the benchmarks of several months who adds and subtracts up to four of the sums behind them, if nothing changed in the meantime but
 * who is in them. Hardly any sector stands so still, but nobody can rely on that.
 *
 * <p>Each is taken to bring what he brings now; of those who have left it is known between whom they stood. Who looks knows his own value, and who stands in which
 * group. Of a combination of sums in which nobody else counts less than nothing, what is left for one is a bound of his value.
 */
final class StillSector {

    private static final int MOST = 4;
    private static final double PERCENT = 100;
    private static final int NOBODY = -1;

    private final double[] least;
    private final double[] most;
    private final double origin;
    private final double told;
    private final List<boolean[]> sums = new ArrayList<>();

    /**
     * A sector.
     *
     * @param least what each owner brings at the least, beyond what everybody does
     * @param most what each brings at the most beyond that
     * @param origin what everybody brings
     * @param percent within how many per cent nobody may be estimated
     */
    StillSector(double[] least, double[] most, double origin, int percent) {
        this.least = least;
        this.most = most;
        this.origin = origin;
        this.told = percent / PERCENT;
    }

    /**
     * Adds the benchmark of some owners.
     *
     * @param order their places among all, in ascending order of what they brought
     */
    void add(List<Integer> order, int neighbours) {
        addGroups(order, neighbours);
        addGroups(withTiesReversed(order), neighbours);
    }

    private void addGroups(List<Integer> order, int neighbours) {
        int owners = order.size();
        add(order, new Range(0, owners));
        for (int quartile = 1; quartile <= 3; quartile++) {
            add(order, SectorStatistic.around(owners, quartile, neighbours));
        }
    }

    private void add(List<Integer> order, Range group) {
        boolean[] members = new boolean[least.length];
        order.subList(group.from(), group.to()).forEach(place -> members[place] = true);
        if (sums.stream().noneMatch(sum -> Arrays.equals(sum, members))) {
            sums.add(members);
        }
    }

    /** Of two who bring the same, either may be the one who stands in a group: its sum is the same. */
    private List<Integer> withTiesReversed(List<Integer> order) {
        List<Integer> reversed = new ArrayList<>();
        int begin = 0;
        for (int place : order) {
            if (begin < reversed.size() && !areTied(reversed.get(begin), place)) {
                begin = reversed.size();
            }
            reversed.add(begin, place);
        }
        return reversed;
    }

    private boolean areTied(int one, int other) {
        return least[one] == most[one] && least[other] == most[other] && least[one] == least[other];
    }

    /** Whether anybody's value can be worked out too well. */
    boolean tellsOfAny() {
        return tellsOfAny(0, 0, new int[least.length]);
    }

    private boolean tellsOfAny(int from, int used, int[] times) {
        if (used > 0 && isTold(times)) {
            return true;
        }
        // Each sum may be added or subtracted more than once: another month of the same owners is the same sum again.
        for (int next = from; next < 2 * sums.size() && used < MOST; next++) {
            boolean[] members = sums.get(next / 2);
            int sign = next % 2 == 0 ? 1 : -1;
            count(members, sign, times);
            boolean tells = tellsOfAny(next, used + 1, times);
            count(members, -sign, times);
            if (tells) {
                return true;
            }
        }
        return false;
    }

    private static void count(boolean[] members, int sign, int[] times) {
        for (int place = 0; place < times.length; place++) {
            times[place] += members[place] ? sign : 0;
        }
    }

    private boolean isTold(int[] times) {
        int negative = NOBODY;
        double total = 0;
        for (int place = 0; place < times.length; place++) {
            if (times[place] < 0) {
                if (negative != NOBODY) {
                    return false;
                }
                negative = place;
            } else {
                total += share(times, place);
            }
        }
        return negative == NOBODY ? isToldByAny(times, total) : isToldOfAny(times, total, 0, negative);
    }

    /** Whoever has most of what is added up knows the others best, and is himself known best by the second. */
    private boolean isToldByAny(int[] times, double total) {
        int first = greatest(times, NOBODY);
        int second = greatest(times, first);
        return isToldOfAny(times, total, share(times, first), first)
                || isToldOfAny(times, total, share(times, second), second);
    }

    private boolean isToldOfAny(int[] times, double total, double own, int looker) {
        for (int place = 0; place < times.length; place++) {
            double others = total - own - share(times, place);
            double near = times[place] * (origin + most[place]) * told;
            if (place != looker && times[place] > 0 && others <= near + Estimates.HAIR) {
                return true;
            }
        }
        return false;
    }

    private double share(int[] times, int place) {
        return place == NOBODY ? 0 : times[place] * least[place];
    }

    private int greatest(int[] times, int except) {
        int greatest = NOBODY;
        for (int place = 0; place < times.length; place++) {
            boolean isMore = greatest == NOBODY || share(times, place) > share(times, greatest);
            greatest = place != except && times[place] > 0 && isMore ? place : greatest;
        }
        return greatest;
    }
}
