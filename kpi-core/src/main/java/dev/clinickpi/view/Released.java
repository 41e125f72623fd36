package dev.clinickpi.view;

import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What publication let pass of one figure, by row. Counts that are withheld are null, and stay so in whatever is made of them. */
final class Released {

    private final KpiResult result;
    private final Map<String, KpiResult.Row> rows = new HashMap<>();

    private Released(KpiResult result) {
        this.result = result;
        result.breakdown().forEach(row -> rows.put(row.key(), row));
    }

    /** @throws IllegalArgumentException if the results are not those of a view's figures, in their order */
    static Released of(List<KpiResult> results, int place, String id) {
        if (place >= results.size() || !results.get(place).id().equals(id)) {
            throw new IllegalArgumentException("A view is put together from the results of its own figures, in order");
        }
        return new Released(results.get(place));
    }

    /** Whether the figure as a whole may be shown. */
    boolean isShown() {
        return result.status() != Status.SUPPRESSED;
    }

    /** Whether a row may be shown; one that there is not hides nothing. */
    boolean shows(String row) {
        KpiResult.Row found = rows.get(row);
        return isShown() && (found == null || found.status() != Status.SUPPRESSED);
    }

    /** The count of a row, 0 where there is none; null when it is withheld. */
    @Nullable
    Long count(String row) {
        KpiResult.Row found = rows.get(row);
        return shows(row) ? Long.valueOf(found == null ? 0 : whole(found.value())) : null;
    }

    /** The count that the figure is; null when it is withheld. */
    @Nullable
    Long count() {
        return isShown() ? Long.valueOf(whole(result.value())) : null;
    }

    /** The number of a component; null when it is withheld or there is none. */
    @Nullable
    BigDecimal component(String id) {
        return result.component(id).orElse(null);
    }

    /** The sum of money that a component is, 0 where there is none; null when it is withheld. */
    @Nullable
    BigDecimal revenue(String id) {
        for (KpiResult.Component component : result.components()) {
            if (component.id().equals(id)) {
                return component.value();
            }
        }
        return isShown() ? BigDecimal.ZERO : null;
    }

    KpiResult result() {
        return result;
    }

    /** A share of two counts, divided once; empty when either is withheld and over nothing. */
    static Optional<BigDecimal> share(@Nullable Long part, @Nullable Long whole) {
        return part == null || whole == null
                ? Optional.empty()
                : Figure.divide(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    private static long whole(@Nullable BigDecimal count) {
        return count == null ? 0 : count.longValueExact();
    }
}
