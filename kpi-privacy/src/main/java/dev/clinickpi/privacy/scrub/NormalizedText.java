package dev.clinickpi.privacy.scrub;

import java.util.Arrays;

/**
 * A text as it reads, whatever it is written with, and where each of its {@code char}s stands in the input. Compatibility forms are
 * plain (NFKC: full-width letters, digits in circles), letters of other scripts that look Latin are Latin, the digits of all scripts are
 * ASCII, spaces and dashes are the plain ones, letters with accents are one {@code char}; what cannot be seen is gone. Case, accents,
 * punctuation and ends of line are as they were. Immutable.
 */
public final class NormalizedText {

    private final String input;
    private final String text;
    private final int[] starts;
    private final int[] ends;

    private NormalizedText(String input, String text, int[] starts, int[] ends) {
        this.input = input;
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    /** Normalises a text; takes time in proportion to its length. */
    public static NormalizedText of(String input) {
        return Normalization.normalize(input);
    }

    /** The text as it was handed in. */
    public String input() {
        return input;
    }

    /** The text as it reads. */
    public String text() {
        return text;
    }

    /**
     * A span of the input for a part of the normalised text.
     *
     * @param start the index in {@link #text()} of the part's first {@code char}
     * @param end the index behind its last one, greater than {@code start}
     * @param type what was found there
     * @throws IndexOutOfBoundsException if the part is not inside the text
     * @throws IllegalArgumentException if the part is empty
     */
    public PiiSpan span(int start, int end, PiiType type) {
        if (start >= end) {
            throw new IllegalArgumentException("A part has an end behind its start, not " + start + " and " + end);
        }
        return new PiiSpan(starts[start], ends[end - 1], type);
    }

    /** Another text of the same input, written piece by piece. */
    Builder rewritten() {
        return new Builder(input, text.length());
    }

    /** Makes a text of pieces, each with its place in the input. */
    static final class Builder {

        private final String input;
        private final StringBuilder text;
        private int[] starts;
        private int[] ends;

        Builder(String input, int capacity) {
            this.input = input;
            this.text = new StringBuilder(capacity);
            this.starts = new int[Math.max(capacity, 16)];
            this.ends = new int[starts.length];
        }

        /** A piece that stands for the input from {@code start} to {@code end}, as a whole. */
        Builder append(CharSequence piece, int start, int end) {
            for (int i = 0; i < piece.length(); i++) {
                append(piece.charAt(i), start, end);
            }
            return this;
        }

        Builder append(char piece, int start, int end) {
            int at = text.length();
            if (at == starts.length) {
                starts = Arrays.copyOf(starts, 2 * at);
                ends = Arrays.copyOf(ends, 2 * at);
            }
            starts[at] = start;
            ends[at] = end;
            text.append(piece);
            return this;
        }

        /** A part of a text of the same input, as it is. */
        Builder copy(NormalizedText from, int start, int end) {
            for (int i = start; i < end; i++) {
                append(from.text.charAt(i), from.starts[i], from.ends[i]);
            }
            return this;
        }

        /** A piece that stands for a part of a text of the same input, as a whole. */
        Builder replace(NormalizedText from, int start, int end, CharSequence piece) {
            return append(piece, from.starts[start], from.ends[end - 1]);
        }

        NormalizedText build() {
            int length = text.length();
            return new NormalizedText(
                    input, text.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
        }
    }
}
