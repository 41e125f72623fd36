package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.Tier;
import dev.clinickpi.clinic.WordOrder;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much of its subscription tier the clinic uses, and whether another would fit better (section 4). */
final class TierUtilization {

    static final String ID = "tier-utilization";

    private static final int DAYS_FOR_ADVICE = 28;
    private static final BigDecimal UPGRADE_FROM = new BigDecimal("0.8");
    private static final BigDecimal DOWNGRADE_TO = new BigDecimal("0.3");

    private TierUtilization() {}

    static Figure evaluate(KpiScope scope) {
        List<Tier> tiers = scope.directory().tiers();
        int place = place(tiers, tierInForce(scope));
        if (place < 0) {
            return Figure.notApplicable("The clinic's subscription tier is unknown");
        }
        Set<String> offered = tiers.get(place).features();
        Set<String> used = scope.countsByLabel(Measure.FEATURE_USES).keySet();
        Set<String> usedAndOffered = new HashSet<>(used);
        usedAndOffered.retainAll(offered);
        Figure figure = Figure.ratio(usedAndOffered.size(), offered.size());
        return figure.with("beyondTier", used.size() - (long) usedAndOffered.size())
                .withWord("advice", scope.coversDays(DAYS_FOR_ADVICE) ? advice(tiers, place, used, figure) : null);
    }

    private static @Nullable String advice(List<Tier> tiers, int place, Set<String> used, Figure figure) {
        BigDecimal utilization = figure.value();
        if (utilization == null) {
            return null;
        }
        boolean beyondTier = !tiers.get(place).features().containsAll(used);
        boolean largerExists = place + 1 < tiers.size();
        if (largerExists && (beyondTier || utilization.compareTo(UPGRADE_FROM) >= 0)) {
            return "UPGRADE";
        }
        boolean smallerSuffices = place > 0 && tiers.get(place - 1).features().containsAll(used);
        return utilization.compareTo(DOWNGRADE_TO) <= 0 && smallerSuffices ? "DOWNGRADE" : "KEEP";
    }

    /** The tier of the latest change before the covered period ends, else the clinic's; of one instant the largest, since tiers stand small to large. */
    private static @Nullable String tierInForce(KpiScope scope) {
        List<Tier> tiers = scope.directory().tiers();
        Comparator<Change> order = Comparator.comparingLong(Change::at)
                .thenComparingInt(change -> place(tiers, change.tier))
                .thenComparing(Change::tier, WordOrder.BY_CODE_POINT);
        Change[] latest = new Change[1];
        scope.forEachUntilEnd(Measure.TIER_CHANGES, (date, dimension, cell) -> {
            Change change = new Change(dimension.moment(), dimension.label());
            if (latest[0] == null || order.compare(latest[0], change) < 0) {
                latest[0] = change;
            }
        });
        return latest[0] == null ? scope.clinic().tier() : latest[0].tier;
    }

    private static int place(List<Tier> tiers, @Nullable String id) {
        for (int i = 0; i < tiers.size(); i++) {
            if (tiers.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private record Change(long at, String tier) {}
}
