package dev.clinickpi.sector;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * Where the clinics of a vertical stand in one KPI over one month (section 7), the same for whoever looks and for good. It has no least, greatest or total value,
 * since those are somebody's.
 *
 * @param kpi the KPI's id
 * @param version the version of its definition
 * @param unit what the values are measured in; of money the currency that most of the owners have
 * @param mean the mean of the owners' values, as the values that follow to three significant digits
 * @param lowerQuartile about a quarter of the owners lie below it
 * @param median about half of them do
 * @param upperQuartile about three quarters of them do
 * @param clinics about how many owners there are
 */
public record SectorBenchmark(
        String kpi,
        int version,
        String unit,
        BigDecimal mean,
        BigDecimal lowerQuartile,
        BigDecimal median,
        BigDecimal upperQuartile,
        ClinicBand clinics) {

    /** Refuses nulls. */
    public SectorBenchmark {
        Objects.requireNonNull(kpi, "kpi");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(lowerQuartile, "lowerQuartile");
        Objects.requireNonNull(median, "median");
        Objects.requireNonNull(upperQuartile, "upperQuartile");
        Objects.requireNonNull(clinics, "clinics");
    }
}
