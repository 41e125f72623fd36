package dev.clinickpi.privacy.benchmark;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A benchmark: where the clinics of a sector stand in one KPI over one month (section 7). The same for whoever looks, rounded to {@value #DIGITS} significant
 * digits. It has no least, greatest or total value, since those are somebody's.
 *
 * <p><b>Quartiles.</b> Each is the mean of the values next to its place in the order, three or four of them, so that it is nobody's, and whoever is among them
 * learns no more than the mean of two others. Of six and seven owners the median is the mean of all: any other would, with the two quartiles, let somebody
 * work another's value out. No value follows from all four figures and one's own.
 *
 * <p><b>Dominance.</b> Whoever knows his own value knows an upper bound of any other: the sum less his own. A benchmark is withheld where that comes within
 * {@value #PERCENT} % of the other's value, in the mean or in a quartile (the p % rule; Hundepool et al., "Statistical Disclosure Control", 2012, section 4.2).
 *
 * @param mean the mean of the owners' values
 * @param lowerQuartile about a quarter of the owners lie below it
 * @param median about half of them do
 * @param upperQuartile about three quarters of them do
 * @param clinics about how many owners there are
 */
public record SectorStatistic(
        BigDecimal mean, BigDecimal lowerQuartile, BigDecimal median, BigDecimal upperQuartile, ClinicBand clinics) {

    /** The fewest owners that a benchmark may have: who looks, and five besides. */
    public static final int LEAST_OWNERS = 6;

    /** Within how many per cent nobody may be estimated by another. */
    public static final int PERCENT = 10;

    private static final int DIGITS = 3;
    private static final MathContext ROUNDED = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
    private static final MathContext EXACT_ENOUGH = MathContext.DECIMAL128;
    private static final BigDecimal SHARE = BigDecimal.valueOf(PERCENT, 2);
    private static final int LEAST_NEIGHBOURS = 3;
    private static final int FEWEST_WITH_MEDIAN = 8;

    /** Refuses nulls. */
    public SectorStatistic {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(lowerQuartile, "lowerQuartile");
        Objects.requireNonNull(median, "median");
        Objects.requireNonNull(upperQuartile, "upperQuartile");
        Objects.requireNonNull(clinics, "clinics");
    }

    /**
     * The statistic of some clinics. An owner's clinics count as one, by the mean of their values.
     *
     * @param minimumGroup how many patients have to stand behind each contribution, and how many owners besides the one who looks behind the whole
     * @return empty where it may not be shown
     */
    public static Optional<SectorStatistic> of(List<Contribution> contributions, int minimumGroup) {
        List<BigDecimal> values = byOwner(contributions, minimumGroup);
        int owners = values.size();
        if (owners < Math.max(LEAST_OWNERS, minimumGroup + 1)) {
            return Optional.empty();
        }
        List<List<BigDecimal>> groups = List.of(values, around(values, 1), around(values, 2), around(values, 3));
        if (groups.stream().anyMatch(SectorStatistic::givesOneAway)) {
            return Optional.empty();
        }
        return Optional.of(new SectorStatistic(
                mean(groups.get(0)).round(ROUNDED),
                mean(groups.get(1)).round(ROUNDED),
                mean(groups.get(2)).round(ROUNDED),
                mean(groups.get(3)).round(ROUNDED),
                ClinicBand.of(owners)));
    }

    /** One value for each owner, in order. */
    private static List<BigDecimal> byOwner(List<Contribution> contributions, int minimumGroup) {
        Map<String, List<BigDecimal>> byOwner = contributions.stream()
                .filter(contribution -> contribution.people() >= minimumGroup)
                .collect(Collectors.groupingBy(
                        Contribution::owner,
                        TreeMap::new,
                        Collectors.mapping(Contribution::value, Collectors.toList())));
        List<BigDecimal> values = new ArrayList<>();
        byOwner.values().forEach(ofOwner -> values.add(mean(ofOwner)));
        values.sort(null);
        return values;
    }

    /** The values next to the place of a quartile: three, and for the median of an even number four. */
    static List<BigDecimal> around(List<BigDecimal> values, int quartile) {
        int owners = values.size();
        if (quartile == 2) {
            int neighbours = owners < FEWEST_WITH_MEDIAN ? owners : LEAST_NEIGHBOURS + (owners + 1) % 2;
            int first = (owners - neighbours) / 2;
            return values.subList(first, first + neighbours);
        }
        // Of eight, three around each quartile would leave the least and the greatest together, so they are taken in.
        int neighbours = owners == FEWEST_WITH_MEDIAN ? owners / 2 : LEAST_NEIGHBOURS;
        int lower = Math.max(0, Math.round((owners - 1) / 4f) - neighbours / 2);
        int first = quartile == 1 ? lower : owners - neighbours - lower;
        return values.subList(first, first + neighbours);
    }

    /**
     * Whether one of some values, in order, can be estimated too well by another: the greatest, by the owner of the second. Where the mean is 0 all are, since none is
     * negative.
     */
    private static boolean givesOneAway(List<BigDecimal> values) {
        BigDecimal greatest = values.get(values.size() - 1);
        BigDecimal rest = values.subList(0, values.size() - 2).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return greatest.signum() == 0 || rest.compareTo(greatest.multiply(SHARE)) < 0;
    }

    private static BigDecimal mean(List<BigDecimal> values) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(values.size()), EXACT_ENOUGH);
    }
}
