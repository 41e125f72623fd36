package dev.clinickpi.testkit.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Objects;

/**
 * What a question to the {@link ReferenceModel} may set, apart from clinic, period and asOf.
 *
 * @param live whether every KPI is real-time, whatever its refresh (section 2)
 * @param weekStart the day that weeks start on
 * @param conversionWindow how long after its start a conversation may convert, the end included
 * @param activeWindow how old the latest message of an active conversation may be, the end excluded
 */
public record ReferenceOptions(boolean live, DayOfWeek weekStart, Duration conversionWindow, Duration activeWindow) {

    /** 720 hours. */
    private static final Duration CONVERSION_WINDOW = Duration.ofDays(30);

    private static final Duration ACTIVE_WINDOW = Duration.ofMinutes(30);

    /** Refuses nulls. */
    public ReferenceOptions {
        Objects.requireNonNull(weekStart, "weekStart");
        Objects.requireNonNull(conversionWindow, "conversionWindow");
        Objects.requireNonNull(activeWindow, "activeWindow");
    }

    /** What the specification says when a request says nothing: not live, weeks from Monday, 720 hours, 30 minutes. */
    public static ReferenceOptions standard() {
        return new ReferenceOptions(false, DayOfWeek.MONDAY, CONVERSION_WINDOW, ACTIVE_WINDOW);
    }

    /** These options, live. */
    public ReferenceOptions asLive() {
        return new ReferenceOptions(true, weekStart, conversionWindow, activeWindow);
    }

    /** These options with weeks that start on a day. */
    public ReferenceOptions withWeekStart(DayOfWeek day) {
        return new ReferenceOptions(live, day, conversionWindow, activeWindow);
    }
}
