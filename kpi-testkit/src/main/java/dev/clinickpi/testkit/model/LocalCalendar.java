package dev.clinickpi.testkit.model;

import dev.clinickpi.time.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Section 2: a clinic's local days, and what a KPI covers of a period. */
record LocalCalendar(ZoneId zone, DayOfWeek weekStart) {

    Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The day whose start is the last one at or before {@code x}; a day that the zone skips has no instant. */
    LocalDate dayOf(Instant x) {
        LocalDate date = x.atZone(zone).toLocalDate().minusDays(2);
        while (!startOf(date.plusDays(1)).isAfter(x)) {
            date = date.plusDays(1);
        }
        return date;
    }

    /** The start of asOf's local hour, day or week. */
    private Instant cutoff(Freshness freshness, Instant asOf) {
        return switch (freshness) {
            case REAL_TIME -> asOf;
            case HOURLY -> asOf.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAILY -> startOf(dayOf(asOf));
            case WEEKLY -> startOf(dayOf(asOf).with(TemporalAdjusters.previousOrSame(weekStart)));
        };
    }

    /** Real-time: {@code from ≤ x < to} and {@code x ≤ asOf}. Else {@code [from, min(to, cutoff))}. */
    Coverage covered(Period period, Freshness freshness, Instant asOf) {
        return covered(startOf(period.from()), startOf(period.to()), freshness, asOf);
    }

    /** The same of any two instants. */
    Coverage covered(Instant from, Instant to, Freshness freshness, Instant asOf) {
        Instant cutoff = cutoff(freshness, asOf);
        Instant afterLast = freshness == Freshness.REAL_TIME ? asOf.plusNanos(1) : cutoff;
        return new Coverage(
                from, latest(from, earliest(to, afterLast)), latest(from, earliest(to, cutoff)), to.isAfter(cutoff));
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
