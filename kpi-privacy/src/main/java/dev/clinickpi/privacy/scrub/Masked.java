package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text with placeholders for what has been found in it, which are looked into no more, and the way back to the text behind. */
final class Masked {

    private static final Pattern PLACEHOLDER = Pattern.compile(
            Stream.of(PiiType.values()).map(PiiType::name).collect(Collectors.joining("|", "\\[(?:", ")]")));

    private final String text;

    /** Where each placeholder stands, in order: those put here and those that the text had. */
    private final List<int[]> places;

    /** What the placeholder of the same index hides. */
    private final List<int[]> hidden;

    private Masked(String text, List<int[]> places, List<int[]> hidden) {
        this.text = text;
        this.places = places;
        this.hidden = hidden;
    }

    static Masked of(String text, List<PiiSpan> spans) {
        StringBuilder masked = new StringBuilder(text.length());
        List<int[]> places = new ArrayList<>();
        List<int[]> hidden = new ArrayList<>();
        Matcher own = PLACEHOLDER.matcher(text);
        boolean hasOwn = own.find();
        int from = 0;
        int next = 0;
        while (hasOwn || next < spans.size()) {
            boolean isOwn = hasOwn
                    && (next == spans.size() || own.start() < spans.get(next).start());
            int start = isOwn ? own.start() : spans.get(next).start();
            int end = isOwn ? own.end() : spans.get(next).end();
            if (isOwn) {
                hasOwn = own.find();
            }
            if (start >= from) {
                masked.append(text, from, start);
                int at = masked.length();
                masked.append(
                        isOwn
                                ? text.substring(start, end)
                                : spans.get(next).type().placeholder());
                places.add(new int[] {at, masked.length()});
                hidden.add(new int[] {start, end});
                from = end;
            }
            if (!isOwn) {
                next++;
            }
        }
        return new Masked(masked.append(text, from, text.length()).toString(), places, hidden);
    }

    String text() {
        return text;
    }

    /** Whether a span covers nothing but a placeholder or a part of one. */
    boolean isPlaceholder(PiiSpan span) {
        int at = lastFrom(span.start());
        return at >= 0 && span.end() <= places.get(at)[1];
    }

    /** The same span of the text behind. It takes all of what a placeholder hides, or nothing. */
    PiiSpan behind(PiiSpan span) {
        return new PiiSpan(behind(span.start(), 0), behind(span.end() - 1, 1), span.type());
    }

    /** Where a {@code char} begins (side 0) or ends (side 1) in the text behind. */
    private int behind(int index, int side) {
        int at = lastFrom(index);
        if (at < 0) {
            return index + side;
        }
        int past = index - places.get(at)[1];
        return past < 0 ? hidden.get(at)[side] : hidden.get(at)[1] + past + side;
    }

    /** The last placeholder that begins at or before an index, or -1. */
    private int lastFrom(int index) {
        int low = 0;
        int high = places.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places.get(middle)[0] <= index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
