package dev.clinickpi.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

/**
 * The local days of a zone on the line of instants. A day runs from where {@link LocalDate#atStartOfDay(ZoneId)} puts its start to the start of the
 * next, so it is as long as the zone makes it, and empty where the zone skipped it (section 2).
 *
 * <p>Days are numbered as {@link LocalDate#toEpochDay()} does. Immutable but for a cache of the day last asked for; safe for use by many threads.
 */
public final class LocalDays {

    private final ZoneId zone;
    private volatile Day last;

    private LocalDays(ZoneId zone) {
        this.zone = zone;
        this.last = day(0);
    }

    /** The local days of {@code zone}. */
    public static LocalDays in(ZoneId zone) {
        return new LocalDays(Objects.requireNonNull(zone, "zone"));
    }

    /** The zone that makes the days. */
    public ZoneId zone() {
        return zone;
    }

    /** The first instant of a day in epoch milliseconds. */
    public long start(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** The day that an instant lies in, as days since the epoch. */
    public long of(long epochMillis) {
        Day day = last;
        if (epochMillis < day.start || epochMillis >= day.end) {
            day = find(epochMillis);
            last = day;
        }
        return day.epochDay;
    }

    /** The date that an instant lies in. */
    public LocalDate dateOf(Instant instant) {
        return LocalDate.ofEpochDay(of(instant.toEpochMilli()));
    }

    /** A clock set back over midnight puts an instant after the start of the next day while its wall date still names the day before. */
    private Day find(long epochMillis) {
        Day day =
                day(Instant.ofEpochMilli(epochMillis).atZone(zone).toLocalDate().toEpochDay());
        while (epochMillis >= day.end) {
            day = day(day.epochDay + 1);
        }
        while (epochMillis < day.start) {
            day = day(day.epochDay - 1);
        }
        return day;
    }

    private Day day(long epochDay) {
        return new Day(epochDay, start(epochDay), start(epochDay + 1));
    }

    private record Day(long epochDay, long start, long end) {}
}
