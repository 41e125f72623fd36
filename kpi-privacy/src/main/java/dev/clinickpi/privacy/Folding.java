package dev.clinickpi.privacy;

import java.text.Normalizer;

/**
 * What is left of a text when how it is written does not matter: no upper case, accents, compatibility forms or invisible characters, each
 * run of white space one space, none at the ends. Patients write "DEPILACION laser" for "Depilación láser", and {@code ñ} as {@code n}
 * where a keyboard has none. Independent of the JVM's locale.
 */
final class Folding {

    private static final int FIRST_BEYOND_ASCII = 0x80;

    private Folding() {}

    static String fold(String text) {
        String decomposed = isAscii(text) ? text : Normalizer.normalize(legible(text), Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        boolean isApart = false;
        int codePoint;
        for (int i = 0; i < decomposed.length(); i += Character.charCount(codePoint)) {
            codePoint = decomposed.codePointAt(i);
            if (isSpace(codePoint)) {
                isApart = !folded.isEmpty();
            } else if (!isInvisible(codePoint)) {
                if (isApart) {
                    folded.append(' ');
                    isApart = false;
                }
                append(folded, codePoint);
            }
        }
        return folded.toString();
    }

    /** ASCII has no marks, and nothing of it decomposes. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_BEYOND_ASCII) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes the marks off that stand by themselves before the text is decomposed, which brings the others to light: to decompose sorts each
     * run of marks, in quadratic time, so that a single message of nothing else would hold a thread for seconds.
     */
    private static String legible(String text) {
        StringBuilder legible = new StringBuilder(text.length());
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (!isInvisible(codePoint)) {
                legible.appendCodePoint(isTradeMark(codePoint) ? ' ' : codePoint);
            }
        }
        return legible.toString();
    }

    /** These would decompose into letters, and so be part of the word before them. */
    private static boolean isTradeMark(int codePoint) {
        return codePoint == '™' || codePoint == '℠';
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** Accents and other marks, joiners, directions and soft hyphens. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.FORMAT -> true;
            default -> false;
        };
    }

    /** Upper case first: dotless {@code ı} and final {@code ς} have the capital of {@code i} and {@code σ}. */
    private static void append(StringBuilder folded, int codePoint) {
        if (codePoint < FIRST_BEYOND_ASCII) {
            folded.append((char) (codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint));
            return;
        }
        int lower = Character.toLowerCase(Character.toUpperCase(codePoint));
        switch (lower) {
            case 'ß' -> folded.append("ss");
            case '‘', '’', 'ʼ' -> folded.append('\'');
            default -> folded.appendCodePoint(Character.getType(lower) == Character.DASH_PUNCTUATION ? '-' : lower);
        }
    }
}
