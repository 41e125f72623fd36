package dev.clinickpi.clinic;

import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import dev.clinickpi.time.LocalDays;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A clinic's local days and opening hours on the line of instants: what the dating of facts depends on, and nothing else of the clinic (section 3).
 * Two calendars are equal when they have the same zone, opening hours and holidays; a change of any of them asks for the facts to be folded again.
 *
 * <p>Instants are epoch milliseconds. Immutable but for a bounded cache; safe for use by many threads.
 */
public final class ClinicCalendar {

    /*
     * Whether a clinic is open is asked at the start of every conversation, so the answer is kept ready on pages. A page is a day of UTC, not of the
     * clinic: a division finds it, where a local day would need the zone's rules, and the spans that reach into it are as few.
     *
     * Which local dates have spans that reach into the page of a day? A wall time becomes an instant by subtracting one offset, of at most 18 hours
     * (in a gap the one before it: that is what moves it later by the gap's length; in an overlap, too: that is the earlier one). A span of date d
     * begins within 24 hours of wall time from the start of d and lasts for at most 24, so on a line where every day has 24 hours
     *
     *     its start lies in [d - 18 h, d + 42 h)    and its end before    d + 66 h.
     *
     * So the page of day n is reached by the dates n - 2 to n + 1, its starts are those of n - 1 to n + 1, and no zone, skipped day or clock set back
     * over midnight needs a thought of its own.
     */
    private static final long PAGE_MILLIS = 24 * 60 * 60 * 1_000L;

    /** More than a year, so that a year's history in any order writes each page once. A page of usual hours takes some hundred bytes. */
    private static final int PAGES = 512;

    private final LocalDays days;
    private final EffectiveDated<WeeklyHours> openingHours;
    private final Set<LocalDate> holidays;
    private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(PAGES);

    private ClinicCalendar(ZoneId zone, EffectiveDated<WeeklyHours> openingHours, Set<LocalDate> holidays) {
        this.days = LocalDays.in(zone);
        this.openingHours = openingHours;
        this.holidays = holidays;
    }

    /** The calendar of a clinic. */
    public static ClinicCalendar of(Clinic clinic) {
        return new ClinicCalendar(clinic.zone(), clinic.openingHours(), clinic.holidays());
    }

    /** The local days of its zone. */
    public LocalDays days() {
        return days;
    }

    /** Whether its opening hours are known. A clinic whose weeks are known to have no spans has them: it never opens. */
    public boolean hasOpeningHours() {
        return !openingHours.isEmpty();
    }

    /** Whether an instant lies in a span of its opening hours. */
    public boolean isOpen(long epochMillis) {
        return page(Math.floorDiv(epochMillis, PAGE_MILLIS)).isOpen(epochMillis);
    }

    /** For how many of the milliseconds in {@code [from, to)} it is open. */
    public long openMillis(long from, long to) {
        long open = 0;
        long start = from;
        while (start < to) {
            long day = Math.floorDiv(start, PAGE_MILLIS);
            long end = Math.min(to, (day + 1) * PAGE_MILLIS);
            open += page(day).openMillis(start, end);
            start = end;
        }
        return open;
    }

    /** The first start of a span at or after an instant, in epoch milliseconds; empty when it never opens again. */
    public OptionalLong nextOpening(long epochMillis) {
        Page page = page(Math.floorDiv(epochMillis, PAGE_MILLIS));
        while (true) {
            for (long start : page.starts) {
                if (start >= epochMillis) {
                    return OptionalLong.of(start);
                }
            }
            if (page.next == Page.NONE) {
                return OptionalLong.empty();
            }
            page = page(page.next);
        }
    }

    /** The latest local date that has begun by an instant in epoch milliseconds. */
    public LocalDate lastDateBy(long epochMillis) {
        Instant instant = Instant.ofEpochMilli(epochMillis);
        LocalDate next = instant.atZone(days.zone()).toLocalDate().plusDays(1);
        // A clock that is set back over midnight has begun the next day once already.
        return next.atStartOfDay(days.zone()).toInstant().isAfter(instant) ? next.minusDays(1) : next;
    }

    /**
     * A digest of the zone's name, of whether opening hours are known at all, and of the opening hours and holidays of the local dates to a last one: calendars
     * that have it in common date every instant to the end of that date alike, whatever they say of later ones. It is the same in every process.
     *
     * @param last the last date that counts, itself included
     * @return 64 hexadecimal digits
     */
    public String fingerprint(LocalDate last) {
        StringBuilder text = new StringBuilder(days.zone().getId());
        text.append(hasOpeningHours() ? "" : "\nno hours");
        openingHours.byDate().headMap(last, true).forEach((from, week) -> {
            text.append('\n').append(from);
            week.spans().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(day -> {
                text.append(' ').append(day.getKey());
                day.getValue()
                        .forEach(span -> text.append(' ')
                                .append(span.start())
                                .append('-')
                                .append(span.end()));
            });
        });
        new TreeSet<>(holidays)
                .headSet(last, true)
                .forEach(holiday -> text.append("\nholiday ").append(holiday));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClinicCalendar that
                && days.zone().equals(that.days.zone())
                && openingHours.equals(that.openingHours)
                && holidays.equals(that.holidays);
    }

