package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StandardScrubberTest {

    private static final StandardScrubber STANDARD = StandardScrubber.create();

    @Test
    void putsPlaceholdersInThePlaceOfValues() {
        assertThat(
                        STANDARD.scrub(
                                "Soy Ana, 612 345 678 o ana@example.com. DNI 12345678Z, vivo en calle Mayor 3, 2º B.\r\nGracias"))
                .isEqualTo("Soy [NAME], [PHONE] o [EMAIL]. DNI [ID], vivo en [ADDRESS].\r\nGracias");
    }

    @Test
    void leavesATextWithNothingPersonalAsItIs() {
        String text = "La limpieza cuesta 45,50 € y dura 30 minutos.\u00a0\u200bGracias 🙂";
        assertThat(STANDARD.scrub(text)).isSameAs(text);
        assertThat(STANDARD.find(text)).isEmpty();
    }

    @Test
    void spansAreOfTheInput() {
        String text = "🙂 ⑥①②\u200b③④⑤ ６７８ y ａｎａ＠example.com";
        assertThat(STANDARD.find(text))
                .containsExactly(new PiiSpan(3, 14, PiiType.PHONE), new PiiSpan(17, 32, PiiType.EMAIL));
    }

    @Test
    void hostsAddDetectors() {
        PiiDetector loyaltyCards = words("SOL-[0-9]{4}", PiiType.OTHER);
        assertThat(STANDARD.and(loyaltyCards).scrub("tarjeta SOL-1234, tel 612345678"))
                .isEqualTo("tarjeta [OTHER], tel [PHONE]");
        assertThat(STANDARD.scrub("tarjeta SOL-1234")).isEqualTo("tarjeta SOL-1234");
    }

    @Test
    void valuesThatOverlapBecomeOneOfTheLongestOnesType() {
        StandardScrubber scrubber = StandardScrubber.of(
                List.of(words("bcd", PiiType.ID), words("defgh", PiiType.NAME), words("hi", PiiType.CARD)));
        assertThat(scrubber.find("abcdefghij")).containsExactly(new PiiSpan(1, 9, PiiType.NAME));
    }

    @Test
    void ofEquallyLongOnesTheFirstDetectorDecides() {
        StandardScrubber scrubber = StandardScrubber.of(List.of(words("cd", PiiType.ID), words("bc", PiiType.NAME)));
        assertThat(scrubber.find("abcde")).containsExactly(new PiiSpan(1, 4, PiiType.ID));
        assertThat(StandardScrubber.of(List.of(words("bc", PiiType.NAME), words("bc", PiiType.ID)))
                        .find("abcd"))
                .containsExactly(new PiiSpan(1, 3, PiiType.NAME));
    }

    @Test
    void valuesThatTouchStayTwo() {
        StandardScrubber scrubber = StandardScrubber.of(List.of(words("ab", PiiType.ID), words("cd", PiiType.NAME)));
        assertThat(scrubber.scrub("abcd")).isEqualTo("[ID][NAME]");
    }

    @Test
    void placeholdersAreNotLookedInto() {
        StandardScrubber scrubber = StandardScrubber.of(List.of(words("(?i)phone|name", PiiType.NAME)));
        assertThat(scrubber.scrub("[PHONE] of phone [NAME]")).isEqualTo("[PHONE] of [NAME] [NAME]");
    }

    @Test
    void whatAPlaceholderUncoversIsFound() {
        StandardScrubber scrubber =
                StandardScrubber.of(List.of(words("ana", PiiType.NAME), words("calle \\[NAME] 3", PiiType.ADDRESS)));
        assertThat(scrubber.scrub("en calle ana 3, ana")).isEqualTo("en [ADDRESS], [NAME]");
        assertThat(scrubber.find("en calle ana 3, ana"))
                .containsExactly(new PiiSpan(3, 14, PiiType.ADDRESS), new PiiSpan(16, 19, PiiType.NAME));
    }

    @Test
    void detectorsMayNotBeNull() {
        assertThatThrownBy(() -> STANDARD.and(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aSpanIsNeverEmpty() {
        assertThatThrownBy(() -> new PiiSpan(3, 3, PiiType.ID)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PiiSpan(-1, 3, PiiType.ID)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PiiSpan(0, 3, null)).isInstanceOf(NullPointerException.class);
    }

    private static PiiDetector words(String regex, PiiType type) {
        Pattern pattern = Pattern.compile(regex);
        return text -> {
            Matcher matcher = pattern.matcher(text.text());
            return matcher.results()
                    .map(found -> text.span(found.start(), found.end(), type))
                    .toList();
        };
    }
}
