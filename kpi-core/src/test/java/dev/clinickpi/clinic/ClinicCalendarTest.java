package dev.clinickpi.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClinicCalendarTest {

    @ParameterizedTest(name = "{0} {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # zone             | hours                                | at                     | open | next opening
            Asia/Kathmandu     | MONDAY 09:00-14:00 16:00-20:00       | 2026-03-02T08:59+05:45 | no   | 2026-03-02T09:00+05:45
            Asia/Kathmandu     | MONDAY 09:00-14:00 16:00-20:00       | 2026-03-02T09:00+05:45 | yes  | 2026-03-02T09:00+05:45
            Asia/Kathmandu     | MONDAY 09:00-14:00 16:00-20:00       | 2026-03-02T13:59+05:45 | yes  | 2026-03-02T16:00+05:45
            Asia/Kathmandu     | MONDAY 09:00-14:00 16:00-20:00       | 2026-03-02T14:00+05:45 | no   | 2026-03-02T16:00+05:45
            Asia/Kathmandu     | MONDAY 09:00-14:00 16:00-20:00       | 2026-03-02T20:00+05:45 | no   | 2026-03-09T09:00+05:45
            # past midnight, to midnight and around the clock
            Europe/Madrid      | FRIDAY 22:00-02:00                   | 2026-03-06T21:59+01:00 | no   | 2026-03-06T22:00+01:00
            Europe/Madrid      | FRIDAY 22:00-02:00                   | 2026-03-07T01:59+01:00 | yes  | 2026-03-13T22:00+01:00
            Europe/Madrid      | FRIDAY 22:00-02:00                   | 2026-03-07T02:00+01:00 | no   | 2026-03-13T22:00+01:00
            Europe/Madrid      | SUNDAY 23:00-24:00                   | 2026-03-08T23:59+01:00 | yes  | 2026-03-15T23:00+01:00
            Europe/Madrid      | SUNDAY 23:00-24:00                   | 2026-03-09T00:00+01:00 | no   | 2026-03-15T23:00+01:00
            Europe/Madrid      | SATURDAY 00:00-24:00                 | 2026-03-07T00:00+01:00 | yes  | 2026-03-07T00:00+01:00
            Europe/Madrid      | SATURDAY 00:00-24:00                 | 2026-03-07T23:59+01:00 | yes  | 2026-03-14T00:00+01:00
            Europe/Madrid      | SATURDAY 00:00-24:00                 | 2026-03-08T00:00+01:00 | no   | 2026-03-14T00:00+01:00
            Europe/Madrid      | SATURDAY 09:00-09:00                 | 2026-03-08T08:59+01:00 | yes  | 2026-03-14T09:00+01:00
            Europe/Madrid      | SATURDAY 09:00-09:00                 | 2026-03-08T09:00+01:00 | no   | 2026-03-14T09:00+01:00
            # spans that touch, overlap and hold each other
            Europe/Madrid      | MONDAY 09:00-14:00 14:00-18:00       | 2026-03-02T14:00+01:00 | yes  | 2026-03-02T14:00+01:00
            Europe/Madrid      | MONDAY 12:00-18:00 09:00-14:00       | 2026-03-02T13:59+01:00 | yes  | 2026-03-09T09:00+01:00
            Europe/Madrid      | MONDAY 09:00-18:00 10:00-11:00       | 2026-03-02T11:00+01:00 | yes  | 2026-03-09T09:00+01:00
            Europe/Madrid      | MONDAY 22:00-10:00; TUESDAY 09:00-11:00 | 2026-03-03T10:30+01:00 | yes | 2026-03-09T22:00+01:00
            # Madrid has no 02:00 to 03:00 on 29 March 2026: a wall time in it is an hour later
            Europe/Madrid      | SUNDAY 02:15-02:45                   | 2026-03-29T01:59+01:00 | no   | 2026-03-29T03:15+02:00
            Europe/Madrid      | SUNDAY 02:15-02:45                   | 2026-03-29T03:15+02:00 | yes  | 2026-03-29T03:15+02:00
            Europe/Madrid      | SUNDAY 02:15-02:45                   | 2026-03-29T03:45+02:00 | no   | 2026-04-05T02:15+02:00
            Europe/Madrid      | SUNDAY 01:30-02:30                   | 2026-03-29T03:29+02:00 | yes  | 2026-04-05T01:30+02:00
            Europe/Madrid      | SUNDAY 01:30-02:30                   | 2026-03-29T03:30+02:00 | no   | 2026-04-05T01:30+02:00
            Europe/Madrid      | SUNDAY 02:30-03:15                   | 2026-03-29T01:00+01:00 | no   | 2026-04-05T02:30+02:00
            Europe/Madrid      | SUNDAY 02:30-03:15                   | 2026-03-29T03:20+02:00 | no   | 2026-04-05T02:30+02:00
            Europe/Madrid      | SUNDAY 02:00-03:00                   | 2026-03-29T03:00+02:00 | no   | 2026-04-05T02:00+02:00
            # and 02:00 to 03:00 twice on 25 October 2026: a wall time in it is the earlier one
            Europe/Madrid      | SUNDAY 02:15-02:45                   | 2026-10-25T02:15+02:00 | yes  | 2026-10-25T02:15+02:00
            Europe/Madrid      | SUNDAY 02:15-02:45                   | 2026-10-25T02:15+01:00 | no   | 2026-11-01T02:15+01:00
            Europe/Madrid      | SUNDAY 02:30-03:00                   | 2026-10-25T02:15+01:00 | yes  | 2026-11-01T02:30+01:00
            Europe/Madrid      | SUNDAY 02:30-03:00                   | 2026-10-25T03:00+01:00 | no   | 2026-11-01T02:30+01:00
            Europe/Madrid      | SATURDAY 22:00-02:30                 | 2026-10-25T02:30+02:00 | no   | 2026-10-31T22:00+01:00
            # Santiago has no midnight on 6 September 2026 and 23:00 to 24:00 twice on 4 April
            America/Santiago   | SUNDAY 00:00-00:30                   | 2026-09-05T23:59-04:00 | no   | 2026-09-06T01:00-03:00
            America/Santiago   | SUNDAY 00:00-00:30                   | 2026-09-06T01:29-03:00 | yes  | 2026-09-13T00:00-03:00
            America/Santiago   | SUNDAY 00:00-00:30                   | 2026-09-06T01:30-03:00 | no   | 2026-09-13T00:00-03:00
            America/Santiago   | SATURDAY 22:00-24:00                 | 2026-09-05T23:59-04:00 | yes  | 2026-09-12T22:00-03:00
            America/Santiago   | SATURDAY 22:00-24:00                 | 2026-09-06T01:00-03:00 | no   | 2026-09-12T22:00-03:00
            America/Santiago   | SATURDAY 22:00-24:00                 | 2026-04-04T23:30-04:00 | yes  | 2026-04-11T22:00-04:00
            America/Santiago   | SATURDAY 22:00-23:30                 | 2026-04-04T23:30-03:00 | no   | 2026-04-11T22:00-04:00
            # Lord Howe moves by half an hour
            Australia/Lord_Howe | SUNDAY 02:10-02:20                  | 2026-10-04T01:59+10:30 | no   | 2026-10-04T02:40+11:00
            Australia/Lord_Howe | SUNDAY 02:10-02:20                  | 2026-10-04T02:49+11:00 | yes  | 2026-10-11T02:10+11:00
            Australia/Lord_Howe | SUNDAY 02:10-02:40                  | 2026-10-04T02:40+11:00 | no   | 2026-10-11T02:10+11:00
            Australia/Lord_Howe | SUNDAY 01:40-02:00                  | 2026-04-05T01:40+11:00 | yes  | 2026-04-05T01:40+11:00
            Australia/Lord_Howe | SUNDAY 01:40-02:00                  | 2026-04-05T01:59+10:30 | yes  | 2026-04-12T01:40+10:30
            # Apia skipped Friday 30 December 2011: its spans are 24 hours later, on the wall of the 31st
            Pacific/Apia       | FRIDAY 09:00-17:00                   | 2011-12-29T23:59-10:00 | no   | 2011-12-31T09:00+14:00
            Pacific/Apia       | FRIDAY 09:00-17:00                   | 2011-12-31T16:59+14:00 | yes  | 2012-01-06T09:00+14:00
            Pacific/Apia       | FRIDAY 20:00-21:00; SATURDAY 08:00-09:00 | 2011-12-31T08:30+14:00 | yes | 2011-12-31T20:00+14:00
            Pacific/Apia       | THURSDAY 22:00-02:00                 | 2011-12-31T01:59+14:00 | yes  | 2012-01-05T22:00+14:00
            Pacific/Apia       | THURSDAY 22:00-02:00                 | 2011-12-31T02:00+14:00 | no   | 2012-01-05T22:00+14:00
            Pacific/Apia       | FRIDAY 12:00-12:00                   | 2011-12-31T12:00+14:00 | no   | 2012-01-06T12:00+14:00
            # Nuuk has no 23:00 to 24:00 on 30 March 2024
            America/Nuuk       | SATURDAY 23:15-24:00                 | 2024-03-30T22:59-02:00 | no   | 2024-04-06T23:15-01:00
            America/Nuuk       | SATURDAY 23:15-24:00                 | 2024-03-31T00:15-01:00 | no   | 2024-04-06T23:15-01:00
            America/Nuuk       | SATURDAY 22:00-23:30                 | 2024-03-31T00:29-01:00 | yes  | 2024-04-06T22:00-01:00
            # Casablanca leaves daylight time for Ramadan and comes back
            Africa/Casablanca  | SUNDAY 02:15-02:45                   | 2026-02-15T02:15+01:00 | yes  | 2026-02-15T02:15+01:00
            Africa/Casablanca  | SUNDAY 02:15-02:45                   | 2026-02-15T02:15+00:00 | no   | 2026-02-22T02:15+00:00
            Africa/Casablanca  | SUNDAY 02:15-02:45                   | 2026-03-22T01:59+00:00 | no   | 2026-03-22T03:15+01:00
            # St. John's set its clocks back over midnight: Saturday's last hour comes again within a span that begins on Sunday
            America/St_Johns   | SUNDAY 00:00-00:30                   | 2010-11-06T23:30-02:30 | no   | 2010-11-07T00:00-02:30
            America/St_Johns   | SUNDAY 00:00-00:30                   | 2010-11-06T23:30-03:30 | yes  | 2010-11-14T00:00-03:30
            America/St_Johns   | SUNDAY 00:00-00:30                   | 2010-11-07T00:30-03:30 | no   | 2010-11-14T00:00-03:30
            """)
    void opensByTheWallClock(String zone, String hours, OffsetDateTime at, String open, OffsetDateTime next) {
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.open(zone, "1990-01-01: " + hours));

        assertThat(calendar.isOpen(millis(at))).isEqualTo(open.equals("yes"));
        assertThat(calendar.nextOpening(millis(at))).hasValue(millis(next));
    }

    @ParameterizedTest(name = "at {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # The week changes on Wednesday 4 March 2026, which is a Wednesday night's span early
            2026-02-24T10:00+01:00 | no  | 2026-03-02T09:00+01:00
            2026-03-02T10:00+01:00 | yes | 2026-03-03T22:00+01:00
            2026-03-04T01:59+01:00 | yes | 2026-03-05T12:00+01:00
            2026-03-04T02:00+01:00 | no  | 2026-03-05T12:00+01:00
            2026-03-09T10:00+01:00 | no  | 2026-03-12T12:00+01:00
            """)
    void theWeekInForceIsThatOfTheDateOnWhichASpanBegins(OffsetDateTime at, String open, OffsetDateTime next) {
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.open(
                "Europe/Madrid",
                "2026-03-01: MONDAY 09:00-14:00; TUESDAY 22:00-02:00; WEDNESDAY 09:00-14:00",
                "2026-03-04: THURSDAY 12:00-13:00"));

        assertThat(calendar.isOpen(millis(at))).isEqualTo(open.equals("yes"));
        assertThat(calendar.nextOpening(millis(at))).hasValue(millis(next));
    }

    @ParameterizedTest(name = "at {0}")
    @CsvSource(delimiter = '|', textBlock = """
            # Friday 13 March 2026 is a holiday
            2026-03-12T23:00+01:00 | yes | 2026-03-14T10:00+01:00
            2026-03-13T01:59+01:00 | yes | 2026-03-14T10:00+01:00
            2026-03-13T02:00+01:00 | no  | 2026-03-14T10:00+01:00
            2026-03-13T23:00+01:00 | no  | 2026-03-14T10:00+01:00
            2026-03-14T01:00+01:00 | no  | 2026-03-14T10:00+01:00
            2026-03-14T10:00+01:00 | yes | 2026-03-14T10:00+01:00
            """)
    void aHolidayCancelsTheSpansThatBeginOnIt(OffsetDateTime at, String open, OffsetDateTime next) {
        Clinic clinic = Clinics.open(
                "Europe/Madrid", "2026-01-01: THURSDAY 22:00-02:00; FRIDAY 22:00-02:00; SATURDAY 10:00-12:00");
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.closed(clinic, Set.of(LocalDate.of(2026, 3, 13))));

        assertThat(calendar.isOpen(millis(at))).isEqualTo(open.equals("yes"));
        assertThat(calendar.nextOpening(millis(at))).hasValue(millis(next));
    }

    @Test
    void nextOpeningLeapsOverTenYearsOfHolidays() {
        Set<LocalDate> holidays = Stream.iterate(LocalDate.of(2026, 1, 1), day -> day.plusDays(1))
                .limit(3652)
                .collect(Collectors.toSet());
        Clinic clinic = Clinics.closed(Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00"), holidays);

        // 31 December 2035 is the last of them, and a Monday.
        assertThat(ClinicCalendar.of(clinic).nextOpening(millis("2025-12-30T12:00+01:00")))
                .hasValue(millis("2036-01-07T09:00+01:00"));
    }

    @Test
    void nextOpeningLeapsToAWeekThatBeginsInADistantFuture() {
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.open(
                "America/New_York", "2020-01-01: MONDAY 09:00-14:00", "2021-01-01:", "2190-06-01: FRIDAY 22:00-02:00"));

        assertThat(calendar.nextOpening(millis("2021-01-01T00:00-05:00"))).hasValue(millis("2190-06-04T22:00-04:00"));
        assertThat(calendar.isOpen(millis("2020-12-28T10:00-05:00"))).isTrue();
        assertThat(calendar.isOpen(millis("2021-01-04T10:00-05:00"))).isFalse();
    }

    @Test
    void aClinicThatClosesForGoodNeverOpensAgain() {
        ClinicCalendar calendar =
                ClinicCalendar.of(Clinics.open("Europe/Madrid", "2020-01-01: THURSDAY 09:00-14:00", "2021-01-01:"));

        assertThat(calendar.nextOpening(millis("2020-12-31T09:00+01:00"))).hasValue(millis("2020-12-31T09:00+01:00"));
        assertThat(calendar.nextOpening(millis("2020-12-31T09:01+01:00"))).isEmpty();
        assertThat(calendar.hasOpeningHours()).isTrue();
    }

    @Test
    void aClinicWhoseHoursAreUnknownIsNeverOpen() {
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.open("Europe/Madrid"));

        assertThat(calendar.hasOpeningHours()).isFalse();
        assertThat(calendar.isOpen(0)).isFalse();
        assertThat(calendar.nextOpening(0)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void answersStayTheSameWhenTheCacheComesRound() {
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00"));
        LocalDate monday = LocalDate.of(2026, 1, 5);

        for (int round = 0; round < 2; round++) {
            for (int day = 0; day < 1_400; day++) {
                long noon = monday.plusDays(day)
                        .atTime(12, 0)
                        .atZone(ZoneId.of("Europe/Madrid"))
                        .toInstant()
                        .toEpochMilli();
                assertThat(calendar.isOpen(noon)).isEqualTo(day % 7 == 0);
            }
        }
    }

    @Test
    void calendarsAreEqualWhenAllThatFactsDependOnIs() {
        Clinic clinic = Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00; TUESDAY 09:00-14:00");
        Clinic reordered = Clinics.open("Europe/Madrid", "2020-01-01: FRIDAY; TUESDAY 09:00-14:00; MONDAY 09:00-14:00");
        Clinic same = Clinics.of("luna", reordered.zone(), reordered.openingHours(), Set.of());
        ClinicCalendar calendar = ClinicCalendar.of(clinic);

        assertThat(ClinicCalendar.of(same)).isEqualTo(calendar).hasSameHashCodeAs(calendar);
        LocalDate last = LocalDate.of(2026, 1, 6);
        assertThat(ClinicCalendar.of(same).fingerprint(last)).isEqualTo(calendar.fingerprint(last));
        assertThat(Stream.of(
                                Clinics.open("Europe/Paris", "2020-01-01: MONDAY 09:00-14:00; TUESDAY 09:00-14:00"),
                                Clinics.open("Europe/Madrid", "2020-01-02: MONDAY 09:00-14:00; TUESDAY 09:00-14:00"),
                                Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00; TUESDAY 09:00-14:01"),
                                Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00; WEDNESDAY 09:00-14:00"),
                                Clinics.closed(clinic, Set.of(LocalDate.of(2026, 1, 6))))
                        .map(ClinicCalendar::of))
                .allSatisfy(other -> {
                    assertThat(other).isNotEqualTo(calendar);
                    assertThat(other.fingerprint(last)).isNotEqualTo(calendar.fingerprint(last));
                });
    }

    @Test
    void theFingerprintIsTheSameInEveryProcess() {
        Clinic clinic = Clinics.closed(
                Clinics.open("Europe/Madrid", "2020-01-01: TUESDAY 16:00-24:00; MONDAY 09:00-14:00", "2021-01-01:"),
                Set.of(LocalDate.of(2026, 1, 6), LocalDate.of(2026, 1, 1)));

        // printf 'Europe/Madrid\n2020-01-01 MONDAY 09:00-14:00 TUESDAY 16:00-00:00\n2021-01-01\nholiday
        // 2026-01-01\nholiday 2026-01-06' | sha256sum
        assertThat(ClinicCalendar.of(clinic).fingerprint(LocalDate.of(2026, 1, 6)))
                .isEqualTo("5eec42f6bfd77d1f0a48283a9dc1a5c07c454623f18e547ea0fba37d69f5496b");
    }

    @Test
    void theFingerprintKnowsNothingOfLaterDays() {
        Clinic clinic = Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00");
        Clinic later = Clinics.closed(
                Clinics.open("Europe/Madrid", "2020-01-01: MONDAY 09:00-14:00", "2026-01-07:"),
                Set.of(LocalDate.of(2026, 1, 7)));
        Clinic never = Clinics.of("sol", clinic.zone(), EffectiveDated.none(), Set.of());
        Clinic soon = Clinics.open("Europe/Madrid", "2026-01-07: MONDAY 09:00-14:00");
        LocalDate last = LocalDate.of(2026, 1, 6);

        assertThat(ClinicCalendar.of(later).fingerprint(last))
                .isEqualTo(ClinicCalendar.of(clinic).fingerprint(last));
        assertThat(ClinicCalendar.of(later).fingerprint(last.plusDays(1)))
                .isNotEqualTo(ClinicCalendar.of(clinic).fingerprint(last.plusDays(1)));
        assertThat(ClinicCalendar.of(soon).fingerprint(last))
                .as("a clinic that will have hours is closed until then; one without any knows nothing")
                .isNotEqualTo(ClinicCalendar.of(never).fingerprint(last));
    }

    /** Where the clocks go back over midnight, at St John's in 2010 from 0:01 to 23:01, the day has begun before it begins again. */
    @ParameterizedTest
    @CsvSource({
        "America/St_Johns, 2010-11-07T02:29:59Z, 2010-11-06",
        "America/St_Johns, 2010-11-07T02:30:30Z, 2010-11-07",
        "America/St_Johns, 2010-11-07T02:31:00Z, 2010-11-07",
        "America/St_Johns, 2010-11-07T03:29:59Z, 2010-11-07",
        "Europe/Madrid, 2026-03-28T22:59:59Z, 2026-03-28",
        "Europe/Madrid, 2026-03-28T23:00:00Z, 2026-03-29",
        "Pacific/Apia, 2011-12-30T09:59:59Z, 2011-12-29",
        "Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-31"
    })
    void aDateBeginsOnce(String zone, Instant at, LocalDate expected) {
        ClinicCalendar calendar = ClinicCalendar.of(Clinics.open(zone, "2000-01-01: MONDAY 09:00-14:00"));
        assertThat(calendar.lastDateBy(at.toEpochMilli())).isEqualTo(expected);
    }

    private static long millis(String at) {
        return millis(OffsetDateTime.parse(at));
    }

    private static long millis(OffsetDateTime at) {
        return at.toInstant().toEpochMilli();
    }
}
