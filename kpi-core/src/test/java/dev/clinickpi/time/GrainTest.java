package dev.clinickpi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrainTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    /** Days of a changing clock, and how many hours and whole hours of time they have. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Madrid,       2026-03-28, 24, 24:00",
        "Europe/Madrid,       2026-03-29, 23, 23:00",
        "Europe/Madrid,       2026-10-25, 25, 25:00",
        "Asia/Kathmandu,      2026-03-29, 24, 24:00",
        // 02:00 to 02:30 does not exist: the hour that is left of it begins at 02:30.
        "Australia/Lord_Howe, 2026-10-04, 24, 23:30",
        // 01:30 to 02:00 comes twice, and truncating the second one leads before the first.
        "Australia/Lord_Howe, 2026-04-05, 24, 24:30",
        // Begins at 01:00.
        "America/Santiago,    2026-09-06, 23, 23:00",
        "America/Santiago,    2026-04-04, 25, 25:00",
        // Begins at 00:00, goes back to 23:01 after a minute and begins again.
        "America/St_Johns,    2010-11-07, 25, 25:00",
    })
    void hoursOfADay(String zone, LocalDate date, int count, String length) {
        Period day = new Period(date, date.plusDays(1));
        List<Grain.Step> hours = Grain.HOUR.steps(day, ZoneId.of(zone), DayOfWeek.MONDAY);
        assertThat(hours).hasSize(count).noneMatch(Grain.Step::isCut);
        Span span = day.span(ZoneId.of(zone));
        long minutes = span.from().until(span.to(), ChronoUnit.MINUTES);
        assertThat("%02d:%02d".formatted(minutes / 60, minutes % 60)).isEqualTo(length);
    }

    @Test
    void anHourAtLordHoweMayBeHalfOne() {
        Period day = new Period(LocalDate.of(2026, 10, 4), LocalDate.of(2026, 10, 5));
        ZoneId zone = ZoneId.of("Australia/Lord_Howe");
        Span third = Grain.HOUR.steps(day, zone, DayOfWeek.MONDAY).get(2).whole();
        assertThat(third.from()).isEqualTo("2026-10-03T15:30:00Z");
        assertThat(third.to()).isEqualTo("2026-10-03T16:00:00Z");
    }

    @Test
    void aDayThatTheZoneSkippedIsNoStep() {
        Period period = new Period(LocalDate.of(2011, 12, 29), LocalDate.of(2012, 1, 1));
        ZoneId apia = ZoneId.of("Pacific/Apia");
        assertThat(Grain.DAY.steps(period, apia, DayOfWeek.MONDAY))
                .extracting(step -> step.whole().from())
                .containsExactly(Instant.parse("2011-12-29T10:00:00Z"), Instant.parse("2011-12-30T10:00:00Z"));
        assertThat(Grain.HOUR.steps(period, apia, DayOfWeek.MONDAY)).hasSize(48);
        Period skipped = new Period(LocalDate.of(2011, 12, 30), LocalDate.of(2011, 12, 31));
        for (Grain grain : Grain.values()) {
            assertThat(grain.steps(skipped, apia, DayOfWeek.MONDAY)).isEmpty();
        }
    }

    /** Of 25 February to 10 March 2026, the first and the last step. */
    @ParameterizedTest
    @CsvSource({
        "WEEK,  MONDAY,    2026-02-23, true,  2026-03-09, true, 3",
        "WEEK,  WEDNESDAY, 2026-02-25, false, 2026-03-04, true, 2",
        "MONTH, MONDAY,    2026-02-01, true,  2026-03-01, true, 2",
        "YEAR,  MONDAY,    2026-01-01, true,  2026-01-01, true, 1",
        "DAY,   MONDAY,    2026-02-25, false, 2026-03-09, false, 13",
    })
    void stepsAreWholeAndThePeriodCutsThem(
            Grain grain,
            DayOfWeek weekStart,
            LocalDate first,
            boolean firstCut,
            LocalDate last,
            boolean lastCut,
            int count) {
        Period period = new Period(LocalDate.of(2026, 2, 25), LocalDate.of(2026, 3, 10));
        List<Grain.Step> steps = grain.steps(period, MADRID, weekStart);
        assertThat(steps).hasSize(count);
        assertStep(steps.get(0), first, firstCut);
        assertStep(steps.get(count - 1), last, lastCut);
    }

    private static void assertStep(Grain.Step step, LocalDate from, boolean isCut) {
        assertThat(step.whole().from()).isEqualTo(from.atStartOfDay(MADRID).toInstant());
        assertThat(step.isCut()).isEqualTo(isCut);
    }

    @Property(seed = "20260301")
    void stepsDivideAPeriodOnBordersOfSlices(
            @ForAll Grain grain,
            @ForAll("zones") ZoneId zone,
            @ForAll DayOfWeek weekStart,
            @ForAll @IntRange(min = 12_000, max = 22_000) int from,
            @ForAll @IntRange(min = 1, max = 40) int days) {
        LocalDate first = LocalDate.ofEpochDay(from);
        Period period = new Period(first, first.plusDays(days));
        Instant end = period.span(zone).from();
        for (Grain.Step step : grain.steps(period, zone, weekStart)) {
            assertThat(step.asked().from()).isEqualTo(end);
            assertThat(step.asked().isEmpty()).isFalse();
            assertThat(step.asked().to().toEpochMilli() % Slice.MILLIS).isZero();
            assertThat(step.whole().from()).isBeforeOrEqualTo(step.asked().from());
            assertThat(step.whole().to()).isAfterOrEqualTo(step.asked().to());
            end = step.asked().to();
        }
        assertThat(end).isEqualTo(period.span(zone).to());
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Madrid",
                        "Asia/Kathmandu",
                        "Australia/Lord_Howe",
                        "America/Santiago",
                        "America/St_Johns",
                        "Pacific/Apia",
                        "Africa/Casablanca",
                        "America/Nuuk")
                .map(ZoneId::of);
    }
}
