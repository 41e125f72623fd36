package dev.clinickpi.clinic;

import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Opening hours by brute force: notes what the wall shows in every minute of some weeks, and looks wall times up in the notes. It leaves no gap or
 * overlap to java.time and shares nothing with {@link ClinicCalendar} but the rule. Minutes are counted from the epoch.
 */
final class WallClock {

    private static final int DAY = 24 * 60;

    private final long first;
    private final long[] shown;
    private final Map<Long, Long> firstShownAt = new HashMap<>();
    private final List<long[]> spans = new ArrayList<>();

    /** Knows the spans that begin up to six days before and after a date. */
    WallClock(Clinic clinic, LocalDate around) {
        first = (around.toEpochDay() - 9) * DAY;
        shown = new long[18 * DAY];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shownAt(first + i, clinic.zone());
            firstShownAt.putIfAbsent(shown[i], first + i);
        }
        for (LocalDate date = around.minusDays(6); date.isBefore(around.plusDays(7)); date = date.plusDays(1)) {
            if (!clinic.holidays().contains(date)) {
                addSpans(clinic, date);
            }
        }
    }

    boolean isOpen(long minute) {
        return spans.stream().anyMatch(span -> span[0] <= minute && minute < span[1]);
    }

    /** In milliseconds. */
    OptionalLong nextOpening(long minute) {
        return spans.stream()
                .mapToLong(span -> span[0])
                .filter(start -> start >= minute)
                .map(start -> start * 60_000)
                .min();
    }

    /** Where spans start and end. */
    List<Long> edges() {
        return spans.stream()
                .flatMap(span -> List.of(span[0], span[1]).stream())
                .toList();
    }

    private void addSpans(Clinic clinic, LocalDate date) {
        WeeklyHours inForce = null;
        for (Map.Entry<LocalDate, WeeklyHours> week :
                clinic.openingHours().byDate().entrySet()) {
            if (!week.getKey().isAfter(date)) {
                inForce = week.getValue();
            }
        }
        if (inForce == null) {
            return;
        }
        for (OpeningSpan span : inForce.on(date.getDayOfWeek())) {
            long start = minuteOf(date, span.start());
            long end = minuteOf(span.end().isAfter(span.start()) ? date : date.plusDays(1), span.end());
            if (start < end) {
                spans.add(new long[] {start, end});
            }
        }
    }

    /** The first minute in which the wall shows a time; if none does, that in which it first shows the time later by what the wall left out. */
    private long minuteOf(LocalDate date, LocalTime time) {
        long wanted = date.toEpochDay() * DAY + time.toSecondOfDay() / 60;
        Long minute = firstShownAt.get(wanted);
        if (minute != null) {
            return minute;
        }
        int i = 1;
        while (shown[i - 1] > wanted || shown[i] < wanted) {
            i++;
        }
        long leftOut = shown[i] - shown[i - 1] - 1;
        return firstShownAt.get(wanted + leftOut);
    }

    private static long shownAt(long minute, ZoneId zone) {
        LocalDateTime wall = LocalDateTime.ofInstant(Instant.ofEpochSecond(minute * 60), zone);
        return wall.toEpochSecond(ZoneOffset.UTC) / 60;
    }
}
