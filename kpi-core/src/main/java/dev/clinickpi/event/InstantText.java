package dev.clinickpi.event;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;

/**
 * Reads what {@link OffsetDateTime#parse(CharSequence)} reads, with any number of digits in the fraction, down to the millisecond.
 *
 * <p>Almost every instant of an event stream looks like {@code 2026-03-02T13:00:00.123Z}. That form is read here, straight from the
 * parser's characters; java.time, which builds a map of fields for each, decides about all others. Where both read a text they agree.
 */
final class InstantText {

    /** Stands for a text that is no instant. No instant of an event comes near it. */
    static final long NONE = Long.MIN_VALUE;

    private static final int TIME_END = "2026-03-02T13:00:00".length();
    private static final int OFFSET_LENGTH = "+01:00".length();
    private static final int MAX_OFFSET_MINUTES = 18 * 60;
    private static final int MAX_DECIMALS = 9;

    private InstantText() {}

    /** The epoch milliseconds of an instant, or {@link #NONE}. */
    static long parse(char[] text, int offset, int length) {
        long usual = parseUsual(text, offset, length);
        return usual != NONE ? usual : parseAny(new String(text, offset, length));
    }

    /** Reads {@code yyyy-MM-ddTHH:mm:ss}, a fraction or none, and {@code Z} or {@code ±HH:mm}. */
    static long parseUsual(char[] text, int offset, int length) {
        if (length <= TIME_END) {
            return NONE;
        }
        long second = localSecond(text, offset);
        int at = offset + TIME_END;
        int end = offset + length;
        int millis = 0;
        if (text[at] == '.') {
            int fraction = ++at;
            for (int weight = 100; at < end && isDigit(text[at]); weight /= 10) {
                millis += weight * (text[at++] - '0');
            }
            if (at == fraction) {
                return NONE;
            }
        }
        long offsetMinutes = offsetMinutes(text, at, end);
        return second == NONE || offsetMinutes == NONE ? NONE : (second - offsetMinutes * 60) * 1_000 + millis;
    }

    private static long localSecond(char[] text, int at) {
        if (text[at + 4] != '-'
                || text[at + 7] != '-'
                || text[at + 10] != 'T'
                || text[at + 13] != ':'
                || text[at + 16] != ':') {
            return NONE;
        }
        long epochDay = epochDay(digits(text, at, 4), digits(text, at + 5, 2), digits(text, at + 8, 2));
        int hour = digits(text, at + 11, 2);
        int minute = digits(text, at + 14, 2);
        int second = digits(text, at + 17, 2);
        if (epochDay == NONE || (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        return ((epochDay * 24 + hour) * 60 + minute) * 60 + second;
    }

    private static long epochDay(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        boolean exists = day <= Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year));
        return exists ? LocalDate.of(year, month, day).toEpochDay() : NONE;
    }

    private static long offsetMinutes(char[] text, int at, int end) {
        if (end - at == 1 && text[at] == 'Z') {
            return 0;
        }
        if (end - at != OFFSET_LENGTH || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return NONE;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        int total = hours * 60 + minutes;
        if ((hours | minutes) < 0 || minutes > 59 || total > MAX_OFFSET_MINUTES) {
            return NONE;
        }
        return text[at] == '-' ? -total : total;
    }

    /** The number that {@code count} digits make, or a negative one when they are no digits. */
    private static int digits(char[] text, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Its failures quote the text, so none of them leaves. */
    private static long parseAny(String text) {
        try {
            return OffsetDateTime.parse(cutFraction(text)).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return NONE;
        }
    }

    /** Leaves no more digits behind the decimal point than java.time reads. */
    private static String cutFraction(String text) {
        int fraction = text.indexOf('.') + 1;
        int end = fraction;
        while (fraction > 0 && end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end - fraction <= MAX_DECIMALS ? text : text.substring(0, fraction + MAX_DECIMALS) + text.substring(end);
    }
}
