package dev.clinickpi.testkit.model;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Section 5.5 as the {@link ReferenceModel} has it: exact, before anything is withheld.
 *
 * @param cohorts by month of onboarding; a month in which nobody was onboarded is absent
 */
public record ReferenceCohorts(Map<YearMonth, Cohort> cohorts) {

    /** Copies the map, in order. */
    public ReferenceCohorts {
        cohorts = Collections.unmodifiableMap(new TreeMap<>(cohorts));
    }

    /**
     * Those onboarded in a month.
     *
     * @param people their raw ids
     * @param partial whether the month is not yet over or the period cuts it
     * @param cells one for each month since that has begun, from the month itself
     */
    public record Cohort(Set<String> people, boolean partial, List<Cell> cells) {

        /** Copies the collections. */
        public Cohort {
            people = new LinkedHashSet<>(people);
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cohort in a month.
     *
     * @param people the raw ids of those with a completed appointment in it
     * @param revenue the values of these appointments in the clinic's currency
     * @param payers the raw ids of those whose value counts in the revenue and is not 0
     * @param unpriced how many values have no exchange rate
     * @param partial whether the month is not yet over or the period cuts the cohort
     */
    public record Cell(Set<String> people, BigDecimal revenue, Set<String> payers, long unpriced, boolean partial) {

        /** Copies the sets. */
        public Cell {
            people = new LinkedHashSet<>(people);
            payers = new LinkedHashSet<>(payers);
            Objects.requireNonNull(revenue, "revenue");
        }
    }
}
