package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the figures rest on: a name stays where it is, however its text is rewritten. */
class LabelledTextTest {

    private static final LabelledText TEXT = new LabelledText.Writer()
            .plain("¡Hola! Soy ")
            .name("Íñigo Pérez-Gil")
            .plain(", hijo de ")
            .name("Ana")
            .plain(".")
            .done();

    @Test
    void keepsNamesInTheirPlaces() {
        assertThat(names(TEXT)).containsExactly("Íñigo Pérez-Gil", "Ana");
        assertThat(names(TEXT.lowerCase())).containsExactly("íñigo pérez-gil", "ana");
        assertThat(names(TEXT.upperCase())).containsExactly("ÍÑIGO PÉREZ-GIL", "ANA");
        assertThat(names(TEXT.withoutPunctuation())).containsExactly("Íñigo Pérez Gil", "Ana");
        assertThat(names(DevelopmentSet.plain(TEXT))).containsExactly("inigo perez gil", "ana");
        assertThat(DevelopmentSet.plain(TEXT).text()).isEqualTo("hola soy inigo perez gil hijo de ana");
        assertThat(TEXT.sentenceCase().text()).isEqualTo("¡hola! soy íñigo pérez-gil, hijo de ana.");
    }

    @Test
    void mistypesTheSameTextTheSameWay() {
        LabelledText once = TEXT.withTypos(new Random(3), 0.2);

        assertThat(once.text())
                .isEqualTo(TEXT.withTypos(new Random(3), 0.2).text())
                .isNotEqualTo(TEXT.text());
        assertThat(names(once)).hasSize(2).allMatch(name -> once.text().contains(name));
    }

    @Test
    void takesGivenNameAndSurnameForOneName() {
        LabelledText text = new LabelledText.Writer()
                .name("Ana")
                .plain(" ")
                .name("Gil")
                .plain(", ")
                .name("Eva")
                .done();

        assertThat(names(text)).containsExactly("Ana Gil", "Eva");
    }

    @Test
    void countsWhatIsFoundInThreeWays() {
        NameScores scores = new NameScores();
        LabelledText text = new LabelledText("Ana Gil y Eva", List.of(new int[] {0, 7}, new int[] {10, 13}));

        scores.add(text, List.of(new PiiSpan(0, 3, PiiType.NAME), new PiiSpan(8, 9, PiiType.NAME)));

        assertThat(scores.exactRecall()).isZero();
        assertThat(scores.exactPrecision()).isZero();
        assertThat(scores.overlapRecall()).isEqualTo(0.5);
        assertThat(scores.overlapPrecision()).isEqualTo(0.5);
        assertThat(scores.wordRecall()).isEqualTo(1.0 / 3);
        assertThat(scores.wordPrecision()).isEqualTo(0.5);
    }

    private static List<String> names(LabelledText text) {
        return text.names().stream()
                .map(name -> text.text().substring(name[0], name[1]))
                .toList();
    }
}
