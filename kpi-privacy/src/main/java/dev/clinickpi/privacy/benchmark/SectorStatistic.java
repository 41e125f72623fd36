package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.sector.ClinicBand;
import dev.clinickpi.sector.SectorBenchmark;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A benchmark: where the clinics of a sector stand in one KPI over one month (section 7). The same for whoever looks, rounded to three significant
 * digits. It has no least, greatest or total value, since those are somebody's.
 *
 * <p><b>Quartiles.</b> Each is the mean of the values next to its place in the order, three or four of them, so that it is nobody's, and whoever is among them
 * learns no more than the mean of two others. Of six and seven owners the median is the mean of all: any other would, with the two quartiles, let somebody
 * work another's value out. No value follows from all four figures and one's own.
 *
 * <p><b>Dominance.</b> Whoever knows his own value knows a bound of any other: {@link Estimates}. A benchmark is withheld where that comes within
 * {@value #PERCENT} % of the other's value (the p % rule; Hundepool et al., "Statistical Disclosure Control", 2012, section 4.2), or of its distance from the
 * greatest value that the KPI can have.
 *
 * @param mean the mean of the owners' values
 * @param lowerQuartile about a quarter of the owners lie below it
 * @param median about half of them do
 * @param upperQuartile about three quarters of them do
 * @param clinics about how many owners there are
 */
record SectorStatistic(
        BigDecimal mean, BigDecimal lowerQuartile, BigDecimal median, BigDecimal upperQuartile, ClinicBand clinics) {

    /** Within how many per cent nobody may be estimated by another. */
    static final int PERCENT = 10;

    /** How many values a quartile is the mean of. */
    static final int NEIGHBOURS = 3;

    private static final MathContext EXACT_ENOUGH = MathContext.DECIMAL128;
    private static final int FEWEST_WITH_MEDIAN = 8;

    /** Refuses nulls. */
    SectorStatistic {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(lowerQuartile, "lowerQuartile");
        Objects.requireNonNull(median, "median");
        Objects.requireNonNull(upperQuartile, "upperQuartile");
        Objects.requireNonNull(clinics, "clinics");
    }

    /**
     * The statistic of some owners' values.
     *
     * @param values in ascending order, all within the bounds, one for each owner
     * @return empty where it may not be shown
     */
    static Optional<SectorStatistic> of(List<BigDecimal> values, Bounds bounds, SectorRules rules) {
        int owners = values.size();
        if (owners < rules.owners()) {
            return Optional.empty();
        }
        List<Range> groups = List.of(
                new Range(0, owners),
                around(owners, 1, rules.neighbours()),
                around(owners, 2, rules.neighbours()),
                around(owners, 3, rules.neighbours()));
        if (isTold(values, groups, bounds, rules)) {
            return Optional.empty();
        }
        List<BigDecimal> means = groups.stream()
                .map(group -> mean(group.of(values)).round(rules.rounded()))
                .toList();
        return Optional.of(
                new SectorStatistic(means.get(0), means.get(1), means.get(2), means.get(3), ClinicBand.of(owners)));
    }

    private static boolean isTold(List<BigDecimal> values, List<Range> groups, Bounds bounds, SectorRules rules) {
        double origin = bounds.least().doubleValue();
        if (new Estimates(bounds.aboveLeast(values), groups, origin).comeWithin(rules.percent())) {
            return true;
        }
        List<BigDecimal> below = bounds.belowGreatest(values);
        List<Range> mirrored = groups.stream()
                .map(group -> new Range(values.size() - group.to(), values.size() - group.from()))
                .toList();
        return !below.isEmpty() && new Estimates(below, mirrored, 0).comeWithin(rules.percent());
    }

    /** As it is shown. */
    SectorBenchmark of(String kpi, int version, String unit) {
        return new SectorBenchmark(kpi, version, unit, mean, lowerQuartile, median, upperQuartile, clinics);
    }

    /**
     * Places in an order, from {@code from} and before {@code to}.
     *
     * @param from the first place, from 0
     * @param to the place after the last
     */
    record Range(int from, int to) {

        boolean has(int place) {
            return from <= place && place < to;
        }

        List<BigDecimal> of(List<BigDecimal> values) {
            return values.subList(from, to);
        }
    }

    /** The places next to that of a quartile: as many as asked for, and for the median of an even number one more. */
    static Range around(int owners, int quartile, int neighbours) {
        if (neighbours < NEIGHBOURS) {
            int place = Math.round((owners - 1) * quartile / 4f);
            return new Range(place, place + 1);
        }
        if (quartile == 2) {
            int middle = owners < FEWEST_WITH_MEDIAN ? owners : neighbours + (owners + neighbours) % 2;
            int first = (owners - middle) / 2;
            return new Range(first, first + middle);
        }
        // Of eight, three around each quartile would leave the least and the greatest together, so they are taken in.
        int most = owners == FEWEST_WITH_MEDIAN ? owners / 2 : neighbours;
        int lower = Math.max(0, Math.round((owners - 1) / 4f) - most / 2);
        int first = quartile == 1 ? lower : owners - most - lower;
        return new Range(first, first + most);
    }

    static BigDecimal mean(List<BigDecimal> values) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(values.size()), EXACT_ENOUGH);
    }
}
