package dev.clinickpi.privacy.scrub;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A text and where the names in it are, and the ways in which people write the same text worse. Each way keeps the places right.
 *
 * @param names start and end of each name, in order, none overlapping another
 */
record LabelledText(String text, List<int[]> names) {

    private static final String KEYS = "qwertyuiopasdfghjklñzxcvbnm";

    /** Text that is written piece by piece, each a name or not. */
    static final class Writer {

        private final StringBuilder text = new StringBuilder();
        private final List<int[]> names = new ArrayList<>();

        Writer plain(CharSequence piece) {
            text.append(piece);
            return this;
        }

        /** A name; one that follows another with nothing but a space between them is the rest of it. */
        Writer name(CharSequence piece) {
            int end = text.length() + piece.length();
            int[] last = names.isEmpty() ? null : names.get(names.size() - 1);
            if (last != null && last[1] == text.length() - 1 && text.charAt(last[1]) == ' ') {
                last[1] = end;
            } else {
                names.add(new int[] {text.length(), end});
            }
            text.append(piece);
            return this;
        }

        /** Another text, behind this one. */
        Writer add(LabelledText more) {
            int shift = text.length();
            more.names.forEach(name -> names.add(new int[] {shift + name[0], shift + name[1]}));
            text.append(more.text);
            return this;
        }

        LabelledText done() {
            return new LabelledText(text.toString(), List.copyOf(names));
        }
    }

    private interface Rewrite {
        CharSequence of(int index);
    }

    LabelledText lowerCase() {
        return rewrite(i -> text.substring(i, i + 1).toLowerCase(Locale.ROOT));
    }

    LabelledText upperCase() {
        return rewrite(i -> text.substring(i, i + 1).toUpperCase(Locale.ROOT));
    }

    /** As a phone does it: lower case but for the first letter. */
    LabelledText sentenceCase() {
        return rewrite(i -> i == 0
                ? text.substring(0, 1).toUpperCase(Locale.ROOT)
                : text.substring(i, i + 1).toLowerCase(Locale.ROOT));
    }

    LabelledText withoutAccents() {
        return rewrite(i -> Normalizer.normalize(text.substring(i, i + 1), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", ""));
    }

    /** Without punctuation; what stood between two words is a space, also where there was none. */
    LabelledText withoutPunctuation() {
        return rewrite(i -> {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)
                    || Character.isWhitespace(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK) {
                return String.valueOf(c);
            }
            boolean between = i > 0
                    && i + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(i - 1))
                    && Character.isLetterOrDigit(text.charAt(i + 1));
            return between ? " " : "";
        });
    }

    /** With the slips of a hand in a hurry: letters left out, doubled, swapped for a neighbour on the keyboard. */
    LabelledText withTypos(Random random, double share) {
        return rewrite(i -> {
            char c = text.charAt(i);
            if (!Character.isLetter(c) || random.nextDouble() >= share) {
                return String.valueOf(c);
            }
            int key = KEYS.indexOf(Character.toLowerCase(c));
            return switch (random.nextInt(3)) {
                case 0 -> "";
                case 1 -> "" + c + c;
                default -> key < 0 ? "" : String.valueOf(KEYS.charAt((key + 1) % KEYS.length()));
            };
        });
    }

    private LabelledText rewrite(Rewrite rewrite) {
        StringBuilder out = new StringBuilder(text.length());
        int[] places = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            places[i] = out.length();
            out.append(rewrite.of(i));
        }
        places[text.length()] = out.length();
        List<int[]> moved = new ArrayList<>();
        for (int[] name : names) {
            int start = places[name[0]];
            int end = places[name[1]];
            if (start < end) {
                moved.add(new int[] {start, end});
            }
        }
        return new LabelledText(out.toString(), moved);
    }
}
