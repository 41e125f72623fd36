package dev.clinickpi.view;

import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Which instants a period is compared with (section 2): whole calendar months with as many whole ones before them, a part of one month with the same
 * part of the month before, anything else with the equally long span before it.
 *
 * <p>Where the moment of the question cuts the period, the earlier one is cut after as many local days and, within the next, as much time. So a figure
 * that ends with a local day is set against one that does, wherever the clock changes; and since local days begin on the border of a slice, so do the
 * ends of both spans.
 *
 * @param period the later period
 * @param kind how it lies in its months
 */
record PreviousPeriod(Period period, Kind kind) {

    enum Kind {
        WHOLE_MONTHS,
        PART_OF_A_MONTH,
        OTHER
    }

    static PreviousPeriod of(Period period) {
        if (period.from().getDayOfMonth() == 1 && period.to().getDayOfMonth() == 1) {
            return new PreviousPeriod(period, Kind.WHOLE_MONTHS);
        }
        YearMonth first = YearMonth.from(period.from());
        YearMonth last = YearMonth.from(period.to().minusDays(1));
        return new PreviousPeriod(period, first.equals(last) ? Kind.PART_OF_A_MONTH : Kind.OTHER);
    }

    /** The dates that it is compared with; none where the month before is too short to have any of them. */
    Optional<Period> dates() {
        LocalDate from = start(period.from());
        LocalDate to = end();
        return from.isBefore(to) ? Optional.of(new Period(from, to)) : Optional.empty();
    }

    /**
     * The instants that are compared with those from the period's start to an end, which is the period's own where nothing cut it.
     *
     * @param end the start of a slice in the period, or its end
     */
    Span until(Instant end, ZoneId zone) {
        Instant from = startOf(start(period.from()), zone);
        Span later = period.span(zone);
        if (end.equals(later.to())) {
            return new Span(from, startOf(end(), zone));
        }
        return new Span(from, end.equals(later.from()) ? from : cut(end, zone));
    }

    private Instant cut(Instant end, ZoneId zone) {
        LocalDate date = LocalDays.in(zone).dateOf(end);
        Instant to =
                startOf(start(date), zone).plus(startOf(date, zone).until(end, ChronoUnit.MILLIS), ChronoUnit.MILLIS);
        Instant endOfDay = startOf(dayBefore(date).plusDays(1), zone);
        return to.isBefore(endOfDay) ? to : endOfDay;
    }

    /** Months end with months. A part of one ends after as many days, or with a month that has fewer. */
    private LocalDate end() {
        return kind == Kind.PART_OF_A_MONTH
                ? dayBefore(period.to().minusDays(1)).plusDays(1)
                : start(period.to());
    }

    /** Where the day that lies as far before begins; one that its month does not have, with the end of that month. */
    private LocalDate start(LocalDate date) {
        LocalDate before = dayBefore(date);
        boolean isMissing = kind != Kind.OTHER && before.getDayOfMonth() != date.getDayOfMonth();
        return isMissing ? before.plusDays(1) : before;
    }

    /** The day that lies as far before, or the last of its month where that has no such day. */
    private LocalDate dayBefore(LocalDate date) {
        return switch (kind) {
            case WHOLE_MONTHS -> date.minusMonths(period.from().until(period.to(), ChronoUnit.MONTHS));
            case PART_OF_A_MONTH -> date.minusMonths(1);
            case OTHER -> date.minusDays(period.from().until(period.to(), ChronoUnit.DAYS));
        };
    }

    private static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }
}
