package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Section 3, "opening hours": every span of a clinic from a date on, as instants, in a list that is scanned from end to end. */
final class OpeningSpans {

    /** Long enough after the last change of hours and the last holiday that a span of the week that then holds has begun. */
    private static final int DAYS_PAST_THE_LAST_CHANGE = 28;

    private static final int DAYS_THAT_A_SPAN_REACHES = 3;

    private final List<Span> spans = new ArrayList<>();

    private OpeningSpans() {}

    /** The spans that matter to instants of the days {@code [from, to)}, those that the clinic next opens with among them. */
    static OpeningSpans of(Clinic clinic, LocalDate from, LocalDate to) {
        OpeningSpans all = new OpeningSpans();
        LocalDate last = to;
        for (LocalDate change : clinic.openingHours().byDate().keySet()) {
            last = change.isAfter(last) ? change : last;
        }
        for (LocalDate holiday : clinic.holidays()) {
            last = holiday.isAfter(last) ? holiday : last;
        }
        last = last.plusDays(DAYS_PAST_THE_LAST_CHANGE);
        for (LocalDate date = from.minusDays(DAYS_THAT_A_SPAN_REACHES); date.isBefore(last); date = date.plusDays(1)) {
            all.addSpansThatBeginOn(date, clinic);
        }
        return all;
    }

    private void addSpansThatBeginOn(LocalDate date, Clinic clinic) {
        Optional<WeeklyHours> week = EffectiveDates.inForce(clinic.openingHours(), date);
        if (week.isEmpty() || clinic.holidays().contains(date)) {
            return;
        }
        for (OpeningSpan wall : week.get().on(date.getDayOfWeek())) {
            LocalDate endDate = wall.end().isAfter(wall.start()) ? date : date.plusDays(1);
            Instant start = instantOf(date, wall.start(), clinic.zone());
            Instant end = instantOf(endDate, wall.end(), clinic.zone());
            if (start.isBefore(end)) {
                spans.add(new Span(start, end));
            }
        }
    }

    /** A wall time in a gap moves later by its length, in an overlap it is the earlier one: so java.time resolves it. */
    private static Instant instantOf(LocalDate date, LocalTime time, ZoneId zone) {
        return date.atTime(time).atZone(zone).toInstant();
    }

    boolean isOpen(Instant x) {
        for (Span span : spans) {
            if (!x.isBefore(span.start) && x.isBefore(span.end)) {
                return true;
            }
        }
        return false;
    }

    /** The first start of a span at or after {@code x}; empty when there is none. */
    Optional<Instant> nextOpening(Instant x) {
        Optional<Instant> next = Optional.empty();
        for (Span span : spans) {
            if (!span.start.isBefore(x) && (next.isEmpty() || span.start.isBefore(next.get()))) {
                next = Optional.of(span.start);
            }
        }
        return next;
    }

    private record Span(Instant start, Instant end) {}
}
