package dev.clinickpi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LocalDaysTest {

    @Property
    void anInstantLiesInTheDayWhoseStartIsTheLastBeforeIt(
            @ForAll @From("zones") ZoneId zone,
            @ForAll @LongRange(min = Slice.EARLIEST, max = Slice.END - 1) long millis) {
        LocalDays days = LocalDays.in(zone);
        long day = days.of(millis);
        assertThat(days.start(day)).isLessThanOrEqualTo(millis);
        assertThat(days.start(day + 1)).isGreaterThan(millis);
    }

    @Property
    void everyDayBeginsWithASlice(
            @ForAll @From("zones") ZoneId zone, @ForAll @LongRange(min = 7_305, max = 40_000) long day) {
        assertThat(LocalDays.in(zone).start(day) % Slice.MILLIS).isZero();
    }

    @Test
    void aDayThatTheZoneSkippedIsEmpty() {
        LocalDays apia = LocalDays.in(ZoneId.of("Pacific/Apia"));
        long skipped = LocalDate.of(2011, 12, 30).toEpochDay();
        assertThat(apia.start(skipped)).isEqualTo(apia.start(skipped + 1));
        assertThat(apia.dateOf(Instant.parse("2011-12-30T09:59:59Z"))).isEqualTo(LocalDate.of(2011, 12, 29));
        assertThat(apia.dateOf(Instant.parse("2011-12-30T10:00:00Z"))).isEqualTo(LocalDate.of(2011, 12, 31));
    }

    @Test
    void aClockSetBackOverMidnightDoesNotBringYesterdayBack() {
        LocalDays stJohns = LocalDays.in(ZoneId.of("America/St_Johns"));
        Instant secondTimeToMidnight = Instant.parse("2010-11-07T02:45:00Z");
        assertThat(stJohns.dateOf(secondTimeToMidnight)).isEqualTo(LocalDate.of(2010, 11, 7));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Madrid",
                        "America/Santiago",
                        "America/St_Johns",
                        "America/Havana",
                        "Pacific/Apia",
                        "America/Nuuk",
                        "Africa/Casablanca",
                        "Australia/Lord_Howe",
                        "Asia/Kathmandu",
                        "Asia/Gaza",
                        "Antarctica/Troll")
                .map(ZoneId::of);
    }
}
