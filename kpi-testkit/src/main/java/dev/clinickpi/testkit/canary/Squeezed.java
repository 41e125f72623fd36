package dev.clinickpi.testkit.canary;

import java.text.Normalizer;

/**
 * A text with nothing left in it but what tells values apart: letters without marks and case, digits of any script as those of ASCII. What may stand inside a
 * value, such as a space or a dash, is gone; what may not is the end of a line. It shares no code with what the library normalises by.
 */
final class Squeezed {

    private static final String INSIDE = " \u00a0.-_+=()/@'";

    private Squeezed() {}

    static String of(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder squeezed = new StringBuilder(plain.length());
        plain.codePoints().forEach(c -> append(squeezed, c));
        return squeezed.toString();
    }

    private static void append(StringBuilder squeezed, int c) {
        if (c < 128) {
            appendAscii(squeezed, (char) c);
            return;
        }
        switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> squeezed.append(Character.digit(c, 10));
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> squeezed.appendCodePoint(Character.toLowerCase(c));
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.SPACE_SEPARATOR -> {}
            default -> squeezed.append('\n');
        }
    }

    private static void appendAscii(StringBuilder squeezed, char c) {
        if (c >= 'A' && c <= 'Z') {
            squeezed.append((char) (c + ('a' - 'A')));
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            squeezed.append(c);
        } else if (INSIDE.indexOf(c) < 0) {
            squeezed.append('\n');
        }
    }
}
