package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well names were found, counted three ways. <em>Exact</em>: a span counts as found if it is found with both its borders. <em>Overlap</em>: a
 * name counts as found if any span overlaps it, a span as right if it overlaps any name. <em>Words</em>: the words of names that are covered
 * wholly, and the words of spans that belong to names; particles such as "de" are words.
 */
final class NameScores {

    private final long[] exact = new long[4];
    private final long[] overlap = new long[4];
    private final long[] words = new long[4];

    /** Counts a text in. */
    void add(LabelledText text, List<PiiSpan> found) {
        List<int[]> spans = new ArrayList<>();
        found.forEach(span -> spans.add(new int[] {span.start(), span.end()}));
        count(exact, text.names(), spans, (a, b) -> a[0] == b[0] && a[1] == b[1]);
        count(overlap, text.names(), spans, (a, b) -> a[0] < b[1] && b[0] < a[1]);
        count(words, words(text.text(), text.names()), words(text.text(), spans), (a, b) -> a[0] < b[1] && b[0] < a[1]);
    }

    double exactRecall() {
        return ratio(exact, 0);
    }

    double exactPrecision() {
        return ratio(exact, 2);
    }

    double overlapRecall() {
        return ratio(overlap, 0);
    }

    double overlapPrecision() {
        return ratio(overlap, 2);
    }

    double wordRecall() {
        return ratio(words, 0);
    }

    double wordPrecision() {
        return ratio(words, 2);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "names %d, spans %d: exact recall %.4f precision %.4f, overlap %.4f %.4f, words %.4f %.4f",
                exact[1],
                exact[3],
                exactRecall(),
                exactPrecision(),
                overlapRecall(),
                overlapPrecision(),
                wordRecall(),
                wordPrecision());
    }

    private interface Match {
        boolean test(int[] a, int[] b);
    }

    private static void count(long[] counts, List<int[]> names, List<int[]> spans, Match match) {
        counts[0] += names.stream()
                .filter(name -> spans.stream().anyMatch(span -> match.test(name, span)))
                .count();
        counts[1] += names.size();
        counts[2] += spans.stream()
                .filter(span -> names.stream().anyMatch(name -> match.test(span, name)))
                .count();
        counts[3] += spans.size();
    }

    private static double ratio(long[] counts, int first) {
        return counts[first + 1] == 0 ? 1 : (double) counts[first] / counts[first + 1];
    }

    private static List<int[]> words(String text, List<int[]> spans) {
        List<int[]> words = new ArrayList<>();
        for (int[] span : spans) {
            int at = span[0];
            while (at < span[1]) {
                int from = at;
                while (at < span[1] && Character.isLetterOrDigit(text.charAt(at))) {
                    at++;
                }
                if (at > from) {
                    words.add(new int[] {from, at});
                }
                at++;
            }
        }
        return words;
    }
}
