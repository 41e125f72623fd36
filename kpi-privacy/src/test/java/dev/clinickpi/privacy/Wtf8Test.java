package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Wtf8Test {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p1", "señora", "\u007f\u0080\u07ff\u0800\uffff", "😀\ud83d\udc4d\uD800\uDC00\uDBFF\uDFFF"})
    void isUtf8ForWellFormedText(String text) {
        assertThat(Wtf8.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsHalfAPairApartFromAQuestionMark() {
        assertThat(Wtf8.encode("a\ud83d")).containsExactly('a', 0xED, 0xA0, 0xBD);
        assertThat("a\ud83d".getBytes(StandardCharsets.UTF_8)).containsExactly('a', '?');
    }

    @Property
    void givesNoTwoTextsTheSameBytes(@ForAll @Size(max = 3) char[] one, @ForAll @Size(max = 3) char[] other) {
        assertThat(Arrays.equals(Wtf8.encode(new String(one)), Wtf8.encode(new String(other))))
                .isEqualTo(Arrays.equals(one, other));
    }
}
