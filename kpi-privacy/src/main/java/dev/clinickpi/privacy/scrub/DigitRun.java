package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;

/**
 * Groups of digits that follow each other with no more than punctuation between them: what a long number can be a part of. Dates, times and
 * amounts are in none.
 */
final class DigitRun {

    /** A group of digits in a text. */
    record Group(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /** So much punctuation lies between two groups at the most, as in {@code 91) - 12}. */
    private static final int MAX_GAP = 5;

    /** These say that what stands beside them is a measure, a sum or another number. */
    private static final String BREAKS = "%€$£=<>@°±×^&?!\"{}";

    private final String text;
    private final List<Group> groups;

    private DigitRun(String text, List<Group> groups) {
        this.text = text;
        this.groups = groups;
    }

    /** The runs in a text, in order. */
    static List<DigitRun> in(String text, Barriers barriers) {
        List<DigitRun> runs = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (!isDigit(text.charAt(at)) || barriers.covers(at)) {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && isDigit(text.charAt(end)) && !barriers.covers(end)) {
                end++;
            }
            if (!groups.isEmpty() && !isGap(text, groups.get(groups.size() - 1).end(), at)) {
                runs.add(new DigitRun(text, groups));
                groups = new ArrayList<>();
            }
            groups.add(new Group(at, end));
            at = end;
        }
        if (!groups.isEmpty()) {
            runs.add(new DigitRun(text, groups));
        }
        return runs;
    }

    private static boolean isGap(String text, int start, int end) {
        if (end - start > MAX_GAP) {
            return false;
        }
        int lines = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c) || BREAKS.indexOf(c) >= 0) {
                return false;
            }
            if (c == '\n' && ++lines > 1) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    int size() {
        return groups.size();
    }

    Group group(int at) {
        return groups.get(at);
    }

    /** What lies between a group and the next one. */
    String gapAfter(int at) {
        return text.substring(groups.get(at).end(), groups.get(at + 1).start());
    }

    /** Appends the digits of a group. */
    void digits(int at, StringBuilder to) {
        to.append(text, groups.get(at).start(), groups.get(at).end());
    }

    /** How many digits there are in all. */
    int digitCount() {
        return groups.stream().mapToInt(Group::length).sum();
    }
}
