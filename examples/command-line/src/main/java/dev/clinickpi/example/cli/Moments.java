package dev.clinickpi.example.cli;

import dev.clinickpi.time.Slice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads dates and instants as people type them, within the time that the library has figures for. */
final class Moments {

    private static final Instant EARLIEST = Instant.ofEpochMilli(Slice.EARLIEST);
    private static final Instant END = Instant.ofEpochMilli(Slice.END);

    private Moments() {}

    /** A date, such as {@code 2026-03-01}. */
    static final class OfDate implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String text) {
            try {
                LocalDate date = LocalDate.parse(text);
                require(date.atStartOfDay().toInstant(ZoneOffset.UTC));
                return date;
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' is no date; write it like 2026-03-01");
            }
        }
    }

    /** An instant, such as {@code 2026-04-01T08:00:00Z} or {@code 2026-04-01T10:00:00+02:00}. */
    static final class OfInstant implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                Instant instant = Instant.parse(text);
                require(instant);
                return instant;
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text
                        + "' is no instant; write it like 2026-04-01T08:00:00Z or 2026-04-01T10:00:00+02:00");
            }
        }
    }

    private static void require(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(END)) {
            throw new TypeConversionException("it must lie in the years from 1990 to 2199");
        }
    }
}
