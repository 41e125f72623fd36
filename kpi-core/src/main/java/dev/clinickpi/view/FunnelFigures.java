package dev.clinickpi.view;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.time.Refresh;
import java.util.List;
import java.util.Map;

/** The figures of a funnel: two volumes, and what became of the conversations. */
final class FunnelFigures {

    static final String CONVERSATION = "conversations";
    static final String QUALIFIED = "qualified";
    static final String BOOKED = "booked";
    static final String COMPLETED = "completed";

    static final KpiDefinition MESSAGES = volume(
            "funnel-messages",
            new Meaning("Mensajes que escriben los pacientes.", "Messages that patients write."),
            Measure.PATIENT_MESSAGES);

    static final KpiDefinition CONVERSATIONS = volume(
            "funnel-conversations",
            new Meaning("Conversaciones que empiezan.", "Conversations that begin."),
            Measure.CONVERSATIONS);

    static final KpiDefinition OUTCOME = new KpiDefinition(
            "funnel",
            Unit.RATIO,
            Refresh.REAL_TIME,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "Parte de las conversaciones que llegan a una cita completada.",
                    "Share of conversations that come to a completed appointment."),
            1,
            Measure.CONVERSATIONS,
            FunnelFigures::outcome);

    /** Shown before {@link #OUTCOME}, in this order. */
    static final List<KpiDefinition> VOLUMES = List.of(MESSAGES, CONVERSATIONS);

    private FunnelFigures() {}

    /** The component that counts the pending ones of a stage. */
    static String pending(String stage) {
        return "pending-" + stage;
    }

    private static KpiDefinition volume(String id, Meaning meaning, Measure measure) {
        return new KpiDefinition(
                id,
                Unit.COUNT,
                Refresh.REAL_TIME,
                Direction.NEUTRAL,
                null,
                meaning,
                1,
                null,
                scope -> Figure.of(scope.count(measure)));
    }

    /** Stages split by outcome, and so are shown with the figure; so are the counts of what is pending. */
    private static Figure outcome(KpiScope scope) {
        Map<String, Long> unfinished = scope.countsByLabel(Measure.UNFINISHED);
        long booked = unfinished.getOrDefault(BOOKED, 0L);
        long qualified = booked + unfinished.getOrDefault(QUALIFIED, 0L);
        return Figure.ratio(scope.count(Measure.COMPLETED), scope.count(Measure.CONVERSATIONS))
                .with(pending(CONVERSATION), scope.count(Measure.UNFINISHED))
                .with(pending(QUALIFIED), qualified)
                .with(pending(BOOKED), booked)
                .with(pending(COMPLETED), 0)
                .withRows(
                        Figure.Split.OUTCOME,
                        List.of(
                                Figure.Row.of(QUALIFIED, scope.count(Measure.QUALIFIED)),
                                Figure.Row.of(BOOKED, scope.count(Measure.BOOKED)),
                                Figure.Row.of(COMPLETED, scope.count(Measure.COMPLETED))));
    }
}
