package dev.clinickpi.time;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;

/**
 * A half-open range of local dates {@code [from, to)}, read in the zone of the clinic that is asked.
 *
 * @param from the first day
 * @param to the day after the last; after {@code from}
 */
public record Period(LocalDate from, LocalDate to) {

    /** @throws IllegalArgumentException if {@code to} is not after {@code from} */
    public Period {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("A period ends after it begins: from " + from + " to " + to);
        }
    }

    /** The period of one calendar month; {@code month} from 1 to 12. */
    public static Period month(int year, int month) {
        LocalDate first = YearMonth.of(year, month).atDay(1);
        return new Period(first, first.plusMonths(1));
    }

    /** The instants of its days, from the start of the first to the end of the last; empty where the zone skipped them all. */
    public Span span(ZoneId zone) {
        return new Span(
                from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }

    /**
     * The period of the {@code days} days that end with {@code today}, today included.
     *
     * @throws IllegalArgumentException if {@code days} is not positive
     */
    public static Period lastDays(int days, LocalDate today) {
        LocalDate to = today.plusDays(1);
        return new Period(to.minusDays(days), to);
    }
}
