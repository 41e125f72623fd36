package dev.clinickpi.privacy.scrub;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words, numbers and signs of one line, folded to lower case without accents, so that "García", "GARCIA" and "garcia" are one word. What
 * was upper case is kept apart, as a word's {@link Shape}.
 */
final class NameTokens {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** How a token is written. */
    enum Shape {
        SIGN(0),
        NUMBER(1),
        LOWER(2),
        CAPITALISED(3),
        UPPER(4);

        /** What the model knows it by. */
        final int code;

        Shape(int code) {
            this.code = code;
        }
    }

    /** How much upper case a line has, which says what a word without it means. */
    enum Writing {
        /** None: a line typed in haste. */
        LOWER(0),
        /** At its start alone, where the phone puts it. */
        SENTENCE(1),
        /** In it, too. */
        MIXED(2),
        /** Nothing but. */
        UPPER(3);

        /** What the model knows it by. */
        final int code;

        Writing(int code) {
            this.code = code;
        }
    }

    private final List<String> words = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();
    private final List<Boolean> inAddresses = new ArrayList<>();
    private Writing writing = Writing.LOWER;

    private NameTokens() {}

    /** The tokens of each line of a text that has any. */
    static List<NameTokens> lines(String text) {
        List<NameTokens> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !isLineEnd(text.charAt(end))) {
                end++;
            }
            NameTokens line = new NameTokens();
            line.read(text, start, end);
            if (line.size() > 0) {
                lines.add(line);
            }
            start = end + 1;
        }
        return lines;
    }

    int size() {
        return words.size();
    }

    /** A word, folded; what is outside the line is empty. */
    String word(int index) {
        return index < 0 || index >= size() ? "" : words.get(index);
    }

    /** How a token is written; what is outside the line is a sign. */
    Shape shape(int index) {
        return index < 0 || index >= size() ? Shape.SIGN : shapes.get(index);
    }

    /** Where in the text a token starts. */
    int start(int index) {
        return places.get(index)[0];
    }

    /** Where in the text a token ends, exclusive. */
    int end(int index) {
        return places.get(index)[1];
    }

    /** Whether a token is part of an e-mail or web address: something without a space that holds an at sign or two slashes. */
    boolean inAddress(int index) {
        return inAddresses.get(index);
    }

    /** Whether a token is of letters. */
    boolean isWord(int index) {
        Shape shape = shape(index);
        return shape != Shape.SIGN && shape != Shape.NUMBER;
    }

    Writing writing() {
        return writing;
    }

    private void read(String text, int start, int end) {
        int at = start;
        while (at < end) {
            int from = at;
            while (at < end && !isSpace(text.charAt(at))) {
                at++;
            }
            if (at > from) {
                readChunk(text, from, at);
            }
            at++;
        }
        writing = judgeWriting();
    }

    private void readChunk(String text, int start, int end) {
        boolean address = isAddress(text, start, end);
        int from = start;
        while (from < end) {
            int to = tokenEnd(text, from, end);
            String token = text.substring(from, to);
            words.add(fold(token));
            shapes.add(shape(token));
            places.add(new int[] {from, to});
            inAddresses.add(address);
            from = to;
        }
    }

    private static boolean isAddress(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '@' || (c == '/' && i > start && text.charAt(i - 1) == '/')) {
                return true;
            }
        }
        return false;
    }

    /** A word ends where its letters do, and before an upper-case letter that follows a lower-case one: "RomeroCol" is two. */
    private static int tokenEnd(String text, int start, int end) {
        int first = text.codePointAt(start);
        int at = start + Character.charCount(first);
        int last = first;
        while (at < end) {
            int next = text.codePointAt(at);
            boolean word =
                    isLetter(last) && isLetter(next) && !(Character.isLowerCase(last) && Character.isUpperCase(next));
            boolean number = Character.isDigit(last) && Character.isDigit(next);
            if (!word && !number) {
                break;
            }
            last = next;
            at += Character.charCount(next);
        }
        return Math.min(at, end);
    }

    private Writing judgeWriting() {
        int lower = 0;
        int capitals = 0;
        boolean first = true;
        boolean firstCapital = false;
        for (Shape shape : shapes) {
            if (shape == Shape.LOWER) {
                lower++;
            } else if (shape == Shape.CAPITALISED || shape == Shape.UPPER) {
                capitals++;
                firstCapital |= first;
            }
            first &= shape == Shape.SIGN || shape == Shape.NUMBER;
        }
        if (capitals == 0) {
            return Writing.LOWER;
        }
        if (lower == 0 && !shapes.contains(Shape.CAPITALISED)) {
            return Writing.UPPER;
        }
        return firstCapital && capitals == 1 ? Writing.SENTENCE : Writing.MIXED;
    }

    /** Lower case, without accents, and no letter more than twice in a row. */
    static String fold(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 0x80) {
                lower = MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFD))
                        .replaceAll("");
                break;
            }
        }
        return shorten(lower);
    }

    private static String shorten(String word) {
        StringBuilder shorter = null;
        for (int i = 2; i < word.length(); i++) {
            char letter = word.charAt(i);
            boolean drop = Character.isLetter(letter) && letter == word.charAt(i - 1) && letter == word.charAt(i - 2);
            if (drop && shorter == null) {
                shorter = new StringBuilder(word).delete(i, word.length());
            } else if (!drop && shorter != null) {
                shorter.append(letter);
            }
        }
        return shorter == null ? word : shorter.toString();
    }

    private static Shape shape(String token) {
        int first = token.codePointAt(0);
        if (Character.isDigit(first)) {
            return Shape.NUMBER;
        }
        if (!isLetter(first)) {
            return Shape.SIGN;
        }
        if (!Character.isUpperCase(first)) {
            return Shape.LOWER;
        }
        boolean more = token.codePointCount(0, token.length()) > 1;
        return more && token.codePoints().noneMatch(Character::isLowerCase) ? Shape.UPPER : Shape.CAPITALISED;
    }

    private static boolean isLetter(int codePoint) {
        return Character.isLetter(codePoint) || Character.getType(codePoint) == Character.NON_SPACING_MARK;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c) || c == '\uFEFF';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }
}
