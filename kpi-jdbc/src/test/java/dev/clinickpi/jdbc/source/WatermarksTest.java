package dev.clinickpi.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarksTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    /** Half an hour before the clock goes back at 03:00. */
    private static final Instant AUTUMN = Instant.parse("2026-10-25T00:30:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T10:00:00.123456Z",
                "2026-03-02T10:00:00Z",
                "2026-03-02T10:00",
                "17",
                "-1",
                "0.50",
                "9223372036854775808"
            })
    void aFileKeepsThemToTheLastDigit(String text) {
        Watermark watermark = Watermark.parse(text).orElseThrow();
        Watermarks written = Watermarks.none().with(mapping("a"), watermark).with(mapping("b"), watermark);
        Path file = folder.resolve("watermarks.json");
        Watermarks.none().write(file);
        written.write(file);
        assertThat(Watermarks.read(file)).isEqualTo(written);
        assertThat(Watermarks.read(file).of(mapping("a"))).contains(watermark);
        assertThat(folder).isDirectoryContaining("glob:**/watermarks.json");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void withoutAFileNothingWasRead() {
        assertThat(Watermarks.read(folder.resolve("none.json"))).isEqualTo(Watermarks.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "nonsense",
                "{\"a\": 1}",
                "{\"a\": {\"mapping\": \"x\"}}",
                "{\"a\": {\"mapping\": \"x\", \"watermark\": \"Ana\"}}"
            })
    void aFileOfSomethingElseIsRefusedWithoutItsContent(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("watermarks.json"), content);
        assertThatThrownBy(() -> Watermarks.read(file))
                .isInstanceOf(EventSourceException.class)
                .hasMessageStartingWith("watermarks.json holds no watermarks")
                .hasNoCause();
    }

    @Test
    void anotherMappingOfTheNameBeginsAnew() {
        Watermarks watermarks =
                Watermarks.none().with(mapping("a"), Watermark.parse("17").orElseThrow());
        QueryMapping changed = QueryMapping.named("a")
                .sql("SELECT * FROM u")
                .watermark("w", 0)
                .constant("type", "feature.used")
                .column("id", "i")
                .constant("clinicId", "sol")
                .column("at", "a")
                .column("feature", "f")
                .build();
        assertThat(watermarks.of(changed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T12:00, PT10M, 2026-06-01T11:50",
        // 02:50 stands for the first of two: the clock showed it, went back to 02:00, and shows it again
        "2026-10-25T02:50, PT10M, 2026-10-25T02:00",
        "2026-10-25T03:05, PT10M, 2026-10-25T02:55",
        "2026-10-25T01:30, PT10M, 2026-10-25T01:20",
        "2026-10-25T03:05, PT2H, 2026-10-25T02:00",
        "2026-03-29T03:05, PT10M, 2026-03-29T01:55"
    })
    void aClockThatGoesBackTakesTheReadBack(LocalDateTime reached, Duration overlap, LocalDateTime from) {
        assertThat(new Watermark.OfLocalTime(reached).behind(new Overlap.OfTime(overlap), MADRID))
                .contains(new Watermark.OfLocalTime(from));
    }

    /** Whatever is written from the overlap before the last row seen on bears a wall time that the next read asks for. */
    @Property(seed = "20260301")
    void noRowOfTheOverlapIsBehindTheRead(
            @ForAll @IntRange(max = 240) int seenMinute,
            @ForAll @LongRange(max = 180) long overlap,
            @ForAll @IntRange(max = 300) int later) {
        Instant seen = AUTUMN.plusSeconds(60L * seenMinute);
        LocalDateTime reached = LocalDateTime.ofInstant(seen, MADRID);
        // the greatest wall time so far, as a read keeps it
        for (int minute = 0; minute < seenMinute; minute++) {
            LocalDateTime before = LocalDateTime.ofInstant(AUTUMN.plusSeconds(60L * minute), MADRID);
            reached = before.isAfter(reached) ? before : reached;
        }
        LocalDateTime row = LocalDateTime.ofInstant(seen.plusSeconds(60 * (later - overlap)), MADRID);
        Watermark from = new Watermark.OfLocalTime(reached)
                .behind(new Overlap.OfTime(Duration.ofMinutes(overlap)), MADRID)
                .orElseThrow();
        assertThat(((Watermark.OfLocalTime) from).time()).isBeforeOrEqualTo(row);
    }

    @Property(seed = "20260301")
    void theLaterOfTwoIsTheLaterWhateverTheOrder(@ForAll("watermarks") Watermark a, @ForAll("watermarks") Watermark b) {
        if (a.getClass() == b.getClass()) {
            assertThat(a.max(b).behind(overlap(a), MADRID)).isEqualTo(b.max(a).behind(overlap(a), MADRID));
            assertThat(a.max(b)).isIn(a, b);
        } else {
            assertThat(a.max(b)).isSameAs(a);
        }
    }

    private static Overlap overlap(Watermark of) {
        return of instanceof Watermark.OfNumber
                ? new Overlap.OfNumber(BigDecimal.ZERO)
                : new Overlap.OfTime(Duration.ZERO);
    }

    @Provide
    Arbitrary<Watermark> watermarks() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 100_000);
        return Arbitraries.oneOf(
                seconds.map(second -> new Watermark.OfInstant(AUTUMN.plusSeconds(second))),
                seconds.map(second -> new Watermark.OfLocalTime(
                        LocalDateTime.of(2026, 6, 1, 0, 0).plusSeconds(second))),
                Combinators.combine(seconds, Arbitraries.integers().between(0, 2))
                        .as((number, scale) -> new Watermark.OfNumber(BigDecimal.valueOf(number, scale))));
    }

    @Test
    void whatLiesAheadIsCutToTheMoment() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        assertThat(Watermark.parse("2999-12-31T00:00:00Z").orElseThrow().atMost(now, null))
                .hasToString("2026-11-23T10:00:00Z");
        assertThat(Watermark.parse("2999-12-31T00:00:00").orElseThrow().atMost(now, MADRID))
                .hasToString("2026-11-23T11:00");
        assertThat(Watermark.parse("2026-11-22T00:00:00Z").orElseThrow().atMost(now, null))
                .hasToString("2026-11-22T00:00:00Z");
        assertThat(Watermark.parse("29991231").orElseThrow().atMost(now, null)).hasToString("29991231");
    }

    private static QueryMapping mapping(String name) {
        return QueryMapping.named(name)
                .sql("SELECT * FROM t")
                .watermark("w", 0)
                .constant("type", "feature.used")
                .column("id", "i")
                .constant("clinicId", "sol")
                .column("at", "a")
                .column("feature", "f")
                .build();
    }
}
