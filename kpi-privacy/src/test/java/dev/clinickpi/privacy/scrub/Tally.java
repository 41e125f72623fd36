package dev.clinickpi.privacy.scrub;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many of the values that are there were found, and how many of those found are there. */
final class Tally {

    private final Map<String, int[]> recall = new TreeMap<>();
    private final Map<PiiType, int[]> precision = new TreeMap<>();

    /**
     * Counts the annotations of one report. A value is found if all its letters and digits are covered and the span that covers it has its
     * type; a find is right if it touches any value that is personal.
     */
    void add(Meddocan.Report report, List<PiiSpan> found, Map<String, PiiType> types) {
        for (Meddocan.Annotation value : report.annotations()) {
            PiiType type = types.get(value.type());
            int[] counts = recall.computeIfAbsent(value.type(), key -> new int[2]);
            counts[0]++;
            boolean isTyped = found.stream().anyMatch(span -> span.type() == type && touches(span, value));
            counts[1] += isTyped && covers(found, report.text(), value.start(), value.end()) ? 1 : 0;
        }
        for (PiiSpan span : found) {
            int[] counts = precision.computeIfAbsent(span.type(), key -> new int[2]);
            counts[0]++;
            counts[1] += report.annotations().stream().anyMatch(value -> touches(span, value)) ? 1 : 0;
        }
    }

    private static boolean touches(PiiSpan span, Meddocan.Annotation value) {
        return span.start() < value.end() && value.start() < span.end();
    }

    /** Whether no letter or digit of a part of a text is left to read. */
    static boolean covers(List<PiiSpan> found, String text, int start, int end) {
        for (int i = start; i < end; i++) {
            int at = i;
            if (Character.isLetterOrDigit(text.charAt(i))
                    && found.stream().noneMatch(span -> span.start() <= at && at < span.end())) {
                return false;
            }
        }
        return true;
    }

    double recall(Set<String> annotated) {
        return share(recall.entrySet().stream()
                .filter(entry -> annotated.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList());
    }

    double precision(PiiType type) {
        return share(List.of(precision.getOrDefault(type, new int[2])));
    }

    private static double share(List<int[]> counts) {
        double all = counts.stream().mapToInt(count -> count[0]).sum();
        return counts.stream().mapToInt(count -> count[1]).sum() / all;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        recall.forEach(
                (type, counts) -> text.append(String.format("recall    %-34s %d of %d%n", type, counts[1], counts[0])));
        precision.forEach(
                (type, counts) -> text.append(String.format("precision %-34s %d of %d%n", type, counts[1], counts[0])));
        return text.toString();
    }
}
