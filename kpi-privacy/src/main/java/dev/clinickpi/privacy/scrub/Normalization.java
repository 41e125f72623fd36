package dev.clinickpi.privacy.scrub;

import java.text.Normalizer;

/** How a text comes to read the same however it is written: code point by code point, each with the marks on it. */
final class Normalization {

    private static final int FIRST_BEYOND_ASCII = 0x80;

    /** No letter has more marks on it. To compose sorts them in quadratic time, so a run of thousands is cut. */
    private static final int MAX_MARKS = 8;

    private static final char DELETE = 0x7f;

    private static final int NEXT_LINE = 0x85;

    private static final String HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0";

    private Normalization() {}

    static NormalizedText normalize(String input) {
        NormalizedText.Builder text = new NormalizedText.Builder(input, input.length());
        int next;
        for (int i = 0; i < input.length(); i = next) {
            char c = input.charAt(i);
            next = i + 1;
            if (c < FIRST_BEYOND_ASCII && (next == input.length() || input.charAt(next) < FIRST_BEYOND_ASCII)) {
                appendAscii(text, c, i);
            } else {
                next = appendCluster(text, input, i);
            }
        }
        return text.build();
    }

    /** Controls other than white space cannot be seen. */
    private static void appendAscii(NormalizedText.Builder text, char c, int at) {
        if ((c >= ' ' && c != DELETE) || c == '\n' || c == '\r' || c == '\t') {
            text.append(c, at, at + 1);
        } else if (Character.isWhitespace(c)) {
            text.append(' ', at, at + 1);
        }
    }

    /** Appends a code point with the marks that follow it; returns where the next one begins. */
    private static int appendCluster(NormalizedText.Builder text, String input, int start) {
        StringBuilder cluster = new StringBuilder();
        int marks = 0;
        int end = start;
        int next;
        for (int i = start; i < input.length(); i = next) {
            int codePoint = input.codePointAt(i);
            next = i + Character.charCount(codePoint);
            if (isInvisible(codePoint)) {
                if (i == start) {
                    return next;
                }
            } else if (i == start) {
                cluster.appendCodePoint(codePoint);
                end = next;
            } else if (isMark(codePoint)) {
                if (marks < MAX_MARKS) {
                    cluster.appendCodePoint(codePoint);
                    marks++;
                }
                end = next;
            } else {
                break;
            }
        }
        String plain = Normalizer.normalize(cluster, Normalizer.Form.NFKC);
        for (int i = 0; i < plain.length(); i += Character.charCount(plain.codePointAt(i))) {
            appendPlain(text, plain.codePointAt(i), start, end);
        }
        return end;
    }

    private static void appendPlain(NormalizedText.Builder text, int codePoint, int start, int end) {
        if (codePoint == '\n' || codePoint == '\r' || codePoint == '\t') {
            text.append((char) codePoint, start, end);
            return;
        }
        switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> {}
            case Character.SPACE_SEPARATOR, Character.CONTROL -> text.append(' ', start, end);
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> text.append('\n', start, end);
            case Character.DASH_PUNCTUATION -> text.append('-', start, end);
            case Character.DECIMAL_DIGIT_NUMBER, Character.OTHER_NUMBER -> appendNumber(text, codePoint, start, end);
            default -> text.append(Character.toString(Confusables.latin(codePoint)), start, end);
        }
    }

    /** Digits of other scripts, and those on discs, which have no compatibility form. */
    @SuppressWarnings("CharacterGetNumericValue") // It is asked about numbers alone, never about A to Z.
    private static void appendNumber(NormalizedText.Builder text, int codePoint, int start, int end) {
        int value = Character.getNumericValue(codePoint);
        if (value >= 0 && value <= 9) {
            text.append((char) ('0' + value), start, end);
        } else {
            text.append(Character.toString(codePoint), start, end);
        }
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Joiners, directions, soft hyphens, fillers, controls, halves of a character. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.SURROGATE -> true;
            case Character.CONTROL -> !Character.isWhitespace(codePoint) && codePoint != NEXT_LINE;
            default -> HANGUL_FILLERS.indexOf(codePoint) >= 0;
        };
    }
}
