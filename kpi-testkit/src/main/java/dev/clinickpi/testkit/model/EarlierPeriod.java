package dev.clinickpi.testkit.model;

import dev.clinickpi.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Section 2, "comparison with the previous period": the days of a period and those that they are set against, one by one. */
final class EarlierPeriod {

    private final LocalCalendar calendar;
    private final Period later;
    private final List<LocalDate> earlier = new ArrayList<>();
    private final LocalDate from;
    private final LocalDate to;
    private final long months;

    EarlierPeriod(LocalCalendar calendar, Period later) {
        this.calendar = calendar;
        this.later = later;
        LocalDate last = later.to().minusDays(1);
        boolean isWholeMonths = later.from().getDayOfMonth() == 1 && later.to().getDayOfMonth() == 1;
        boolean isInOneMonth = YearMonth.from(later.from()).equals(YearMonth.from(last));
        months = isWholeMonths ? ChronoUnit.MONTHS.between(later.from(), later.to()) : isInOneMonth ? 1 : 0;
        for (LocalDate day = later.from(); day.isBefore(later.to()); day = day.plusDays(1)) {
            LocalDate partner = partner(day);
            if (partner != null) {
                earlier.add(partner);
            }
        }
        from = earlier.isEmpty() ? later.from().withDayOfMonth(1) : earlier.get(0);
        if (isWholeMonths) {
            to = later.from();
        } else {
            to = earlier.isEmpty() ? from : earlier.get(earlier.size() - 1).plusDays(1);
        }
    }

    /** The day that a day is set against; null when its month has no such day. */
    private @Nullable LocalDate partner(LocalDate day) {
        if (months == 0) {
            return day.minusDays(ChronoUnit.DAYS.between(later.from(), later.to()));
        }
        YearMonth month = YearMonth.from(day).minusMonths(months);
        return day.getDayOfMonth() <= month.lengthOfMonth() ? month.atDay(day.getDayOfMonth()) : null;
    }

    /** The dates; null when there are none. */
    @Nullable
    Period dates() {
        return earlier.isEmpty() ? null : new Period(from, to);
    }

    Instant start() {
        return calendar.startOf(from);
    }

    /** The end of what is set against the later period until an instant. */
    Instant end(Instant laterEnd) {
        if (laterEnd.equals(calendar.startOf(later.to()))) {
            return calendar.startOf(to);
        } else if (laterEnd.equals(calendar.startOf(later.from()))) {
            return start();
        }
        LocalDate day = calendar.dayOf(laterEnd);
        LocalDate partner = partner(day);
        if (partner == null) {
            return calendar.startOf(
                    YearMonth.from(day).minusMonths(months).plusMonths(1).atDay(1));
        }
        Instant sameElapsed = calendar.startOf(partner).plus(Duration.between(calendar.startOf(day), laterEnd));
        Instant endOfDay = calendar.startOf(partner.plusDays(1));
        return sameElapsed.isBefore(endOfDay) ? sameElapsed : endOfDay;
    }
}
