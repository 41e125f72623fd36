package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.privacy.scrub.NameTokens.Shape;
import dev.clinickpi.privacy.scrub.NameTokens.Writing;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTokensTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Sra. María-José|sra . maria - jose",
                "Romero SelasNºCol: 28|romero selas nº col : 28",
                "holaaaa jessssica, 612345678|holaa jessica , 612345678",
                "D'Angelo 🙂 ok|d ' angelo 🙂 ok",
                "Núñez ÑANDÚ|nunez nandu",
            })
    void readsWordsNumbersAndSigns(String text, String words) {
        assertThat(String.join(" ", words(NameTokens.lines(text).get(0)))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hola soy ana|LOWER",
                "Hola soy ana|SENTENCE",
                "¡Hola soy ana|SENTENCE",
                "Hola soy Ana|MIXED",
                "hola Ana|MIXED",
                "SOY ANA|UPPER"
            })
    void seesHowALineIsWritten(String text, Writing writing) {
        assertThat(NameTokens.lines(text).get(0).writing()).isEqualTo(writing);
    }

    @Test
    void seesHowAWordIsWritten() {
        NameTokens line = NameTokens.lines("Ana PÉREZ de J. 28 ,").get(0);

        assertThat(List.of(line.shape(0), line.shape(1), line.shape(2), line.shape(3), line.shape(5), line.shape(6)))
                .containsExactly(
                        Shape.CAPITALISED, Shape.UPPER, Shape.LOWER, Shape.CAPITALISED, Shape.NUMBER, Shape.SIGN);
    }

    @Test
    void knowsWhatIsPartOfAnAddress() {
        NameTokens line = NameTokens.lines("ana: ana.gil@x.es o http://ana.es").get(0);

        assertThat(line.inAddress(0)).isFalse();
        assertThat(line.inAddress(2)).isTrue();
        assertThat(line.inAddress(line.size() - 1)).isTrue();
    }

    @Test
    void readsLinesApart() {
        assertThat(NameTokens.lines("Ana\r\n\n Gil \u2028 Sol"))
                .extracting(line -> line.word(0))
                .containsExactly("ana", "gil", "sol");
    }

    @Property(seed = "20260301")
    void coversAllThatIsNotSpaceOnceAndInOrder(@ForAll String text) {
        int last = 0;
        for (NameTokens line : NameTokens.lines(text)) {
            for (int i = 0; i < line.size(); i++) {
                assertThat(line.start(i)).isGreaterThanOrEqualTo(last);
                assertThat(text.substring(last, line.start(i))).matches("(?s)[\\s\\p{Z}\\p{Cc}\uFEFF]*");
                assertThat(line.end(i)).isGreaterThan(line.start(i));
                last = line.end(i);
            }
        }
    }

    private static List<String> words(NameTokens line) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            words.add(line.word(i));
        }
        return words;
    }
}
