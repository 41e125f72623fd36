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
        long conversations = scope.count(Measure.CONVERSATIONS);
        Figure figure = Figure.of(scope.countsByLabel(Measure.SERVICE_MENTIONS).size())
                .withDenominator(conversations)
                .withN(conversations);
        return scope.rows(Measure.SERVICE_MENTIONS)
                .map(rows -> rows.on(figure.withRows(Figure.Split.OVERLAP, rows(rows))))
                .orElse(figure);
    }

    private static List<Figure.Row> rows(RowScope from) {
        SortedMap<String, Long> mentions = from.scope().countsByLabel(Measure.SERVICE_MENTIONS);
        Map<String, People> people = from.scope().peopleByLabel(Measure.SERVICE_MENTIONS);
        return mentions.entrySet().stream()
                .map(entry -> Figure.Row.of(
                                entry.getKey(), entry.getValue(), people.getOrDefault(entry.getKey(), new People()))
                        .shownIf(from.shows().test(entry.getKey())))
                .sorted(Figure.Row.DESCENDING)
                .toList();
    }
}
