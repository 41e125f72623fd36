package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts made to be slow. A pattern that tried again from each place would take hours over them. */
@Timeout(60)
class LongTextTest {

    private static final int LENGTH = 50_000;

    private static final StandardScrubber SCRUBBER = StandardScrubber.create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6",
                "6 ",
                "6,",
                "612 345 678 ",
                "+34 ",
                "+",
                "a",
                "A ",
                "A. ",
                "@ ",
                "a@a.",
                "ana punto ",
                "seis ",
                "treinta cuatro ",
                "doble ",
                "O1",
                "a\u0301",
                "\u200b",
                "\ud800",
                "\ufdfa",
                "calle ",
                "C/ A ",
                "ES91 ",
                "4111 ",
                "dni: ",
                "1.000",
                "10/10/",
                "wamid.",
                "1 (",
                "[PHONE]",
                "28001 A",
                "ABCD900101",
                "Ana De ",
                "1 2 3 4 5 6 7 8 9 "
            })
    void onePieceOverAndOver(String piece) {
        String text = piece.repeat(LENGTH / piece.length());
        assertThat(SCRUBBER.find(text)).allMatch(span -> span.end() <= text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789 -./()+", "ab @.123456789_-\n", "Calle de A 1,ºs/nÑ ", "seiuno d012\n,"})
    void anyOrderOfAFewCharacters(String alphabet) {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < LENGTH) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        assertThat(SCRUBBER.find(text.toString())).allMatch(span -> span.end() <= LENGTH);
    }

    @Test
    void aMillionDigits() {
        assertThat(SCRUBBER.find("7".repeat(1_000_000))).isEmpty();
    }

    /** To compose sorts each run of marks, in quadratic time. */
    @Test
    void aMillionMarksOnOneLetter() {
        assertThat(SCRUBBER.find("a" + "\u0301\u0323".repeat(500_000))).isEmpty();
    }

    @Test
    void aPhoneBehindAMillionLetters() {
        String text = "a".repeat(1_000_000) + " 612345678";
        assertThat(SCRUBBER.find(text)).containsExactly(new PiiSpan(1_000_001, 1_000_010, PiiType.PHONE));
    }
}
