package dev.clinickpi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WordCacheTest {

    private final WordCache cache = new WordCache();

    @Test
    void aWordIsOneString() {
        assertThat(word("gpt-4o-mini")).isEqualTo("gpt-4o-mini").isSameAs(word("gpt-4o-mini"));
    }

    @Test
    void wordsOfOneHashDoNotMixUp() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        for (String word : List.of("Aa", "BB", "Aa", "AaBB", "BBAa", "AaAa", "\0", "", "\0\0")) {
            assertThat(word(word)).isEqualTo(word);
        }
    }

    @Test
    void aLongWordIsNotKept() {
        String longest = "x".repeat(64);

        assertThat(word(longest)).isEqualTo(longest).isSameAs(word(longest));
        assertThat(word(longest + "x")).isEqualTo(longest + "x").isNotSameAs(word(longest + "x"));
    }

    @Property(tries = 200)
    void aWordIsWhatItWasWhateverCameBefore(@ForAll List<String> words) {
        for (String word : words) {
            assertThat(word(word)).isEqualTo(word);
        }
    }

    private String word(String word) {
        return cache.word(("<" + word + ">").toCharArray(), 1, word.length());
    }
}
