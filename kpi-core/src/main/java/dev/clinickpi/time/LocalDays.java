package dev.clinickpi.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The local days of a zone on the line of instants. A day runs from where {@link LocalDate#atStartOfDay(ZoneId)} puts its start to the start of the
 * next, so it is as long as the zone makes it, and empty where the zone skipped it (section 2).
 *
 * <p>Days are numbered as {@link LocalDate#toEpochDay()} does. Immutable but for a cache of days lately asked for; safe for use by many threads.
 */
public final class LocalDays {

    /** As many days as a year's report touches, to the next power of two. */
    private static final int CACHED = 512;

    private static final long UTC_DAY_MILLIS = 24 * 60 * 60 * 1_000L;

    private final ZoneId zone;

    /** A day at its number modulo the length. Days are immutable, so whichever of two threads wins is right. */
    private final @Nullable Day[] cache = new @Nullable Day[CACHED];

    private LocalDays(ZoneId zone) {
        this.zone = zone;
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
        return day(epochDay).start;
    }

    /** The day that an instant lies in, as days since the epoch. */
    public long of(long epochMillis) {
        return find(epochMillis).epochDay;
    }

    /** The date that an instant lies in. */
    public LocalDate dateOf(Instant instant) {
        return LocalDate.ofEpochDay(of(instant.toEpochMilli()));
    }

    /**
     * Walks from the UTC day of the same number, which is a step or two away. A clock set back over midnight puts an instant after the start of the
     * next day while its wall date still names the day before, so a wall date could not be relied on.
     */
    private Day find(long epochMillis) {
        Day day = day(Math.floorDiv(epochMillis, UTC_DAY_MILLIS));
        while (epochMillis >= day.end) {
            day = day(day.epochDay + 1);
        }
        while (epochMillis < day.start) {
            day = day(day.epochDay - 1);
        }
        return day;
    }

    private Day day(long epochDay) {
        int place = (int) epochDay & (CACHED - 1);
        Day cached = cache[place];
        if (cached != null && cached.epochDay == epochDay) {
            return cached;
        }
        Day day = new Day(epochDay, startOf(epochDay), startOf(epochDay + 1));
        cache[place] = day;
        return day;
    }

    private long startOf(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private record Day(long epochDay, long start, long end) {}
}
