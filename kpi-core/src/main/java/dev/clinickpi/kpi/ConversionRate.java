package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.clinic.WordOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The share of conversations that led to a confirmed appointment, also by vertical (section 4). */
final class ConversionRate {

    static final String ID = "conversion-rate";

    private ConversionRate() {}

    static Figure evaluate(KpiScope scope) {
        Figure figure = Figure.ratio(scope.count(Measure.CONVERTED), scope.count(Measure.CONVERSATIONS))
                .with("pending", scope.count(Measure.PENDING));
        return scope.rows(Measure.CONVERSATIONS)
                .map(rows -> rows.on(figure.withRows(Figure.Split.PARTITION, rows(rows))))
                .orElse(figure);
    }

    private static List<Figure.Row> rows(RowScope from) {
        KpiScope scope = from.scope();
        SortedMap<String, Long> conversations = byVertical(scope, scope.countsByLabel(Measure.CONVERSATIONS));
        SortedMap<String, Long> converted = byVertical(scope, scope.countsByLabel(Measure.CONVERTED));
        SortedMap<String, People> people = new TreeMap<>(WordOrder.BY_CODE_POINT);
        Set<String> withheld = new HashSet<>();
        scope.peopleByLabel(Measure.CONVERSATIONS).forEach((label, behind) -> {
            String vertical = vertical(scope, label);
            people.computeIfAbsent(vertical, key -> new People()).addAll(behind, 1);
            if (!from.shows().test(label)) {
                withheld.add(vertical);
            }
        });
        List<Figure.Row> rows = new ArrayList<>();
        for (Map.Entry<String, Long> entry : conversations.entrySet()) {
            String vertical = entry.getKey();
            rows.add(Figure.Row.ratio(
                            vertical,
                            converted.getOrDefault(vertical, 0L),
                            entry.getValue(),
                            people.getOrDefault(vertical, new People()))
                    .shownIf(!withheld.contains(vertical)));
        }
        return rows;
    }

    private static SortedMap<String, Long> byVertical(KpiScope scope, SortedMap<String, Long> byLabel) {
        SortedMap<String, Long> counts = new TreeMap<>(WordOrder.BY_CODE_POINT);
        byLabel.forEach((label, count) -> counts.merge(vertical(scope, label), count, Long::sum));
        return counts;
    }

    /** A conversation that no message gave a vertical has its clinic's. */
    private static String vertical(KpiScope scope, String label) {
        return label.isEmpty() ? scope.clinic().vertical() : label;
    }
}
