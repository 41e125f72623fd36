package dev.clinickpi;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A clinic's KPIs over a period, as of one moment.
 *
 * @param clinic whose they are
 * @param period what was asked for; each result says what it really covers
 * @param asOf the moment of the answer
 * @param results one for each KPI of the engine, the twelve first
 */
public record KpiReport(ClinicId clinic, Period period, Instant asOf, List<KpiResult> results) {

    /** Copies the list. */
    public KpiReport {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(asOf, "asOf");
        results = List.copyOf(results);
    }

    /**
     * The result of a KPI.
     *
     * @throws IllegalArgumentException if the report does not have it
     */
    public KpiResult result(KpiDefinition kpi) {
        return results.stream()
                .filter(result -> result.id().equals(kpi.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The report has no KPI " + kpi.id() + "; add it to the engine with builder().kpi(…)"));
    }
}
