package dev.clinickpi.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshTest {

    private static final Period MARCH = Period.month(2026, 3);

    @ParameterizedTest(name = "{0} in {1} at {2}: {3}")
    @CsvSource({
        "REAL_TIME, Europe/Madrid, 2026-03-18T11:11:11.123Z, 2026-03-18T11:11:11.123Z",
        "HOURLY, Europe/Madrid, 2026-03-18T11:11:11Z, 2026-03-18T11:00:00Z",
        "HOURLY, Asia/Kathmandu, 2026-03-18T11:11:11Z, 2026-03-18T10:15:00Z",
        "HOURLY, Australia/Lord_Howe, 2026-04-04T15:35:00Z, 2026-04-04T15:30:00Z",
        "DAILY, Europe/Madrid, 2026-03-18T22:59:59Z, 2026-03-17T23:00:00Z",
        "DAILY, Europe/Madrid, 2026-03-18T23:00:00Z, 2026-03-18T23:00:00Z",
        "DAILY, America/Santiago, 2025-09-07T03:59:59Z, 2025-09-06T04:00:00Z",
        "DAILY, America/Santiago, 2025-09-07T04:00:00Z, 2025-09-07T04:00:00Z",
        "DAILY, Pacific/Apia, 2011-12-30T12:00:00Z, 2011-12-30T10:00:00Z",
        "WEEKLY, Europe/Madrid, 2026-03-18T11:11:11Z, 2026-03-15T23:00:00Z",
        "WEEKLY, Europe/Madrid, 2026-03-29T21:59:59Z, 2026-03-22T23:00:00Z",
        "WEEKLY, Europe/Madrid, 2026-03-29T22:00:00Z, 2026-03-29T22:00:00Z",
    })
    void cutsOffAtTheStartOfTheLocalHourDayOrWeek(Refresh refresh, ZoneId zone, Instant asOf, Instant cutoff) {
        assertThat(refresh.cutoff(asOf, zone, DayOfWeek.MONDAY)).isEqualTo(cutoff);
    }

    @Test
    void weeksStartWhereTheRequestSays() {
        Instant wednesday = Instant.parse("2026-03-18T11:11:11Z");
        assertThat(Refresh.WEEKLY.cutoff(wednesday, ZoneId.of("UTC"), DayOfWeek.SUNDAY))
                .isEqualTo(Instant.parse("2026-03-15T00:00:00Z"));
        assertThat(Refresh.WEEKLY.cutoff(wednesday, ZoneId.of("UTC"), DayOfWeek.THURSDAY))
                .isEqualTo(Instant.parse("2026-03-12T00:00:00Z"));
    }

    @ParameterizedTest(name = "{0} at {1}: to {2}, end included {3}, partial {4}, empty {5}")
    @CsvSource({
        "REAL_TIME, 2026-03-18T11:11:11Z, 2026-03-18T11:11:11Z, true, true, false",
        "REAL_TIME, 2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, true, true, false",
        "REAL_TIME, 2026-02-28T23:59:59Z, 2026-03-01T00:00:00Z, false, true, true",
        "REAL_TIME, 2026-04-01T00:00:00Z, 2026-04-01T00:00:00Z, false, false, false",
        "REAL_TIME, 2026-03-31T23:59:59.999Z, 2026-03-31T23:59:59.999Z, true, true, false",
        "DAILY, 2026-03-18T11:11:11Z, 2026-03-18T00:00:00Z, false, true, false",
        "DAILY, 2026-03-01T11:11:11Z, 2026-03-01T00:00:00Z, false, true, true",
        "DAILY, 2026-04-01T00:00:00Z, 2026-04-01T00:00:00Z, false, false, false",
        "WEEKLY, 2026-04-02T00:00:00Z, 2026-03-30T00:00:00Z, false, true, false",
    })
    void shortensThePeriodAndNothingElse(
            Refresh refresh, Instant asOf, Instant to, boolean endIncluded, boolean partial, boolean empty) {
        Coverage coverage = refresh.covered(MARCH, asOf, ZoneId.of("UTC"), DayOfWeek.MONDAY);
        assertThat(coverage)
                .isEqualTo(new Coverage(new Span(Instant.parse("2026-03-01T00:00:00Z"), to), endIncluded, partial));
        assertThat(coverage.isEmpty()).isEqualTo(empty);
    }

    @Test
    void periodsAndSpansDoNotRunBackwards() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThatThrownBy(() -> new Period(day, day)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(Instant.EPOCH, Instant.EPOCH.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Period.lastDays(7, day)).isEqualTo(new Period(LocalDate.of(2026, 2, 23), LocalDate.of(2026, 3, 2)));
    }
}
