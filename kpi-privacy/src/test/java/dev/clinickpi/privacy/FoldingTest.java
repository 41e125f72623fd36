package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "IMPLANTE,implante",
                "Depilación láser,depilacion laser",
                "DEPILACIO\u0301N,depilacion",
                "Uña,una",
                "pingüino,pinguino",
                "Straße,strasse",
                "STRASSE,strasse",
                "GROẞ,gross",
                "DİŞ,dis",
                "DIŞ,dis",
                "dış,dis",
                "ΟΔΟΝΤΟΣ,οδοντοσ",
                "οδοντος,οδοντοσ",
                "ﬁbra,fibra",
                "ＢＯＴＯＸ,botox",
                "𝐁𝐨𝐭𝐨𝐱,botox",
                "CO₂,co2",
                "1ª visita,1a visita",
                "Invisalign™,invisalign",
                "Botox®,botox®",
                "l’implant,l'implant",
                "All‑on–4,all-on-4",
                "im\u00adplan\u200dte,implante",
                "\u200fbotox\u200e,botox",
                "👍🏽,👍🏽"
            })
    void leavesNothingOfHowATextIsWritten(String text, String folded) {
        assertThat(Folding.fold(text)).isEqualTo(folded);
    }

    @Test
    void leavesOneSpaceOfManyAndNoneAtTheEnds() {
        assertThat(Folding.fold("  dos \t\r\n\u00a0\u3000 tres ")).isEqualTo("dos tres");
        assertThat(Folding.fold("")).isEmpty();
        assertThat(Folding.fold(" \t\u00a0\u200d\n")).isEmpty();
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("tr-TR", "lt-LT", "az", "de-DE")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(Folding.fold("IMPLANTE İ ı I i")).isEqualTo("implante i i i i");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void takesEveryLetterAsItsCapital() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isLetter(c)) {
                String letter = Character.toString(c);
                assertThat(Folding.fold(letter))
                        .as("U+%04X", c)
                        .isEqualTo(Folding.fold(Character.toString(Character.toUpperCase(c))))
                        .isEqualTo(Folding.fold(Character.toString(Character.toLowerCase(c))));
            }
        }
    }

    @Property
    void foldsWhatIsFoldedIntoItself(@ForAll String text) {
        String folded = Folding.fold(text);
        assertThat(Folding.fold(folded)).isEqualTo(folded);
    }
}
