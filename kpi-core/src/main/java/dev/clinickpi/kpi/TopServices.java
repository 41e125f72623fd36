package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Which services the conversations mention, most first (section 4). */
final class TopServices {

    static final String ID = "top-services";

    private TopServices() {}

    static Figure evaluate(KpiScope scope) {
        SortedMap<String, Long> mentions = scope.countsByLabel(Measure.SERVICE_MENTIONS);
        Map<String, People> people = scope.peopleByLabel(Measure.SERVICE_MENTIONS);
        List<Figure.Row> rows = mentions.entrySet().stream()
                .map(entry -> Figure.Row.of(
                        entry.getKey(), entry.getValue(), people.getOrDefault(entry.getKey(), new People())))
                .sorted(Figure.Row.DESCENDING)
                .toList();
        long conversations = scope.count(Measure.CONVERSATIONS);
        return Figure.of(mentions.size())
                .withDenominator(conversations)
                .withN(conversations)
                .withRows(Figure.Split.OVERLAP, rows);
    }
}
