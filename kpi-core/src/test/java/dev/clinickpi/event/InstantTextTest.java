package dev.clinickpi.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T13:00:00Z, 2026-03-02T13:00:00Z",
        "2026-03-02T13:00:00.1Z, 2026-03-02T13:00:00.100Z",
        "2026-03-02T13:00:00.12Z, 2026-03-02T13:00:00.120Z",
        "2026-03-02T13:00:00.123Z, 2026-03-02T13:00:00.123Z",
        "2026-03-02T13:00:00.123999Z, 2026-03-02T13:00:00.123Z",
        "2026-03-02T13:00:00.999999999Z, 2026-03-02T13:00:00.999Z",
        "2026-03-02T13:00:00.999999999999Z, 2026-03-02T13:00:00.999Z",
        "2026-03-02T13:00:00.000999999999999999999999999999Z, 2026-03-02T13:00:00Z",
        "2026-03-02T13:00:00+01:00, 2026-03-02T12:00:00Z",
        "2026-03-02T00:15:00.5+05:45, 2026-03-01T18:30:00.500Z",
        "2026-12-31T23:00:00-03:30, 2027-01-01T02:30:00Z",
        "2026-03-02T13:00:00-00:00, 2026-03-02T13:00:00Z",
        "2026-03-02T13:00:00+18:00, 2026-03-01T19:00:00Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
        "1969-12-31T23:59:59.9999Z, 1969-12-31T23:59:59.999Z",
        // what only java.time reads
        "2026-03-02T13:00Z, 2026-03-02T13:00:00Z",
        "2026-03-02t13:00:00z, 2026-03-02T13:00:00Z",
        "2026-03-02T13:00:00+01, 2026-03-02T12:00:00Z",
        "2026-03-02T13:00:00+01:00:30, 2026-03-02T11:59:30Z",
        "2026-03-02t13:00:00.123456789123z, 2026-03-02T13:00:00.123Z",
        "+12026-03-02T13:00:00Z, +12026-03-02T13:00:00Z"
    })
    void readsAnInstantDownToTheMillisecond(String text, Instant expected) {
        assertThat(parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "now",
                "2026-03-02",
                "2026-03-02T13:00:00",
                "2026-03-02 13:00:00Z",
                "2026-03-02T13:00:00 Z",
                "2026-03-02T13:00:00.Z ",
                "2026-03-02T13:00:00.",
                "2026-03-02T13:00:00.1",
                "2026-03-02T13:00:00,1Z",
                "2026-03-02T13:00:00.1.2Z",
                "2026-03-02T13:00:00ZZ",
                "2026-03-02T13:00:00+18:01",
                "2026-03-02T13:00:00+01:60",
                "2026-03-02T13:00:00\u221201:00",
                "2026-02-29T13:00:00Z",
                "2026-04-31T13:00:00Z",
                "2026-00-02T13:00:00Z",
                "2026-13-02T13:00:00Z",
                "2026-03-00T13:00:00Z",
                "2026-03-02T24:00:00Z",
                "2026-03-02T13:60:00Z",
                "2026-03-02T23:59:60Z",
                "26-03-02T13:00:00Z",
                "2026-3-2T13:00:00Z",
                "20260302T130000Z",
                "2026-W10-1T13:00:00Z",
                "２０２６-03-02T13:00:00Z",
                "2026-03-02T13:00:00Z[UTC]",
                "+999999999-01-01T00:00:00Z"
            })
    void readsNothingElse(String text) {
        assertThat(parse(text)).isEqualTo(InstantText.NONE);
    }

    @Property(tries = 10_000)
    void agreesWithTheJdk(@ForAll("nearlyInstants") String text) {
        assertThat(parse(text)).isEqualTo(parsedByTheJdk(text));
    }

    @Property(tries = 5_000)
    void theUsualFormsNeedNoHelp(@ForAll("instants") OffsetDateTime instant) {
        char[] text = instant.toString().toCharArray();
        boolean usual = instant.getSecond() != 0 || instant.getNano() != 0; // else toString leaves the seconds out

        assertThat(InstantText.parseUsual(text, 0, text.length))
                .isEqualTo(usual ? instant.toInstant().toEpochMilli() : InstantText.NONE);
    }

    @Property(tries = 2_000)
    void cutsAnyNumberOfDigits(@ForAll("instants") OffsetDateTime instant, @ForAll("digits") String digits) {
        String whole = instant.truncatedTo(ChronoUnit.SECONDS).withSecond(7).toString();
        String text = whole.substring(0, 19) + "." + digits + whole.substring(19);
        String cut = whole.substring(0, 19) + "." + (digits + "00").substring(0, 3) + whole.substring(19);

        assertThat(parse(text)).isEqualTo(parsedByTheJdk(cut));
    }

    @Property(tries = 500)
    void readsASliceOfItsBuffer(@ForAll("nearlyInstants") String text, @ForAll("digits") String around) {
        char[] buffer = (around + text + around).toCharArray();

        assertThat(InstantText.parse(buffer, around.length(), text.length())).isEqualTo(parse(text));
    }

    private static long parse(String text) {
        return InstantText.parse(text.toCharArray(), 0, text.length());
    }

    private static long parsedByTheJdk(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            return InstantText.NONE;
        }
    }

    @Provide
    Arbitrary<OffsetDateTime> instants() {
        Arbitrary<Instant> times = Arbitraries.longs()
                .between(
                        Instant.parse("0001-01-01T00:00:00Z").getEpochSecond(),
                        Instant.parse("9998-12-31T00:00:00Z").getEpochSecond())
                .map(Instant::ofEpochSecond);
        Arbitrary<Integer> nanos = Arbitraries.oneOf(
                Arbitraries.just(0),
                Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000),
                Arbitraries.integers().between(0, 999_999_999));
        Arbitrary<ZoneOffset> offsets = Arbitraries.oneOf(
                Arbitraries.just(ZoneOffset.UTC),
                Arbitraries.integers()
                        .between(-18 * 60, 18 * 60)
                        .map(minutes -> ZoneOffset.ofTotalSeconds(minutes * 60)));
        return Combinators.combine(times, nanos, offsets)
                .as((time, nano, offset) -> time.plusNanos(nano).atOffset(offset));
    }

    /** Instants, and texts that one or two characters keep from being one. */
    @Provide
    Arbitrary<String> nearlyInstants() {
        Arbitrary<String> texts = instants().map(OffsetDateTime::toString);
        Arbitrary<Character> characters = Arbitraries.of(
                "0123456789+-:.TZtz, /".chars().mapToObj(c -> (char) c).toArray(Character[]::new));
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 40);
        Arbitrary<String> replaced = Combinators.combine(texts, places, characters)
                .as((text, place, character) -> {
                    int at = place % text.length();
                    return text.substring(0, at) + character + text.substring(at + 1);
                });
        Arbitrary<String> inserted = Combinators.combine(texts, places, characters)
                .as((text, place, character) -> {
                    int at = place % (text.length() + 1);
                    return text.substring(0, at) + character + text.substring(at);
                });
        Arbitrary<String> deleted = Combinators.combine(texts, places).as((text, place) -> {
            int at = place % text.length();
            return text.substring(0, at) + text.substring(at + 1);
        });
        // ten digits and more the JDK does not read; cutsAnyNumberOfDigits has them
        return Arbitraries.oneOf(texts, replaced, inserted, deleted).filter(text -> !text.matches(".*\\.[0-9]{10,}.*"));
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30);
    }
}
