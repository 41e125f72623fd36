package dev.clinickpi.view;

import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A view on its way to publication: its exact figures, which are released together, and how the view follows from what is released of them. So
 * nothing in a view is computed from a figure that is withheld.
 *
 * @param figures the exact figures
 * @param view makes the view from one result for each figure, in the same order
 */
public record Unpublished<V>(List<ExactResult> figures, Function<List<KpiResult>, V> view) {

    /** Copies the list. */
    public Unpublished {
        Objects.requireNonNull(view, "view");
        figures = List.copyOf(figures);
    }
}
