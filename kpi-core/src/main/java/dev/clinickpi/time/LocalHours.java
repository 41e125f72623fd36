package dev.clinickpi.time;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Objects;

/**
 * The wall hours of a zone on the line of instants: which hour of which weekday the clock shows. Where the clock goes back it shows an hour twice,
 * where it goes forward it leaves some out, so an hour of the week does not occur equally often.
 *
 * <p>Instants are epoch milliseconds. Quickest when it is asked in order of time, as it keeps the offset last found. Not safe for use by many threads.
 */
public final class LocalHours {

    /** How many hours a week has, and so where {@link #hourOfWeek} ends. */
    public static final int PER_WEEK = 7 * 24;

    private static final long HOUR_MILLIS = 60 * 60 * 1_000L;

    /** 1970-01-01 was a Thursday. */
    private static final long HOURS_FROM_MONDAY_TO_EPOCH = 3 * 24;

    private final ZoneRules rules;
    private long offsetFrom = Long.MAX_VALUE;
    private long offsetTo = Long.MIN_VALUE;
    private long offset;

    private LocalHours(ZoneRules rules) {
        this.rules = rules;
    }

    /** The wall hours of {@code zone}. */
    public static LocalHours in(ZoneId zone) {
        return new LocalHours(Objects.requireNonNull(zone, "zone").getRules());
    }

    /** The hour of the week that the clock shows at an instant, from 0 for Monday's first to 167 for Sunday's last. */
    public int hourOfWeek(long epochMillis) {
        find(epochMillis);
        long hours = Math.floorDiv(epochMillis + offset, HOUR_MILLIS) + HOURS_FROM_MONDAY_TO_EPOCH;
        return (int) Math.floorMod(hours, (long) PER_WEEK);
    }

    /** The first instant after another at which the clock comes to show another hour, or is changed. */
    public long next(long epochMillis) {
        find(epochMillis);
        long hour = Math.floorDiv(epochMillis + offset, HOUR_MILLIS);
        return Math.min((hour + 1) * HOUR_MILLIS - offset, offsetTo);
    }

    private void find(long epochMillis) {
        if (epochMillis >= offsetFrom && epochMillis < offsetTo) {
            return;
        }
        Instant instant = Instant.ofEpochMilli(epochMillis);
        ZoneOffsetTransition change = rules.nextTransition(instant);
        offset = rules.getOffset(instant).getTotalSeconds() * 1_000L;
        offsetFrom = epochMillis;
        offsetTo = change == null ? Long.MAX_VALUE : change.getInstant().toEpochMilli();
    }
}
