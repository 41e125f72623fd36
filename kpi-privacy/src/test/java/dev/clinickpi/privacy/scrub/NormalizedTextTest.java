package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizedTextTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            Ana,                  Ana
            Núñez,                Núñez
            Nu\u0301n\u0303ez,    Núñez
            ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ, ana@example.com
            аnа@ехаmрlе.соm,      ana@example.com
            Αnα,                  Ana
            6\u200b1\u200d2,      612
            6\u00ad12,            612
            6\ufe0f\u20e31\ufe0f\u20e3, 61
            ６１２,                612
            ٦١٢,                  612
            ६१२,                  612
            ⑥①②,                 612
            ❻❶❷,                 612
            𝟔𝟏𝟐,                 612
            6\u03361\u03362,      612
            612–345‑678,          612-345-678
            612\u00a0345\u2009678, 612 345 678
            O’Neill,              O'Neill
            ª,                    a
            ½,                    1⁄2
            ⑫,                    12
            \ud83d\ude00ok,       \ud83d\ude00ok
            a\ud800b,             ab
            a\u0000b\u007f,       ab
            """)
    void readsAsItLooks(String input, String text) {
        assertThat(NormalizedText.of(input).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"'a\nb', 'a\nb'", "'a\r\nb', 'a\r\nb'", "'a\tb', 'a\tb'", "'a\u2028b', 'a\nb'", "'a\u000bb', 'a b'"})
    void endsOfLineStay(String input, String text) {
        assertThat(NormalizedText.of(input).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Tel 612,                  4, 7, 612
            x\u200b6\u200b1\u200b2y,  1, 4, 6\u200b1\u200b2
            \ud83d\ude0061,           2, 4, 61
            x⑫y,                      1, 3, ⑫
            x⑫y,                      2, 3, ⑫
            xn\u0303y,                1, 2, n\u0303
            6\ufe0f\u20e31\ufe0f\u20e3, 0, 1, 6\ufe0f\u20e3
            """)
    void aPartIsASpanOfTheInput(String input, int start, int end, String part) {
        PiiSpan span = NormalizedText.of(input).span(start, end, PiiType.OTHER);
        assertThat(input.substring(span.start(), span.end())).isEqualTo(part);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 1"})
    void aPartIsNotEmpty(int start, int end) {
        assertThatThrownBy(() -> NormalizedText.of("abc").span(start, end, PiiType.OTHER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 4"})
    void aPartIsInsideTheText(int start, int end) {
        assertThatThrownBy(() -> NormalizedText.of("abc").span(start, end, PiiType.OTHER))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Property(seed = "20260301")
    void anyTextHasAPlaceForEachOfItsChars(@ForAll @StringLength(max = 60) String input) {
        NormalizedText normalized = NormalizedText.of(input);
        int before = 0;
        for (int i = 0; i < normalized.text().length(); i++) {
            PiiSpan span = normalized.span(i, i + 1, PiiType.OTHER);
            assertThat(span.start()).isBetween(before, input.length() - 1);
            assertThat(span.end()).isBetween(span.start() + 1, input.length());
            before = span.start();
        }
    }

    @Property(seed = "20260301")
    void printableAsciiStaysAsItIs(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 60) String input) {
        assertThat(NormalizedText.of(input).text()).isEqualTo(input);
    }
}
