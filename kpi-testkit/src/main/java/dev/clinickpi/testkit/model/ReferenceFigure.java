package dev.clinickpi.testkit.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A KPI as the {@link ReferenceModel} has it: exact, before anything is withheld for want of people. Counts and sums of money are exact;
 * ratios and means are divided once, at the end, to the 34 digits of {@link java.math.MathContext#DECIMAL128}.
 *
 * @param id the KPI's id, as section 4 lists it
 * @param status whether it has a value
 * @param value the value, in the unit that section 4 says, or null when the status is not {@link Status#OK}
 * @param numerator what is counted, or null when the KPI is no ratio of counts
 * @param denominator what it is counted of, or null when the KPI has none
 * @param n the sample size: the denominator where there is one, else what section 4 counts or sums
 * @param partial whether the period was shortened
 * @param from the first instant that it covers
 * @param to the end of what it covers; {@code from} when it covers nothing
 * @param components a {@link BigDecimal} or a {@link String} by name; one that is undefined is absent
 * @param breakdown the rows in the order that they are shown
 * @param people the raw ids of the patients behind the value, by section 6; empty for volumes
 * @param componentPeople the same for the components that are not judged with their figure, those that are absent too
 * @param breakdownPeople the same for the rows that split by who, what or when, or by outcome
 */
public record ReferenceFigure(
        String id,
        Status status,
        @Nullable BigDecimal value,
        @Nullable Long numerator,
        @Nullable Long denominator,
        long n,
        boolean partial,
        Instant from,
        Instant to,
        Map<String, Object> components,
        Map<String, BigDecimal> breakdown,
        Set<String> people,
        Map<String, Set<String>> componentPeople,
        Map<String, Set<String>> breakdownPeople) {

    /** Whether a figure has a value. Nothing is suppressed at this layer. */
    public enum Status {
        /** It has one. */
        OK,
        /** It is a ratio, mean or percentile over nothing, or a sum of nothing that could be priced. */
        UNDEFINED,
        /** The clinic lacks the setting that it needs. */
        NOT_APPLICABLE
    }

    /** Copies the collections and keeps their order. */
    public ReferenceFigure {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
        breakdown = Collections.unmodifiableMap(new LinkedHashMap<>(breakdown));
        people = Collections.unmodifiableSet(new LinkedHashSet<>(people));
        componentPeople = Collections.unmodifiableMap(new LinkedHashMap<>(componentPeople));
        breakdownPeople = Collections.unmodifiableMap(new LinkedHashMap<>(breakdownPeople));
    }

    /** A component that is a number; null when it is absent. */
    public @Nullable BigDecimal number(String component) {
        return (BigDecimal) components.get(component);
    }
}
