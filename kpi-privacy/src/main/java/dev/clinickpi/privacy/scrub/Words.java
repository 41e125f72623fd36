package dev.clinickpi.privacy.scrub;

import java.util.Locale;

/** Walks along the words of a text, so that no pattern has to be tried at each of its letters. */
final class Words {

    private final String text;
    private int start;
    private int end;

    Words(String text) {
        this.text = text;
    }

    /** Goes on to the next run of letters and digits; whether there is one. */
    boolean next() {
        start = end;
        while (start < text.length() && !Character.isLetterOrDigit(text.charAt(start))) {
            start++;
        }
        end = start;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return start < end;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /** The word in lower case, or an empty one if it is longer than that. */
    String lowerCase(int longest) {
        return length() > longest ? "" : text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    boolean hasDigit() {
        for (int i = start; i < end; i++) {
            if (DigitRun.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
