package dev.clinickpi.view;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import java.time.DayOfWeek;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a view takes its exact figures from: a request, at one clinic and one moment. Only a dashboard has one, and publishes what comes of it. */
public interface Figures {

    /** The clinic, by the reference data of the moment. */
    Clinic clinic();

    /** The clinic's days and opening hours that its facts were folded by. */
    ClinicCalendar calendar();

    /** The local dates of the request. */
    Period period();

    /** The day that weeks start on. */
    DayOfWeek weekStart();

    /** The moment of the question. */
    Instant asOf();

    /** How far towards {@link #asOf()} a KPI is taken: its own refresh, or real-time when the request is live. */
    Refresh refresh(KpiDefinition kpi);

    /**
     * A KPI's exact figure. One of the moment of the question alone has no part in a view and does not apply.
     *
     * @param dates the local dates that are asked for; null where that is no whole day
     * @param coverage what the KPI covers of what is asked for
     * @param conversionDays a conversion counts only where it took at most so many days of 24 hours
     */
    ExactResult figure(KpiDefinition kpi, @Nullable Period dates, Coverage coverage, long conversionDays);

    /** A KPI's exact figure over some local dates, as far as its refresh lets it. */
    default ExactResult figure(KpiDefinition kpi, Period dates) {
        Coverage coverage = refresh(kpi).covered(dates, asOf(), clinic().zone(), weekStart());
        return figure(kpi, dates, coverage, KpiScope.ANY_MATURITY);
    }
}
