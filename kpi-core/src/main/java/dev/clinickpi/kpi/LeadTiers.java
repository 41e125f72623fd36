package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How promising the conversations are, by lead tier (section 4). */
final class LeadTiers {

    static final String ID = "lead-tiers";

    private LeadTiers() {}

    static Figure evaluate(KpiScope scope) {
        Map<String, Long> byTier = scope.countsByLabel(Measure.LEADS);
        List<Figure.Row> rows = Stream.of("hot", "warm", "cool", "cold")
                .map(tier -> Figure.Row.of(tier, byTier.getOrDefault(tier, 0L)))
                .toList();
        long scored = scope.count(Measure.LEADS);
        long qualified = byTier.getOrDefault("hot", 0L) + byTier.getOrDefault("warm", 0L);
        return Figure.ratio(qualified, scored)
                .with("unscored", scope.count(Measure.CONVERSATIONS) - scored)
                .withRows(Figure.Split.OUTCOME, rows);
    }
}
