package dev.clinickpi.testkit.canary;

import dev.clinickpi.testkit.canary.Canary.Kind;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** How a value is written by who wants it read by people and not by machines, or does not mind. */
enum Writing {
    PLAIN(text -> text),
    LOWER_CASE(text -> text.toLowerCase(Locale.ROOT)),
    UPPER_CASE(text -> text.toUpperCase(Locale.ROOT)),
    FULL_WIDTH(Writing::fullWidth),
    DECOMPOSED(text -> Normalizer.normalize(text, Normalizer.Form.NFD)),
    ZERO_WIDTH(text -> text.replaceAll("(...)(?=.)", "$1\u200b")),
    SOFT_HYPHENS(text -> text.replaceAll("(....)(?=.)", "$1\u00ad")),
    CIRCLED_DIGITS(text -> digits(text, '\u245f')),
    ARABIC_DIGITS(text -> digits(text, '\u0660')),
    SPACED_DIGITS(text -> text.replaceAll("(\\d)(?=\\d)", "$1 ")),
    DASHED_DIGITS(text -> text.replaceAll("(\\d\\d\\d)(?=\\d\\d)", "$1-")),
    DOTTED_DIGITS(text -> text.replaceAll("(\\d\\d)(?=\\d\\d)", "$1.")),
    LETTERS_FOR_DIGITS(text -> text.replace('0', 'O').replace('1', 'l')),
    SIGNS_IN_WORDS(text -> text.replace("@", " arroba ").replace(".", " punto ")),
    DIGITS_IN_WORDS(Writing::inWords);

    private static final List<String> DIGIT_WORDS =
            List.of("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve");

    private static final char FULL_WIDTH_OFFSET = '\uff01' - '!';

    private final UnaryOperator<String> change;

    Writing(UnaryOperator<String> change) {
        this.change = change;
    }

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
        return canary.written(change.apply(canary.plain()));
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
        text.chars().filter(Character::isDigit).forEach(c -> words.append(DIGIT_WORDS.get(c - '0')).append(' '));
        return words.toString().strip();
    }
}
