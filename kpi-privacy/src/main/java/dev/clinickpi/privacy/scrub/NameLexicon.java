package dev.clinickpi.privacy.scrub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of words: whether they are given names, surnames or names elsewhere in the world, and whether they are common words of
 * everyday Spanish. "Rosa", "pilar" and "blanco" are several of these. Immutable.
 *
 * <p>The lists are in order of frequency, and a word's line says which of a list's ranks it belongs to. Where they come from stands in
 * {@code META-INF/THIRD-PARTY-NOTICES.txt}.
 */
final class NameLexicon {

    private static final int[] GIVEN_RANKS = {300, 1200};
    private static final int[] SURNAME_RANKS = {400, 2500};
    private static final int[] WORLD_RANKS = {};
    private static final int[] COMMON_RANKS = {300, 1500, 5000};

    /** Shorter words are one slip away from too many others. */
    private static final int LEAST_LENGTH = 5;

    /** A longer one is no name, and would cost more than its length to look up. */
    private static final int LONGEST = 20;

    private static final int MISTYPED = 1 << 8;

    private final Map<String, Integer> words;
    private final Set<String> shortened;

    private NameLexicon(Map<String, Integer> words) {
        this.words = words;
        this.shortened = new HashSet<>();
        words.forEach((word, entry) -> {
            if (isFrequent(entry) && word.length() >= LEAST_LENGTH) {
                for (int i = 0; i < word.length(); i++) {
                    shortened.add(without(word, i));
                }
            }
        });
    }

    /** The lists that the library comes with. */
    static NameLexicon load() {
        Map<String, Integer> words = new HashMap<>(1 << 17);
        read(words, "given-names.txt", GIVEN_RANKS, 0);
        read(words, "surnames.txt", SURNAME_RANKS, 2);
        read(words, "names-of-the-world.txt", WORLD_RANKS, 4);
        read(words, "common-words.txt", COMMON_RANKS, 5);
        return new NameLexicon(words);
    }

    /** No lists at all. */
    static NameLexicon empty() {
        return new NameLexicon(Map.of());
    }

    /** All that is known of a folded word, from 0 (nothing) to 511. */
    int of(String word) {
        Integer entry = words.get(word);
        return entry != null ? entry : isMistyped(word) ? MISTYPED : 0;
    }

    /** Whether a word is none of the lists but one slip of the hand away from a frequent name: a letter too few or too many, or another. */
    static boolean isMistyped(int entry) {
        return entry == MISTYPED;
    }

    static boolean isGiven(int entry) {
        return (entry & 3) != 0;
    }

    /** Whether a word is one of the given names that most people have. */
    static boolean isFrequentGiven(int entry) {
        return (entry & 3) >= 2;
    }

    static boolean isSurname(int entry) {
        return ((entry >> 2) & 3) != 0;
    }

    static boolean isName(int entry) {
        return (entry & 0x1f) != 0;
    }

    /** 0 if the word is not a common one, else 4 for the most common words down to 1. */
    static int commonness(int entry) {
        return (entry >> 5) & 7;
    }

    /**
     * Two words that are one letter apart become the same word when each loses one letter at most. Some that are two apart do, too, such as those
     * with two letters swapped, which is welcome.
     */
    private boolean isMistyped(String word) {
        if (word.length() < LEAST_LENGTH - 1 || word.length() > LONGEST) {
            return false;
        }
        boolean near = shortened.contains(word);
        for (int i = 0; i < word.length() && !near && word.length() >= LEAST_LENGTH; i++) {
            String shorter = without(word, i);
            near = shortened.contains(shorter) || isFrequent(words.getOrDefault(shorter, 0));
        }
        return near;
    }

    private static String without(String word, int index) {
        return word.substring(0, index) + word.substring(index + 1);
    }

    private static boolean isFrequent(int entry) {
        return (entry & 3) >= 2 || ((entry >> 2) & 3) >= 2;
    }

    private static void read(Map<String, Integer> words, String name, int[] ranks, int shift) {
        List<String> lines = lines(name);
        for (int i = 0; i < lines.size(); i++) {
            int rank = 1;
            for (int limit : ranks) {
                rank += i < limit ? 1 : 0;
            }
            words.merge(lines.get(i), rank << shift, (a, b) -> a | b);
        }
    }

    private static List<String> lines(String name) {
        try (InputStream in = NameLexicon.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The resource " + name + " is missing: the jar of kpi-privacy is incomplete");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + name + " cannot be read", e);
        }
    }
}
