package dev.clinickpi.codec;

import org.jspecify.annotations.Nullable;

/**
 * One string for each short word that comes again and again (clinics, models, services), so that a million events do not keep a million
 * copies. A word gives way when another falls on its place, so the cache stays small whatever the input holds.
 */
public final class WordCache {

    private static final int LONGEST = 64;
    private static final int PLACES = 1 << 12;

    private final @Nullable String[] words = new @Nullable String[PLACES];

    /** A cache of no words. */
    public WordCache() {}

    /** The string of these characters. */
    public String word(char[] text, int offset, int length) {
        if (length > LONGEST) {
            return new String(text, offset, length);
        }
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + text[i];
        }
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        String word = words[place];
        if (word == null || !matches(word, text, offset, length)) {
            word = new String(text, offset, length);
            words[place] = word;
        }
        return word;
    }

    private static boolean matches(String word, char[] text, int offset, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
