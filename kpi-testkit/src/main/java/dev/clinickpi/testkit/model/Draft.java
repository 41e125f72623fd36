package dev.clinickpi.testkit.model;

import dev.clinickpi.testkit.model.ReferenceFigure.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A figure in the making. */
final class Draft {

    private final String id;
    private final Instant from;
    private final Instant to;
    private final boolean partial;
    private final Map<String, Object> components = new LinkedHashMap<>();
    private final Map<String, BigDecimal> breakdown = new LinkedHashMap<>();
    private final Set<String> people = new LinkedHashSet<>();
    private final Map<String, Set<String>> componentPeople = new LinkedHashMap<>();
    private final Map<String, Set<String>> breakdownPeople = new LinkedHashMap<>();
    private Status status = Status.UNDEFINED;
    private @Nullable BigDecimal value;
    private @Nullable Long numerator;
    private @Nullable Long denominator;
    private long n;

    Draft(String id, Coverage coverage) {
        this(id, coverage.from(), coverage.shownTo(), coverage.partial());
    }

    Draft(String id, Instant from, Instant to, boolean partial) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.partial = partial;
    }

    /** A value; none makes the figure undefined. */
    Draft value(@Nullable BigDecimal exact) {
        value = exact;
        status = exact == null ? Status.UNDEFINED : Status.OK;
        return this;
    }

    Draft value(long count) {
        return value(BigDecimal.valueOf(count));
    }

    /** A ratio of counts as the value; undefined over nothing. The denominator is the sample size. */
    Draft ratio(long counted, long of) {
        numerator = counted;
        return value(quotient(counted, of)).denominator(of);
    }

    /** The denominator, which is the sample size. */
    Draft denominator(long of) {
        denominator = of;
        return sampleSize(of);
    }

    Draft sampleSize(long size) {
        n = size;
        return this;
    }

    Draft people(Set<String> patients) {
        people.addAll(patients);
        return this;
    }

    /** A component; absent when it is undefined. */
    Draft component(String name, @Nullable BigDecimal exact) {
        if (exact != null) {
            components.put(name, exact);
        }
        return this;
    }

    Draft component(String name, long count) {
        return component(name, BigDecimal.valueOf(count));
    }

    Draft component(String name, String word) {
        components.put(name, word);
        return this;
    }

    /** Who a component is judged by when that is not the figure's own people. */
    Draft componentPeople(String name, Set<String> patients) {
        componentPeople.put(name, patients);
        return this;
    }

    Draft row(String key, @Nullable BigDecimal exact) {
        if (exact != null) {
            breakdown.put(key, exact);
        }
        return this;
    }

    Draft row(String key, long count, Set<String> patients) {
        breakdownPeople.put(key, patients);
        return row(key, BigDecimal.valueOf(count));
    }

    Draft row(String key, @Nullable BigDecimal exact, Set<String> patients) {
        breakdownPeople.put(key, patients);
        return row(key, exact);
    }

    ReferenceFigure figure() {
        return new ReferenceFigure(
                id,
                status,
                value,
                numerator,
                denominator,
                n,
                partial,
                from,
                to,
                components,
                breakdown,
                people,
                componentPeople,
                breakdownPeople);
    }

    /** The figure of a clinic that lacks the setting. */
    ReferenceFigure notApplicable() {
        status = Status.NOT_APPLICABLE;
        return figure();
    }

    /** A ratio of counts; null over nothing. */
    static @Nullable BigDecimal quotient(long counted, long of) {
        return of == 0 ? null : Fraction.of(counted, of).toDecimal();
    }
}
