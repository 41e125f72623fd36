package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLexiconTest {

    private static final NameLexicon LEXICON = NameLexicon.load();

    @ParameterizedTest
    @CsvSource({
        // word, frequent given name, surname, common word, mistyped name
        "noelia, true, false, false, false",
        "garcia, false, true, false, false",
        "rosa, true, true, true, false",
        "jueves, false, false, true, false",
        "limpieza, false, false, true, false",
        "rodriguz, false, false, false, true",
        "rodrriguez, false, false, false, true",
        "rofriguez, false, false, false, true",
        "ortodoncia, false, false, false, false",
    })
    void knowsWhatAWordIs(String word, boolean given, boolean surname, boolean common, boolean mistyped) {
        int entry = LEXICON.of(word);

        assertThat(NameLexicon.isSurname(entry)).isEqualTo(surname);
        assertThat(NameLexicon.commonness(entry) > 0).isEqualTo(common);
        assertThat(NameLexicon.isMistyped(entry)).isEqualTo(mistyped);
        assertThat(NameLexicon.isFrequentGiven(entry)).isEqualTo(given);
    }

    @Test
    void hasFrequentNamesBeforeRareOnes() {
        assertThat(NameLexicon.isFrequentGiven(LEXICON.of("carmen"))).isTrue();
        assertThat(NameLexicon.isFrequentGiven(LEXICON.of("antonio"))).isTrue();
        assertThat(NameLexicon.isFrequentGiven(LEXICON.of("yarisa"))).isFalse();
        assertThat(NameLexicon.isName(LEXICON.of("yarisa"))).isTrue();
    }

    @Test
    void knowsNothingWithoutLists() {
        assertThat(NameLexicon.empty().of("carmen")).isZero();
    }
}
