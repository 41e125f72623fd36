package dev.clinickpi.sector;

import dev.clinickpi.kpi.KpiResult;
import java.util.List;
import java.util.Objects;

/**
 * What a clinic has published of a closed month, on its way into benchmarks.
 *
 * @param owner whose clinic it is; clinics of one owner count as one
 * @param figures one for each KPI that benchmarks are made of
 */
public record SectorClinic(String owner, List<Published> figures) {

    /** Copies the list. */
    public SectorClinic {
        Objects.requireNonNull(owner, "owner");
        figures = List.copyOf(figures);
    }

    /**
     * One of its figures.
     *
     * @param result as the clinic itself is shown it, withheld or not
     * @param people how many distinct patients stand behind it: those of its denominator; behind a volume, those of the month's conversations
     */
    public record Published(KpiResult result, int people) {

        /** @throws IllegalArgumentException if the number of people is negative */
        public Published {
            Objects.requireNonNull(result, "result");
            if (people < 0) {
                throw new IllegalArgumentException("There are no fewer than 0 people behind a figure");
            }
        }
    }
}
