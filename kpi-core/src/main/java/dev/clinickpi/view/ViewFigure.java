package dev.clinickpi.view;

import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.time.Period;
import java.util.Objects;

/**
 * A figure that a view is made of: it is evaluated and released like any KPI's, and the view is put together from what was released.
 *
 * @param definition what is counted, and whose people it is judged by
 * @param period the local dates that it is counted over
 */
public record ViewFigure(KpiDefinition definition, Period period) {

    /** Refuses nulls. */
    public ViewFigure {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(period, "period");
    }
}
