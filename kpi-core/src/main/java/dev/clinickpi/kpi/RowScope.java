package dev.clinickpi.kpi;

import dev.clinickpi.time.Span;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a breakdown is computed from.
 *
 * @param scope the facts of the rows
 * @param span what the rows cover, where that is less than their figure does; else null
 * @param shows whether the row of a label may be shown
 */
record RowScope(KpiScope scope, @Nullable Span span, Predicate<String> shows) {

    Figure on(Figure figure) {
        return span == null ? figure : figure.withRowsOf(span);
    }
}
