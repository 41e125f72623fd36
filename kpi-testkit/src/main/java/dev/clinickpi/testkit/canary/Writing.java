package dev.clinickpi.testkit.canary;

import dev.clinickpi.testkit.canary.Canary.Kind;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** How a value is written by who wants it read by people and not by machines, or does not mind. */
enum Writing {
    PLAIN,
    LOWER_CASE,
    UPPER_CASE,
    FULL_WIDTH,
    DECOMPOSED,
    ZERO_WIDTH,
    SOFT_HYPHENS,
    CIRCLED_DIGITS,
    ARABIC_DIGITS,
    SPACED_DIGITS,
    DASHED_DIGITS,
    DOTTED_DIGITS,
    LETTERS_FOR_DIGITS,
    SIGNS_IN_WORDS,
    DIGITS_IN_WORDS;

    private static final List<String> DIGIT_WORDS =
            List.of("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve");

    private static final char FULL_WIDTH_OFFSET = '\uff01' - '!';

    /** Whether somebody would write such a value so, and somebody else still read it. */
    boolean suits(Kind kind) {
        return switch (this) {
            case PLAIN, LOWER_CASE, UPPER_CASE, FULL_WIDTH, DECOMPOSED, ZERO_WIDTH, SOFT_HYPHENS -> true;
            case CIRCLED_DIGITS, ARABIC_DIGITS -> kind == Kind.PHONE || kind == Kind.ID;
            case SPACED_DIGITS, DASHED_DIGITS, DOTTED_DIGITS, LETTERS_FOR_DIGITS, DIGITS_IN_WORDS -> kind == Kind.PHONE;
            case SIGNS_IN_WORDS -> kind == Kind.EMAIL;
        };
    }

    Canary write(Canary canary) {
        return canary.written(change(canary.plain()));
    }

    private String change(String text) {
        return switch (this) {
            case PLAIN -> text;
            case LOWER_CASE -> text.toLowerCase(Locale.ROOT);
            case UPPER_CASE -> text.toUpperCase(Locale.ROOT);
            case FULL_WIDTH -> fullWidth(text);
            case DECOMPOSED -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case ZERO_WIDTH -> text.replaceAll("(...)(?=.)", "$1\u200b");
            case SOFT_HYPHENS -> text.replaceAll("(....)(?=.)", "$1\u00ad");
            case CIRCLED_DIGITS -> digits(text, '\u245f');
            case ARABIC_DIGITS -> digits(text, '\u0660');
            case SPACED_DIGITS -> text.replaceAll("(\\d)(?=\\d)", "$1 ");
            case DASHED_DIGITS -> text.replaceAll("(\\d\\d\\d)(?=\\d\\d)", "$1-");
            case DOTTED_DIGITS -> text.replaceAll("(\\d\\d)(?=\\d\\d)", "$1.");
            case LETTERS_FOR_DIGITS -> text.replace('0', 'O').replace('1', 'l');
            case SIGNS_IN_WORDS -> text.replace("@", " arroba ").replace(".", " punto ");
            case DIGITS_IN_WORDS -> inWords(text);
        };
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder(text.length());
        text.chars().forEach(c -> wide.append((char) (c > ' ' && c < '\u007f' ? c + FULL_WIDTH_OFFSET : c)));
        return wide.toString();
    }

    /** Zero is left as it is: on a disc it does not stand beside the others. */
    private static String digits(String text, char zero) {
        StringBuilder other = new StringBuilder(text.length());
        text.chars().forEach(c -> other.append((char) (c > '0' && c <= '9' ? c - '0' + zero : c)));
        return other.toString();
    }

    private static String inWords(String text) {
        StringBuilder words = new StringBuilder();
        text.chars()
                .filter(Character::isDigit)
                .forEach(c -> words.append(DIGIT_WORDS.get(c - '0')).append(' '));
        return words.toString().strip();
    }
}
