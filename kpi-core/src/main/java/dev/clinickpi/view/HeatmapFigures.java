package dev.clinickpi.view;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.Formula;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.time.LocalHours;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.time.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three figures of a heatmap, each with a row for every hour of the week. */
final class HeatmapFigures {

    static final KpiDefinition MESSAGES = figure(
            "heatmap-messages",
            new Meaning("Mensajes de pacientes por hora de la semana.", "Patients' messages by hour of the week."),
            null,
            scope -> volume(scope, Measure.PATIENT_MESSAGES));

    static final KpiDefinition CONVERSATIONS = figure(
            "heatmap-conversations",
            new Meaning("Conversaciones por hora de la semana.", "Conversations by hour of the week."),
            null,
            scope -> volume(scope, Measure.CONVERSATIONS));

    static final KpiDefinition CONVERSIONS = figure(
            "heatmap-conversions",
            new Meaning(
                    "Conversaciones convertidas en cita, por la hora de la semana en que empiezan.",
                    "Conversations that led to an appointment, by the hour of the week that they begin in."),
            Measure.CONVERSATIONS,
            HeatmapFigures::conversions);

    static final List<KpiDefinition> ALL = List.of(MESSAGES, CONVERSATIONS, CONVERSIONS);

    private HeatmapFigures() {}

    /** The key of an hour of the week's row: weekday and hour, such as {@code 1-09} for Mondays at nine. */
    static String key(int hourOfWeek) {
        int hour = hourOfWeek % 24;
        return (hourOfWeek / 24 + 1) + (hour < 10 ? "-0" : "-") + hour;
    }

    private static KpiDefinition figure(String id, Meaning meaning, @Nullable Measure population, Formula formula) {
        return new KpiDefinition(
                id, Unit.COUNT, Refresh.REAL_TIME, Direction.NEUTRAL, null, meaning, 1, population, formula);
    }

    private static Figure volume(KpiScope scope, Measure measure) {
        long[] counts = counts(scope, measure);
        List<Figure.Row> rows = new ArrayList<>(LocalHours.PER_WEEK);
        for (int hour = 0; hour < LocalHours.PER_WEEK; hour++) {
            rows.add(Figure.Row.of(key(hour), counts[hour]));
        }
        return Figure.of(scope.count(measure)).withRows(Figure.Split.OUTCOME, rows);
    }

    /** Hours split the conversions by when: each is judged by the patients of its conversations, converted or not. */
    private static Figure conversions(KpiScope scope) {
        long[] counts = counts(scope, Measure.CONVERTED);
        People[] people = people(scope);
        boolean shown = scope.splitsByHour(Measure.CONVERTED);
        List<Figure.Row> rows = new ArrayList<>(LocalHours.PER_WEEK);
        for (int hour = 0; hour < LocalHours.PER_WEEK; hour++) {
            rows.add(Figure.Row.of(key(hour), counts[hour], people[hour]).shownIf(shown));
        }
        return Figure.of(scope.count(Measure.CONVERTED)).withRows(Figure.Split.PARTITION, rows);
    }

    private static long[] counts(KpiScope scope, Measure measure) {
        LocalHours hours = LocalHours.in(scope.clinic().zone());
        long[] counts = new long[LocalHours.PER_WEEK];
        scope.forEachSlice(
                measure, (slice, dimension, cell) -> counts[hours.hourOfWeek(Slice.start(slice))] += cell.count());
        return counts;
    }

    private static People[] people(KpiScope scope) {
        LocalHours hours = LocalHours.in(scope.clinic().zone());
        People[] people = new People[LocalHours.PER_WEEK];
        for (int hour = 0; hour < people.length; hour++) {
            people[hour] = new People();
        }
        scope.forEachSlice(Measure.CONVERSATIONS, (slice, dimension, cell) -> {
            People behind = cell.people();
            if (behind != null) {
                people[hours.hourOfWeek(Slice.start(slice))].addAll(behind, 1);
            }
        });
        return people;
    }
}
