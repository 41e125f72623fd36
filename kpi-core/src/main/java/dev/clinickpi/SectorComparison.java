package dev.clinickpi;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.sector.SectorBenchmark;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A clinic's figures of a month beside the benchmarks of its vertical (section 7). It passes no verdict: whether to be above the median is good is for the KPI's
 * direction, and the reader, to say.
 *
 * @param clinic whose they are
 * @param vertical the vertical that it belongs to now
 * @param month the calendar month
 * @param from since when, or from when on, the month's benchmarks are made
 * @param entries one for each KPI that there are benchmarks of
 */
public record SectorComparison(ClinicId clinic, String vertical, YearMonth month, Instant from, List<Entry> entries) {

    /** Copies the list. */
    public SectorComparison {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(vertical, "vertical");
        Objects.requireNonNull(month, "month");
        Objects.requireNonNull(from, "from");
        entries = List.copyOf(entries);
    }

    /**
     * The entry of a KPI.
     *
     * @throws IllegalArgumentException if there are no benchmarks of it: of a KPI of the moment alone, and of a host's own
     */
    public Entry entry(KpiDefinition kpi) {
        return entries.stream()
                .filter(entry -> entry.own().id().equals(kpi.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There are no benchmarks of the KPI " + kpi.id()));
    }

    /**
     * A KPI.
     *
     * @param own the clinic's result of the month, as a report has it now
     * @param sector the benchmark; null when there is none. In money its unit may be another currency than the clinic's
     * @param reason why there is none, a sentence for the page; null when there is one
     */
    public record Entry(
            KpiResult own,
            @Nullable SectorBenchmark sector,
            @Nullable String reason) {

        /** Refuses an entry with neither benchmark nor reason. */
        public Entry {
            Objects.requireNonNull(own, "own");
            if ((sector == null) == (reason == null)) {
                throw new IllegalArgumentException("An entry has a benchmark, or a reason why not");
            }
        }
    }
}
