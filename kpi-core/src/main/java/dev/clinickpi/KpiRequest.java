package dev.clinickpi;

import dev.clinickpi.time.Period;
import java.time.DayOfWeek;
import java.util.Objects;

/**
 * What is asked of a dashboard.
 *
 * @param period the local dates
 * @param live whether every KPI is taken in real time, up to the moment of the question
 * @param weekStart the day that weeks start on
 */
public record KpiRequest(Period period, boolean live, DayOfWeek weekStart) {

    /** Refuses nulls. */
    public KpiRequest {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(weekStart, "weekStart");
    }

    /** A period, each KPI by its own refresh, weeks from Monday. */
    public static KpiRequest of(Period period) {
        return new KpiRequest(period, false, DayOfWeek.MONDAY);
    }

    /** The same with every KPI in real time. */
    public KpiRequest asLive() {
        return new KpiRequest(period, true, weekStart);
    }

    /** The same with weeks that start on another day. */
    public KpiRequest weeksFrom(DayOfWeek day) {
        return new KpiRequest(period, live, day);
    }
}
