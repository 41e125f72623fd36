package dev.clinickpi.privacy.scrub;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Digits for the numbers that are written as words in Spanish or English, and for letters that stand in for a digit: "seis uno dos", "sesenta y
 * uno", "doble cero", "six one two", "6l2 O4". A text keeps its other words, so that a number among them is still known by its context.
 */
final class SpokenNumbers {

    private static final Map<String, String> UNITS = words(
            "0 cero zero",
            "1 uno one",
            "2 dos two",
            "3 tres three",
            "4 cuatro four",
            "5 cinco five",
            "6 seis six",
            "7 siete seven",
            "8 ocho eight",
            "9 nueve nine",
            "0 oh");

    private static final Map<String, String> TEENS = words(
            "10 diez ten",
            "11 once eleven",
            "12 doce twelve",
            "13 trece thirteen",
            "14 catorce fourteen",
            "15 quince fifteen",
            "16 dieciseis sixteen",
            "17 diecisiete seventeen",
            "18 dieciocho eighteen",
            "19 diecinueve nineteen",
            "21 veintiuno",
            "22 veintidos",
            "23 veintitres",
            "24 veinticuatro",
            "25 veinticinco",
            "26 veintiseis",
            "27 veintisiete",
            "28 veintiocho",
            "29 veintinueve");

    private static final Map<String, String> TENS = words(
            "2 veinte twenty",
            "3 treinta thirty",
            "4 cuarenta forty",
            "5 cincuenta fifty",
            "6 sesenta sixty",
            "7 setenta seventy",
            "8 ochenta eighty",
            "9 noventa ninety");

    private static final Map<String, String> HUNDREDS = words(
            "1 cien ciento",
            "2 doscientos",
            "3 trescientos",
            "4 cuatrocientos",
            "5 quinientos",
            "6 seiscientos",
            "7 setecientos",
            "8 ochocientos",
            "9 novecientos");

    private static final Map<String, String> TIMES = words("2 doble double", "3 triple treble");

    /** What is said between the parts of a number. */
    private static final Set<String> BETWEEN = Set.of(
            "y", "and", "luego", "then", "despues", "punto", "dot", "guion", "dash", "hyphen", "espacio", "space",
            "coma", "barra");

    private static final String DIGIT_LETTERS = "OoQIl|SsBZz";
    private static final String LETTER_DIGITS = "00011155822";

    /** So many of them look so much like a digit that they may stand alone. */
    private static final int COMMON_DIGIT_LETTERS = 6;

    private static final int LONGEST_WORD = 13;

    private final NormalizedText text;
    private final String chars;
    private final NormalizedText.Builder out;
    private final boolean joinsTens;
    private boolean isChanged;
    private boolean isAmbiguous;
    private boolean isAfterNumber;

    private SpokenNumbers(NormalizedText text, boolean joinsTens) {
        this.joinsTens = joinsTens;
        this.text = text;
        this.chars = text.text();
        this.out = text.rewritten();
    }

    /**
     * The same text with digits. None if it has no number in words, and two where tens stand before a unit without a joint: "treinta cuatro" is
     * 34 to who speaks quickly and 30 4 to who dictates.
     */
    static List<NormalizedText> readings(NormalizedText text) {
        SpokenNumbers joined = new SpokenNumbers(text, true);
        joined.rewrite();
        if (!joined.isChanged) {
            return List.of();
        }
        if (!joined.isAmbiguous) {
            return List.of(joined.out.build());
        }
        SpokenNumbers apart = new SpokenNumbers(text, false);
        apart.rewrite();
        return List.of(joined.out.build(), apart.out.build());
    }

    private void rewrite() {
        int at = 0;
        while (at < chars.length()) {
            int end = wordEnd(at);
            if (end == at) {
                out.copy(text, at, at + 1);
                isAfterNumber &= !Character.isLetter(chars.charAt(at));
                isAfterNumber |= isDigit(at);
                at++;
                continue;
            }
            int numberEnd = number(at, end);
            if (numberEnd > at) {
                isAfterNumber = true;
                at = numberEnd;
            } else if (isAfterNumber && BETWEEN.contains(word(at, end)) && beginsNumber(end)) {
                out.replace(text, at, end, " ");
                isChanged = true;
                at = end;
            } else {
                out.copy(text, at, end);
                isAfterNumber = isDigit(end - 1);
                at = end;
            }
        }
    }

    /** Writes the number that begins at a word; returns where it ends, or its start if there is none. */
    private int number(int start, int end) {
        String word = word(start, end);
        String times = TIMES.get(word);
        if (times != null) {
            int next = skipSpace(end);
            int nextEnd = wordEnd(next);
            String unit = isDigit(next) && nextEnd == next + 1
                    ? chars.substring(next, nextEnd)
                    : UNITS.get(word(next, nextEnd));
            return unit == null ? start : write(start, nextEnd, unit.repeat(Integer.parseInt(times)));
        }
        String hundred = HUNDREDS.get(word);
        if (hundred != null) {
            int next = skipSpace(end);
            int nextEnd = wordEnd(next);
            @Nullable String rest = belowHundred(word(next, nextEnd));
            if (rest == null) {
                return write(start, end, hundred + "00");
            }
            int[] wholeEnd = {nextEnd};
            String below = withUnit(word(next, nextEnd), rest, wholeEnd);
            return write(start, wholeEnd[0], hundred + (below.length() == 1 ? "0" + below : below));
        }
        @Nullable String below = belowHundred(word);
        if (below != null) {
            int[] wholeEnd = {end};
            String digits = withUnit(word, below, wholeEnd);
            return write(start, wholeEnd[0], digits);
        }
        return digitLetters(start, end);
    }

