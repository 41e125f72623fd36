package dev.clinickpi.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.WeeklyHours.OpeningSpan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

class ClinicCalendarPropertyTest {

    private static final long MINUTE = 60_000L;

    /** The date that a case plays around, most often one on which its zone moves its clocks. */
    private record Place(ZoneId zone, LocalDate around) {}

    private record Case(Clinic clinic, LocalDate around, List<Integer> minutes) {}

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void agreesWithAWallClockReadEveryMinute(@ForAll("cases") Case one) {
        ClinicCalendar calendar = ClinicCalendar.of(one.clinic);
        WallClock clock = new WallClock(one.clinic, one.around);
        List<Long> minutes = new ArrayList<>(clock.edges());
        one.minutes.forEach(minute -> minutes.add(one.around.toEpochDay() * 24 * 60 + minute));

        for (long minute : minutes) {
            long millis = minute * MINUTE;
            assertThat(calendar.isOpen(millis)).isEqualTo(clock.isOpen(minute));
            assertThat(calendar.isOpen(millis - 1)).isEqualTo(clock.isOpen(minute - 1));
            assertThat(calendar.nextOpening(millis)).isEqualTo(clock.nextOpening(minute));
            assertThat(calendar.nextOpening(millis + 1)).isEqualTo(clock.nextOpening(minute + 1));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void isOpenForTheMinutesThatAWallClockCounts(@ForAll("cases") Case one) {
        ClinicCalendar calendar = ClinicCalendar.of(one.clinic);
        WallClock clock = new WallClock(one.clinic, one.around);
        for (int i = 0; i + 1 < one.minutes.size(); i += 2) {
            long day = one.around.toEpochDay() * 24 * 60;
            long from = day + Math.min(one.minutes.get(i), one.minutes.get(i + 1));
            long to = day + Math.max(one.minutes.get(i), one.minutes.get(i + 1));
            long open = 0;
            for (long minute = from; minute < to; minute++) {
                open += clock.isOpen(minute) ? MINUTE : 0;
            }
            assertThat(calendar.openMillis(from * MINUTE, to * MINUTE)).isEqualTo(open);
            if (from < to) {
                assertThat(calendar.openMillis(from * MINUTE + 1, to * MINUTE))
                        .isEqualTo(open - (clock.isOpen(from) ? 1 : 0));
            }
        }
    }

    /** Three days to either side of the date, in a clinic that changes its hours there and closes for good five days after it. */
    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<List<Tuple2<Integer, WeeklyHours>>> changes = Combinators.combine(
                        Arbitraries.integers().between(-4, 4), weeks())
                .as(Tuple::of)
                .list()
                .ofMaxSize(2);
        return Combinators.combine(
                        places(),
                        weeks(),
                        changes,
                        Arbitraries.integers().between(-4, 4).set().ofMaxSize(3),
                        Arbitraries.integers()
                                .between(-3 * 24 * 60, 3 * 24 * 60)
                                .list()
                                .ofSize(20))
                .as((place, week, weeks, holidays, minutes) ->
                        new Case(clinic(place, week, weeks, holidays), place.around, minutes));
    }

    private static Clinic clinic(
            Place place, WeeklyHours week, List<Tuple2<Integer, WeeklyHours>> changes, Set<Integer> holidays) {
        TreeMap<LocalDate, WeeklyHours> weeks = new TreeMap<>();
        weeks.put(place.around.minusDays(5), week);
        changes.forEach(change -> weeks.put(place.around.plusDays(change.get1()), change.get2()));
        weeks.put(place.around.plusDays(5), new WeeklyHours(Map.of()));
        Set<LocalDate> dates = holidays.stream().map(place.around::plusDays).collect(Collectors.toSet());
        return Clinics.of("sol", place.zone, new EffectiveDated<>(weeks), dates);
    }

    private static Arbitrary<WeeklyHours> weeks() {
        Arbitrary<LocalTime> byNight =
                Arbitraries.integers().between(0, 4 * 12).map(five -> LocalTime.MIN.plusMinutes(5L * five));
        Arbitrary<LocalTime> byHalfHours =
                Arbitraries.integers().between(0, 47).map(half -> LocalTime.MIN.plusMinutes(30L * half));
        Arbitrary<LocalTime> any =
                Arbitraries.integers().between(0, 24 * 60 - 1).map(LocalTime.MIN::plusMinutes);
        Arbitrary<LocalTime> times = Arbitraries.oneOf(byNight, byHalfHours, any);
        Arbitrary<List<OpeningSpan>> spans =
                Combinators.combine(times, times).as(OpeningSpan::new).list().ofMaxSize(2);
        return Arbitraries.maps(Arbitraries.of(DayOfWeek.class), spans)
                .ofMaxSize(7)
                .map(WeeklyHours::new);
    }

    private static Arbitrary<Place> places() {
        Arbitrary<Place> skippedDays = Arbitraries.of(
                new Place(ZoneId.of("Pacific/Apia"), LocalDate.of(2011, 12, 30)),
                new Place(ZoneId.of("Pacific/Kwajalein"), LocalDate.of(1993, 8, 21)),
                new Place(ZoneId.of("Pacific/Kiritimati"), LocalDate.of(1994, 12, 31)));
        Arbitrary<Place> moves = Combinators.combine(
                        Arbitraries.of(
                                "Europe/Madrid",
                                "America/Santiago",
                                "Australia/Lord_Howe",
                                "America/Nuuk",
                                "Africa/Casablanca",
                                "Asia/Kathmandu",
                                "America/St_Johns",
                                "America/Havana",
                                "Antarctica/Troll",
                                "Asia/Tehran",
                                "Asia/Gaza",
                                "America/Caracas",
                                "Asia/Pyongyang",
                                "Europe/Moscow",
                                "America/Asuncion"),
                        Arbitraries.integers().between(1990, 2040),
                        Arbitraries.integers().between(1, 12))
                .as((zone, year, month) -> placeOfNextMove(ZoneId.of(zone), LocalDate.of(year, month, 1)));
        return Arbitraries.frequencyOf(Tuple.of(1, skippedDays), Tuple.of(5, moves));
    }

    private static Place placeOfNextMove(ZoneId zone, LocalDate from) {
        Instant start = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        ZoneOffsetTransition move = zone.getRules().nextTransition(start);
        return new Place(zone, move == null ? from : move.getDateTimeBefore().toLocalDate());
    }
}
