package dev.clinickpi.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that a field of NDJSON may hold, each for a constant of an enum. */
final class Choices<E extends Enum<E>> {

    private final Map<String, E> byWord;
    private final String rule;

    private Choices(E[] constants, Function<E, String> word) {
        byWord = Arrays.stream(constants)
                .collect(Collectors.toMap(word, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        rule = "must be one of " + String.join(", ", byWord.keySet());
    }

    /** Each constant's name in small letters. */
    static <E extends Enum<E>> Choices<E> named(E[] constants) {
        return new Choices<>(constants, constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** Each constant's word, as the function says. */
    static <E extends Enum<E>> Choices<E> of(E[] constants, Function<E, String> word) {
        return new Choices<>(constants, word);
    }

    /** The constant of a word, or null. */
    @Nullable
    E of(String word) {
        return byWord.get(word);
    }

    /** What is expected of the field. */
    String rule() {
        return rule;
    }
}
