package dev.clinickpi.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How often a KPI moves. It shortens the period that the KPI covers and changes nothing else (section 2). */
public enum Refresh {
    /** Up to the moment of the question. */
    REAL_TIME("real-time"),
    /** Up to the start of the question's local hour. */
    HOURLY("hourly"),
    /** Up to the start of the question's local day. */
    DAILY("daily"),
    /** Up to the start of the question's local week. */
    WEEKLY("weekly");

    private final String id;

    Refresh(String id) {
        this.id = id;
    }

    /** The name that results carry: {@code real-time}, {@code hourly}, {@code daily} or {@code weekly}. */
    public String id() {
        return id;
    }

    /**
     * The instant that closes what a KPI covers: {@code asOf} itself for real-time, else the start of its local hour, day or week.
     *
     * @param asOf the moment of the question
     * @param zone the clinic's zone
     * @param weekStart the day that weeks start on
     */
    public Instant cutoff(Instant asOf, ZoneId zone, DayOfWeek weekStart) {
        return switch (this) {
            case REAL_TIME -> asOf;
            case HOURLY -> asOf.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAILY -> startOfDay(LocalDays.in(zone).dateOf(asOf), zone);
            case WEEKLY ->
                startOfDay(LocalDays.in(zone).dateOf(asOf).with(TemporalAdjusters.previousOrSame(weekStart)), zone);
        };
    }

    /**
     * What a KPI of this refresh covers of a period: {@code [from, min(to, cutoff))}, and for real-time the moment of the question too when it lies
     * in the period. Where nothing is left, the coverage is empty and stands at the period's start.
     */
    public Coverage covered(Period period, Instant asOf, ZoneId zone, DayOfWeek weekStart) {
        return covered(period.span(zone), asOf, zone, weekStart);
    }

    /** As {@link #covered(Period, Instant, ZoneId, DayOfWeek)}, of a span that need not be of whole days. */
    public Coverage covered(Span asked, Instant asOf, ZoneId zone, DayOfWeek weekStart) {
        Instant from = asked.from();
        Instant to = asked.to();
        Instant cutoff = cutoff(asOf, zone, weekStart);
        boolean partial = cutoff.isBefore(to);
        Instant end = partial ? cutoff : to;
        if (end.isBefore(from)) {
            return new Coverage(new Span(from, from), false, partial);
        }
        return new Coverage(new Span(from, end), this == REAL_TIME && partial, partial);
    }

    private static Instant startOfDay(LocalDate date, ZoneId zone) {
        ZonedDateTime start = date.atStartOfDay(zone);
        return start.toInstant();
    }
}
