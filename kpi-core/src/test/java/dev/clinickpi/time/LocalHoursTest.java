package dev.clinickpi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalHoursTest {

    @Property
    void isWhatTheClockShowsUntilItShowsAnother(
            @ForAll @From("zones") ZoneId zone,
            @ForAll @LongRange(min = Slice.EARLIEST, max = Slice.END - 1) long millis) {
        LocalHours hours = LocalHours.in(zone);
        long next = hours.next(millis);
        assertThat(hours.hourOfWeek(millis)).isEqualTo(shown(zone, millis));
        assertThat(next).isGreaterThan(millis);
        assertThat(shown(zone, next - 1)).isEqualTo(shown(zone, millis));
        assertThat(hours.hourOfWeek(next)).isEqualTo(shown(zone, next));
        assertThat(hours.hourOfWeek(millis)).as("asked again").isEqualTo(shown(zone, millis));
    }

    @ParameterizedTest(name = "{1} in {0} is hour {2} of the week until {3}")
    @CsvSource({
        "Europe/Madrid, 2026-03-01T23:00:00Z, 0, 2026-03-02T00:00:00Z",
        "Europe/Madrid, 2026-03-29T00:59:59Z, 145, 2026-03-29T01:00:00Z",
        "Europe/Madrid, 2026-03-29T01:00:00Z, 147, 2026-03-29T02:00:00Z",
        "Europe/Madrid, 2026-10-25T00:30:00Z, 146, 2026-10-25T01:00:00Z",
        "Europe/Madrid, 2026-10-25T01:30:00Z, 146, 2026-10-25T02:00:00Z",
        "Asia/Kathmandu, 2026-03-01T18:14:59Z, 167, 2026-03-01T18:15:00Z",
        "Australia/Lord_Howe, 2026-04-04T14:40:00Z, 145, 2026-04-04T15:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:00:00Z, 145, 2026-04-04T15:30:00Z",
    })
    void overChangesOfTheClock(String zone, Instant at, int hour, Instant until) {
        LocalHours hours = LocalHours.in(ZoneId.of(zone));
        assertThat(hours.hourOfWeek(at.toEpochMilli())).isEqualTo(hour);
        assertThat(Instant.ofEpochMilli(hours.next(at.toEpochMilli()))).isEqualTo(until);
    }

    private static int shown(ZoneId zone, long millis) {
        ZonedDateTime wall = Instant.ofEpochMilli(millis).atZone(zone);
        return (wall.getDayOfWeek().getValue() - 1) * 24 + wall.getHour();
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds()).map(ZoneId::of);
    }
}
