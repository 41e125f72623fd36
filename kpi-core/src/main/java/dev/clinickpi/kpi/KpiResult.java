package dev.clinickpi.kpi;

import dev.clinickpi.time.Refresh;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sees of a KPI: one envelope for all (section 4). A suppressed result carries its id, period, asOf, refresh, partial, status and
 * reason and nothing else.
 *
 * @param id the KPI
 * @param status whether there is a value
 * @param reason why there is none, or null
 * @param value the value in {@code unit}, or null
 * @param unit {@code ratio}, {@code ms}, {@code count}, {@code score} or an ISO 4217 code; null when suppressed
 * @param numerator what was divided, or null
 * @param denominator what it was divided by, or null
 * @param n how many facts the value comes from; null when suppressed
 * @param partial whether the period that was asked for was shortened
 * @param period what the result really covers
 * @param asOf the moment of the answer
 * @param refresh how often the KPI moves
 * @param definitionVersion the version of its definition; null when suppressed
 * @param target what the value should be, or null
 * @param verdict how the value stands to its target; null without either
 * @param components further figures that explain it, in order
 * @param breakdown its rows, in order; what is withheld stands at the end
 * @param breakdownPeriod what the rows cover, where that is less than {@code period}; else null
 */
public record KpiResult(
        String id,
        Status status,
        @Nullable String reason,
        @Nullable BigDecimal value,
        @Nullable String unit,
        @Nullable BigDecimal numerator,
        @Nullable BigDecimal denominator,
        @Nullable Long n,
        boolean partial,
        Span period,
        Instant asOf,
        Refresh refresh,
        @Nullable Integer definitionVersion,
        @Nullable Target target,
        @Nullable Verdict verdict,
        List<Component> components,
        List<Row> breakdown,
        @Nullable Span breakdownPeriod) {

    /** Copies the lists. */
    public KpiResult {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(refresh, "refresh");
        components = List.copyOf(components);
        breakdown = List.copyOf(breakdown);
    }

    /** The number of a component; empty when it is undefined, withheld, a word or unknown to this KPI. */
    public Optional<BigDecimal> component(String component) {
        return components.stream()
                .filter(c -> c.id.equals(component))
                .findFirst()
                .map(Component::value);
    }

    /** The row of a key; empty when the breakdown has none. */
    public Optional<Row> row(String key) {
        return breakdown.stream().filter(row -> row.key.equals(key)).findFirst();
    }

    /**
     * A further figure that explains the value.
     *
     * @param id its name
     * @param status {@code OK}, {@code UNDEFINED}, or {@code SUPPRESSED} when it is withheld
     * @param value its number; null when it is undefined, withheld or a word
     * @param word its word; null when it is undefined or a number
     */
    public record Component(
            String id,
            Status status,
            @Nullable BigDecimal value,
            @Nullable String word) {}

    /**
     * A row of the breakdown.
     *
     * @param key what it is of
     * @param status {@code OK}, {@code UNDEFINED}, or {@code SUPPRESSED} when it is withheld
     * @param value its value, or null
     * @param numerator what was divided, or null
     * @param denominator what it was divided by, or null
     */
    public record Row(
            String key,
            Status status,
            @Nullable BigDecimal value,
            @Nullable BigDecimal numerator,
            @Nullable BigDecimal denominator) {}
}
