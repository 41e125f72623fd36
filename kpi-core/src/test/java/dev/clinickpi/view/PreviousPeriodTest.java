package dev.clinickpi.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.time.Period;
import dev.clinickpi.time.Slice;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviousPeriodTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    @ParameterizedTest(name = "{0} to {1} with {2} to {3}")
    @CsvSource({
        // whole months with whole months
        "2026-03-01, 2026-04-01, 2026-02-01, 2026-03-01",
        "2026-02-01, 2026-03-01, 2026-01-01, 2026-02-01",
        "2026-01-01, 2026-04-01, 2025-10-01, 2026-01-01",
        "2026-01-01, 2027-01-01, 2025-01-01, 2026-01-01",
        // a part of one with the same part of the one before
        "2026-03-01, 2026-03-15, 2026-02-01, 2026-02-15",
        "2026-03-10, 2026-03-11, 2026-02-10, 2026-02-11",
        "2026-02-15, 2026-03-01, 2026-01-15, 2026-01-29",
        "2026-03-16, 2026-04-01, 2026-02-16, 2026-03-01",
        "2026-03-01, 2026-03-31, 2026-02-01, 2026-03-01",
        "2024-03-29, 2024-03-31, 2024-02-29, 2024-03-01",
        // anything else with as many days before
        "2026-02-23, 2026-03-09, 2026-02-09, 2026-02-23",
        "2026-03-29, 2026-04-05, 2026-03-22, 2026-03-29",
        "2026-03-02, 2026-05-01, 2026-01-01, 2026-03-02",
    })
    void periodsAsTheyStand(LocalDate from, LocalDate to, LocalDate beforeFrom, LocalDate beforeTo) {
        Period period = new Period(from, to);
        Period before = new Period(beforeFrom, beforeTo);
        assertThat(PreviousPeriod.of(period).dates()).contains(before);
        assertThat(PreviousPeriod.of(period).until(period.span(MADRID).to(), MADRID))
                .isEqualTo(before.span(MADRID));
    }

    @Test
    void aPartThatTheMonthBeforeLacksIsEmpty() {
        Period period = new Period(LocalDate.of(2026, 3, 30), LocalDate.of(2026, 4, 1));
        assertThat(PreviousPeriod.of(period).dates()).isEqualTo(Optional.empty());
        assertThat(PreviousPeriod.of(period).until(period.span(MADRID).to(), MADRID))
                .isEqualTo(new Span(local("2026-03-01T00:00"), local("2026-03-01T00:00")));
    }

    @ParameterizedTest(name = "{0} to {1} cut at {2} with {3} to {4}")
    @CsvSource({
        "2026-03-01, 2026-04-01, 2026-03-15T10:30, 2026-02-01T00:00, 2026-02-15T10:30",
        "2026-03-01, 2026-04-01, 2026-03-15T00:00, 2026-02-01T00:00, 2026-02-15T00:00",
        "2026-03-01, 2026-04-01, 2026-03-01T00:00, 2026-02-01T00:00, 2026-02-01T00:00",
        "2026-03-01, 2026-04-01, 2026-03-31T10:30, 2026-02-01T00:00, 2026-03-01T00:00",
        "2026-02-01, 2026-03-01, 2026-02-28T10:30, 2026-01-01T00:00, 2026-01-28T10:30",
        // 29 March has 23 hours: eight and a half of them are over at 09:30.
        "2026-03-29, 2026-04-05, 2026-03-29T09:30, 2026-03-22T00:00, 2026-03-22T08:30",
        "2026-01-01, 2026-04-01, 2026-02-15T10:30, 2025-10-01T00:00, 2025-11-15T10:30",
        "2026-02-01, 2026-04-01, 2026-03-01T00:00, 2025-12-01T00:00, 2026-01-01T00:00",
        "2026-02-23, 2026-03-09, 2026-03-02T12:15, 2026-02-09T00:00, 2026-02-16T12:15",
        // the 24th hour of a longer day is nobody's on a day of 23
        "2026-04-04, 2026-04-05, 2026-04-04T23:45, 2026-03-04T00:00, 2026-03-04T23:45",
        "2026-04-29, 2026-04-30, 2026-04-29T23:45, 2026-03-29T00:00, 2026-03-30T00:00",
    })
    void periodsThatTheMomentCuts(LocalDate from, LocalDate to, String end, String beforeFrom, String beforeEnd) {
        assertThat(PreviousPeriod.of(new Period(from, to)).until(local(end), MADRID))
                .isEqualTo(new Span(local(beforeFrom), local(beforeEnd)));
    }

    private static Instant local(String text) {
        return LocalDateTime.parse(text).atZone(MADRID).toInstant();
    }

    @Property(seed = "20260301")
    void theEarlierSpanEndsOnASliceBeforeTheLaterOne(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 12_000, max = 22_000) int from,
            @ForAll @IntRange(min = 1, max = 70) int days,
            @ForAll @IntRange(min = 0, max = 7_000) int slices) {
        LocalDate first = LocalDate.ofEpochDay(from);
        Period period = new Period(first, first.plusDays(days));
        PreviousPeriod before = PreviousPeriod.of(period);
        Span later = period.span(zone);
        Instant end = later.from().plusMillis(slices * Slice.MILLIS);
        Span earlier = before.until(end.isBefore(later.to()) ? end : later.to(), zone);
        assertThat(earlier.to().toEpochMilli() % Slice.MILLIS).isZero();
        assertThat(earlier.from()).isBeforeOrEqualTo(later.from());
        Instant wholeEnd = before.until(later.to(), zone).to();
        assertThat(earlier.to()).isBeforeOrEqualTo(wholeEnd);
        assertThat(wholeEnd).isBeforeOrEqualTo(later.from());
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Madrid",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "America/Santiago",
                        "America/St_Johns",
                        "Pacific/Apia")
                .map(ZoneId::of);
    }
}
