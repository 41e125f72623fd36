package dev.clinickpi.privacy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that makers of language models and of subscriptions call their products by, and that read like names of people: alone, as "claude" and "max", or together, as
 * "qwen-max" and "Nova Pro".
 */
final class MakersWords {

    private static final Set<String> WORDS = Set.of(
            "ada",
            "amazon",
            "babbage",
            "basic",
            "claude",
            "cohere",
            "command",
            "curie",
            "davinci",
            "deep",
            "falcon",
            "flash",
            "gemini",
            "gemma",
            "gpt",
            "granite",
            "grok",
            "haiku",
            "hermes",
            "instruct",
            "jamba",
            "kimi",
            "large",
            "lite",
            "llama",
            "max",
            "medium",
            "micro",
            "mini",
            "mistral",
            "mixtral",
            "nano",
            "nova",
            "olmo",
            "opus",
            "plan",
            "plus",
            "premium",
            "premier",
            "preview",
            "pro",
            "qwen",
            "seek",
            "small",
            "sonnet",
            "turbo",
            "ultra",
            "vicuna");

    /** Whatever is no letter, and where lower case turns to upper, as in {@code DeepSeek}. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

    private MakersWords() {}

    /** How many words of a label are none of these. A letter by itself is no word: it numbers a model, as in {@code Command R}. */
    static long othersIn(String label) {
        return Arrays.stream(BETWEEN.split(INVISIBLE.matcher(label).replaceAll("")))
                .filter(word -> word.length() > 1 && !WORDS.contains(word.toLowerCase(Locale.ROOT)))
                .count();
    }
}
