package dev.clinickpi.clinic;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A week of opening hours in local wall time.
 *
 * @param spans the spans that begin on each weekday; a weekday without any is absent
 */
public record WeeklyHours(Map<DayOfWeek, List<OpeningSpan>> spans) {

    /** Copies the map without the weekdays that have no span, so that weeks with the same hours are equal. */
    public WeeklyHours {
        Map<DayOfWeek, List<OpeningSpan>> copy = new EnumMap<>(DayOfWeek.class);
        spans.forEach((day, list) -> {
            if (!list.isEmpty()) {
                copy.put(day, List.copyOf(list));
            }
        });
        spans = Map.copyOf(copy);
    }

    /** The spans that begin on a weekday; empty when the clinic stays closed. */
    public List<OpeningSpan> on(DayOfWeek day) {
        return spans.getOrDefault(day, List.of());
    }

    /**
     * A span of wall time {@code [start, end)}. An end at or before its start falls on the next day, so {@link LocalTime#MIDNIGHT} as an end is the
     * midnight that closes the day, written {@code 24:00}.
     *
     * @param start the wall time that it begins at
     * @param end the wall time that it ends at
     */
    public record OpeningSpan(LocalTime start, LocalTime end) {

        /** Refuses nulls. */
        public OpeningSpan {
            Objects.requireNonNull(start, "start");
            Objects.requireNonNull(end, "end");
        }
    }
}
