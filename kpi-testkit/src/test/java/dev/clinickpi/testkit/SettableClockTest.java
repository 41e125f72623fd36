package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-03-02T20:00:00Z");

    @Test
    void standsUntilItIsSet() {
        SettableClock clock = new SettableClock(MORNING);
        assertThat(clock.instant()).isEqualTo(MORNING);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);

        clock.set(EVENING);
        assertThat(clock.instant()).isEqualTo(EVENING);
        assertThat(clock.millis()).isEqualTo(EVENING.toEpochMilli());

        clock.set(MORNING);
        assertThat(clock.instant()).isEqualTo(MORNING);
    }

    @Test
    void anotherZoneGoesWithIt() {
        SettableClock clock = new SettableClock(MORNING);
        Clock inMadrid = clock.withZone(ZoneId.of("Europe/Madrid"));

        clock.set(EVENING);

        assertThat(inMadrid.getZone()).isEqualTo(ZoneId.of("Europe/Madrid"));
        assertThat(inMadrid.instant()).isEqualTo(EVENING);
    }
}
