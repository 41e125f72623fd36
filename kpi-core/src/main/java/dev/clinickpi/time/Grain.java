package dev.clinickpi.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How finely a time series divides a period: into local hours, days, weeks, months or years (section 5.1). */
public enum Grain {
    /** Local hours, as long as the zone makes them: a clock that moves by half an hour makes one of half or one and a half. */
    HOUR,
    /** Local days, of 23 or 25 hours where the clock changes. */
    DAY,
    /** Weeks, from the day that the request starts them on. */
    WEEK,
    /** Calendar months. */
    MONTH,
    /** Calendar years. */
    YEAR;

    /** The name that requests carry: {@code hour}, {@code day}, {@code week}, {@code month} or {@code year}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The steps that a period reaches into, in order and without a gap. A day that the zone skipped is no step.
     *
     * @param zone the clinic's zone
     * @param weekStart the day that weeks start on
     */
    public List<Step> steps(Period period, ZoneId zone, DayOfWeek weekStart) {
        return this == HOUR ? hours(period.span(zone), zone) : dates(period, zone, weekStart);
    }

    private List<Step> dates(Period period, ZoneId zone, DayOfWeek weekStart) {
        List<Step> steps = new ArrayList<>();
        LocalDate from = start(period.from(), weekStart);
        while (from.isBefore(period.to())) {
            LocalDate next = next(from);
            Period asked = new Period(latest(from, period.from()), earliest(next, period.to()));
            Step step = new Step(new Period(from, next).span(zone), asked.span(zone), asked);
            if (!step.asked.isEmpty()) {
                steps.add(step);
            }
            from = next;
        }
        return steps;
    }

    private LocalDate start(LocalDate date, DayOfWeek weekStart) {
        return switch (this) {
            case HOUR, DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(weekStart));
            case MONTH -> date.withDayOfMonth(1);
            case YEAR -> date.withDayOfYear(1);
        };
    }

    private LocalDate next(LocalDate start) {
        return switch (this) {
            case HOUR, DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
            case YEAR -> start.plusYears(1);
        };
    }

    /*
     * An hour begins where truncatedTo(HOURS) puts some instant, and runs to where the next one begins. Adding hours to the first would not find these
     * borders: a clock that moves by half an hour at Lord Howe leaves an hour of one and a half, and one set back over midnight at St John's puts the
     * same wall hour behind the next day's first. A border is an instant that is put where it is, and every border is one of a slice.
     */
    private static List<Step> hours(Span span, ZoneId zone) {
        List<Step> steps = new ArrayList<>();
        Instant from = span.from();
        for (Instant x = from.plusMillis(Slice.MILLIS); from.isBefore(span.to()); x = x.plusMillis(Slice.MILLIS)) {
            if (x.equals(x.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant())) {
                Span hour = new Span(from, x);
                steps.add(new Step(hour, hour, null));
                from = x;
            }
        }
        return steps;
    }

    private static LocalDate earliest(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private static LocalDate latest(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    /**
     * One step of a grain.
     *
     * @param whole the instants of the whole step
     * @param asked those of them that lie in the period; never none
     * @param dates the dates that {@code asked} is made of; null for an hour
     */
    public record Step(Span whole, Span asked, @Nullable Period dates) {

        /** Refuses nulls, the dates apart. */
        public Step {
            Objects.requireNonNull(whole, "whole");
            Objects.requireNonNull(asked, "asked");
        }

        /** Whether the period cuts it. */
        public boolean isCut() {
            return !whole.equals(asked);
        }
    }
}
