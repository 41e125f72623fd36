package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of any text, and of values in any disguise. */
class AnyTextTest {

    private static final StandardScrubber SCRUBBER = StandardScrubber.create();

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "612345678",
                "+34 612 34 56 78",
                "ana@example.com",
                "ana arroba gmail punto com",
                "12345678Z",
                "ES9121000418450200051332",
                "4111111111111111",
                "calle Mayor 3",
                "C/ Luna 4, 2º",
                "28035 Madrid",
                "DNI ",
                "NHC: ",
                "tel ",
                "@ana",
                "[PHONE]",
                "[NAME] ",
                "[",
                "]",
                "12/05/2026",
                "seis uno dos ",
                "doble ",
                "treinta cuatro ",
                "punto ",
                "guion ",
                "O",
                "l",
                "Av. ",
                "s/n ",
                "wa.me/",
                "wamid.HBgLMzQ2MTIz",
                " ",
                "\n",
                "\r\n",
                ",",
                "-",
                "(",
                "+",
                "\u200b",
                "\u0301",
                "\ud800",
                "\udc00",
                "\ud83d\ude00",
                "６",
                "a",
                "Ana ",
                "1",
                "2345",
                "67 ",
                "x");
        Arbitrary<String> mixed = pieces.list().ofMaxSize(14).map(list -> String.join("", list));
        return Arbitraries.oneOf(mixed, Arbitraries.strings().ofMaxLength(80));
    }

    @Property(tries = 3000, seed = "20260301")
    void spansAreInsideTheTextInOrderAndApart(@ForAll("texts") String text) {
        int before = 0;
        for (PiiSpan span : SCRUBBER.find(text)) {
            assertThat(span.start()).isGreaterThanOrEqualTo(before);
            assertThat(span.end()).isLessThanOrEqualTo(text.length());
            before = span.end();
        }
    }

    @Property(tries = 3000, seed = "20260301")
    void scrubbingAgainChangesNothing(@ForAll("texts") String text) {
        String scrubbed = SCRUBBER.scrub(text);
        assertThat(SCRUBBER.scrub(scrubbed)).isEqualTo(scrubbed);
    }

    @Property(tries = 1000, seed = "20260301")
    void allElseIsAsItWas(@ForAll("texts") String text) {
        String scrubbed = SCRUBBER.scrub(text);
        int at = 0;
        int from = 0;
        for (PiiSpan span : SCRUBBER.find(text)) {
            String kept = text.substring(from, span.start()) + span.type().placeholder();
            assertThat(scrubbed.substring(at)).startsWith(kept);
            at += kept.length();
            from = span.end();
        }
        assertThat(scrubbed.substring(at)).isEqualTo(text.substring(from));
    }

    @Provide
    Arbitrary<String> disguises() {
        return Combinators.combine(
                        Arbitraries.of(
                                "612345678",
                                "+5215512345678",
                                "34612345678",
                                "ana.gil@example.com",
                                "pepe_88@correo.es"),
                        Arbitraries.randoms())
                .as(AnyTextTest::disguise);
    }

    @Property(tries = 2000, seed = "20260301")
    void aDisguisedValueIsFound(@ForAll("disguises") String value) {
        String text = "hola, " + value + " gracias";
        assertThat(SCRUBBER.find(text))
                .anyMatch(span -> (span.type() == PiiType.PHONE || span.type() == PiiType.EMAIL)
                        && span.start() <= 6
                        && span.end() >= 6 + visibleLength(value));
    }

    /** What cannot be seen at the end of a value may stay. */
    private static int visibleLength(String value) {
        int end = value.length();
        while (Character.getType(value.charAt(end - 1)) == Character.FORMAT) {
            end--;
        }
        return end;
    }

    /** Each letter and digit as it is, full-width or by one that looks the same, with things between that cannot be seen. */
    private static String disguise(String value, Random random) {
        String plain = "aeopcxyij@.";
        String alike = "аеорсхуіј＠．";
        StringBuilder disguised = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int at = plain.indexOf(c);
            switch (random.nextInt(4)) {
                case 0 -> disguised.append(c > ' ' && c < 0x7f ? (char) (c + 0xfee0) : c);
                case 1 -> disguised.append(at < 0 ? c : alike.charAt(at));
                default -> disguised.append(c);
            }
            disguised.append(List.of("", "", "", "\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff")
                    .get(random.nextInt(8)));
        }
        return disguised.toString();
    }

    @Property(tries = 200, seed = "20260301")
    void aPlaceholderNeverHoldsTheValue(@ForAll @IntRange(min = 0, max = 999_999) int number) {
        String phone = "612" + String.format("%06d", number);
        assertThat(SCRUBBER.scrub("llama al " + phone + " hoy")).isEqualTo("llama al [PHONE] hoy");
    }
}