    /** A number below a hundred in one word. */
    private static @Nullable String belowHundred(String word) {
        String unit = UNITS.get(word);
        if (unit != null) {
            return unit;
        }
        String teen = TEENS.get(word);
        if (teen != null) {
            return teen;
        }
        String ten = TENS.get(word);
        return ten == null ? null : ten + "0";
    }

    /** Tens with the unit behind them: "sesenta y uno", "sixty-one". */
    private String withUnit(String word, String digits, int[] end) {
        String ten = TENS.get(word);
        if (ten == null) {
            return digits;
        }
        int next = skipSpace(end[0]);
        int nextEnd = wordEnd(next);
        boolean isJoined = word(next, nextEnd).equals("y");
        if (isJoined) {
            next = skipSpace(nextEnd);
            nextEnd = wordEnd(next);
        }
        String unit = UNITS.get(word(next, nextEnd));
        if (unit == null || unit.equals("0")) {
            return digits;
        }
        isAmbiguous |= !isJoined;
        if (!isJoined && !joinsTens) {
            return digits;
        }
        end[0] = nextEnd;
        return ten + unit;
    }

    /** A group of digits some of which are letters, as in {@code 6l2}. One that is all letters is a word, unless it stands among digits. */
    private int digitLetters(int start, int end) {
        int digits = 0;
        int rare = 0;
        StringBuilder plain = new StringBuilder();
        for (int i = start; i < end; i++) {
            char c = chars.charAt(i);
            int letter = DIGIT_LETTERS.indexOf(c);
            if ((letter < 0 && !isDigit(i)) || plain.length() > LONGEST_WORD) {
                return start;
            }
            plain.append(letter < 0 ? c : LETTER_DIGITS.charAt(letter));
            digits += letter < 0 ? 1 : 0;
            rare += letter >= COMMON_DIGIT_LETTERS ? 1 : 0;
        }
        boolean isGroup = digits == 0
                ? rare == 0 && (isOr(start, end) ? isAmongDigits(start) : isAfterNumber || leadsToDigits(end, 2))
                : digits < end - start && rare <= digits;
        return isGroup ? write(start, end, plain) : start;
    }

    /** Whether it is one small "o", a word of Spanish. */
    private boolean isOr(int start, int end) {
        return end == start + 1 && chars.charAt(start) == 'o';
    }

    /** Whether a single digit stands on either side of a letter, each behind a space. */
    private boolean isAmongDigits(int at) {
        return at >= 2 && isDigit(at - 2) && (at == 2 || !isDigit(at - 3)) && isDigit(at + 2) && !isDigit(at + 3);
    }

    /** Whether the next groups, of which some may be all letters, have a digit. */
    private boolean leadsToDigits(int from, int groups) {
        int start = skipSpace(from);
        int end = wordEnd(start);
        boolean hasDigit = false;
        for (int i = start; i < end; i++) {
            int letter = DIGIT_LETTERS.indexOf(chars.charAt(i));
            if (!isDigit(i) && (letter < 0 || letter >= COMMON_DIGIT_LETTERS)) {
                return false;
            }
            hasDigit |= isDigit(i);
        }
        return hasDigit || (start < end && groups > 0 && leadsToDigits(end, groups - 1));
    }

    private int write(int start, int end, CharSequence digits) {
        out.replace(text, start, end, digits);
        isChanged = true;
        return end;
    }

    private boolean beginsNumber(int from) {
        int start = skipSpace(from);
        int end = wordEnd(start);
        String word = word(start, end);
        return isDigit(start) || belowHundred(word) != null || HUNDREDS.containsKey(word) || TIMES.containsKey(word);
    }

    private boolean isDigit(int at) {
        return at < chars.length() && chars.charAt(at) >= '0' && chars.charAt(at) <= '9';
    }

    /** Where the letters and digits that begin here end; a word of letters ends before a digit if it is a number by itself. */
    private int wordEnd(int start) {
        int end = start;
        while (end < chars.length() && Character.isLetter(chars.charAt(end))) {
            end++;
        }
        if (end > start && end < chars.length() && isDigit(end) && belowHundred(word(start, end)) != null) {
            return end;
        }
        while (end < chars.length()
                && (Character.isLetterOrDigit(chars.charAt(end)) || (chars.charAt(end) == '|' && end > start))) {
            end++;
        }
        return end;
    }

    /** One space, dash or comma lies between the words of a number. */
    private int skipSpace(int at) {
        return at < chars.length() && " -\n\t".indexOf(chars.charAt(at)) >= 0 ? at + 1 : at;
    }

    private String word(int start, int end) {
        if (end - start > LONGEST_WORD || start == end) {
            return "";
        }
        String lower = chars.substring(start, end).toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) >= 0x80) {
                return Normalizer.normalize(lower, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
            }
        }
        return lower;
    }

    private static Map<String, String> words(String... lines) {
        Map<String, String> words = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            for (int i = 1; i < parts.length; i++) {
                words.put(parts[i], parts[0]);
            }
        }
        return Map.copyOf(words);
    }
}