    @Override
    public int hashCode() {
        return Objects.hash(days.zone(), openingHours, holidays);
    }

    private Page page(long day) {
        int slot = (int) Math.floorMod(day, (long) PAGES);
        Page page = pages.get(slot);
        if (page == null || page.day != day) {
            page = write(day);
            pages.set(slot, page);
        }
        return page;
    }

    private Page write(long day) {
        long from = day * PAGE_MILLIS;
        List<Opening> openings = new ArrayList<>();
        for (long date = day - 2; date <= day + 1; date++) {
            for (Opening opening : openingsOn(LocalDate.ofEpochDay(date))) {
                if (opening.start < from + PAGE_MILLIS && opening.end > from) {
                    openings.add(opening);
                }
            }
        }
        openings.sort(Comparator.comparingLong(Opening::start));
        return new Page(day, openings, pageAfter(day));
    }

    /**
     * The next page that a span may start on. The dates from this page's day on are those whose spans may start later than on it, and the first of
     * them may start a day early.
     */
    private long pageAfter(long day) {
        LocalDate date = firstDateWithSpans(LocalDate.ofEpochDay(day));
        return date == null ? Page.NONE : Math.max(day + 1, date.toEpochDay() - 1);
    }

    /** The spans that begin on a date, but for those that DST empties. */
    private List<Opening> openingsOn(LocalDate date) {
        List<Opening> openings = new ArrayList<>();
        for (OpeningSpan span : spansOn(date)) {
            long start = instant(date, span.start());
            long end = instant(span.end().isAfter(span.start()) ? date : date.plusDays(1), span.end());
            if (start < end) {
                openings.add(new Opening(start, end));
            }
        }
        return openings;
    }

    /** Java's rule for gaps and overlaps is the one of section 3. */
    private long instant(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(days.zone()).toInstant().toEpochMilli();
    }

    private List<OpeningSpan> spansOn(LocalDate date) {
        if (holidays.contains(date)) {
            return List.of();
        }
        return openingHours.on(date).map(week -> week.on(date.getDayOfWeek())).orElse(List.of());
    }

    /**
     * Leaps over the time that no week in force has spans.
     *
     * @return {@code null} when that is for ever; otherwise a date is found, for weeks recur and holidays are finite
     */
    private @Nullable LocalDate firstDateWithSpans(LocalDate from) {
        LocalDate date = from;
        while (spansOn(date).isEmpty()) {
            boolean closed =
                    openingHours.on(date).map(week -> week.spans().isEmpty()).orElse(true);
            LocalDate next = closed ? openingHours.byDate().higherKey(date) : date.plusDays(1);
            if (next == null) {
                return null;
            }
            date = next;
        }
        return date;
    }

    /** A span of opening hours on the line of instants, {@code [start, end)}. */
    private record Opening(long start, long end) {}

    /** What a day of UTC shows of the opening hours. */
    private static final class Page {

        /** There is no such page. */
        private static final long NONE = Long.MAX_VALUE;

        private final long day;

        /** The day of the next page that a span may start on. */
        private final long next;

        /** The instants in the day at which a span starts, ascending. */
        private final long[] starts;

        /** The instants at which the clinic opens and closes, by turns and ascending; the first and the last may lie beyond the day. */
        private final long[] turns;

        /** @param openings those that reach into the day, in order of start */
        Page(long day, List<Opening> openings, long next) {
            this.day = day;
            this.next = next;
            this.starts = openings.stream()
                    .mapToLong(Opening::start)
                    .filter(start -> start >= day * PAGE_MILLIS)
                    .toArray();
            this.turns = turns(openings);
        }

        /** Spans that overlap or touch are one turn. */
        private static long[] turns(List<Opening> openings) {
            long[] turns = new long[2 * openings.size()];
            int length = 0;
            for (Opening opening : openings) {
                if (length > 0 && opening.start <= turns[length - 1]) {
                    turns[length - 1] = Math.max(turns[length - 1], opening.end);
                } else {
                    turns[length++] = opening.start;
                    turns[length++] = opening.end;
                }
            }
            return Arrays.copyOf(turns, length);
        }

        boolean isOpen(long epochMillis) {
            int passed = 0;
            while (passed < turns.length && turns[passed] <= epochMillis) {
                passed++;
            }
            return passed % 2 == 1;
        }

        /** Both ends lie in the day. */
        long openMillis(long from, long to) {
            long open = 0;
            for (int i = 0; i < turns.length; i += 2) {
                open += Math.max(0, Math.min(to, turns[i + 1]) - Math.max(from, turns[i]));
            }
            return open;
        }
    }
}
