package dev.clinickpi.privacy.scrub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The scrubber that the library comes with: detectors one beside the other. Immutable, for use by many threads.
 *
 * <p>Values that overlap become one, which covers them all and has the type of the longest of them, or of the detector that comes first if
 * they are equally long: so nothing that any detector found is left to read. A placeholder that stands in a text already is left as it is,
 * and what has been scrubbed does not change when it is scrubbed again.
 */
public final class StandardScrubber implements PiiScrubber {

    /** A round finds what an earlier one had hidden, as a street behind a name; the third has never found any more than that. */
    private static final int ROUNDS = 4;

    private final List<PiiDetector> detectors;

    private StandardScrubber(List<PiiDetector> detectors) {
        this.detectors = detectors;
    }

    /** A scrubber with all detectors that the library has. */
    public static StandardScrubber create() {
        return of(StandardDetectors.all());
    }

    /** A scrubber with these detectors alone, in this order. */
    public static StandardScrubber of(List<PiiDetector> detectors) {
        return new StandardScrubber(List.copyOf(detectors));
    }

    /** This scrubber and one more detector, which comes last. */
    public StandardScrubber and(PiiDetector detector) {
        Objects.requireNonNull(detector, "detector");
        return of(Stream.concat(detectors.stream(), Stream.of(detector)).toList());
    }

    @Override
    public List<PiiSpan> find(String text) {
        List<PiiSpan> found = List.of();
        Masked masked = Masked.of(text, found);
        for (int round = 0; round < ROUNDS; round++) {
            List<PiiSpan> news = detect(masked);
            if (news.isEmpty()) {
                break;
            }
            found = merge(Stream.concat(news.stream(), found.stream()).toList());
            masked = Masked.of(text, found);
        }
        return found;
    }

    /** What the detectors find in a masked text, as spans of the text behind the mask. */
    private List<PiiSpan> detect(Masked masked) {
        NormalizedText normalized = NormalizedText.of(masked.text());
        List<PiiSpan> found = new ArrayList<>();
        for (PiiDetector detector : detectors) {
            for (PiiSpan span : detector.find(normalized)) {
                if (!masked.isPlaceholder(span)) {
                    found.add(masked.behind(span));
                }
            }
        }
        return found;
    }

    /** One span for each group of spans that hang together, which come in the order of their detectors. */
    private static List<PiiSpan> merge(List<PiiSpan> spans) {
        List<Integer> ranks = IntStream.range(0, spans.size())
                .boxed()
                .sorted(Comparator.comparingInt(rank -> spans.get(rank).start()))
                .toList();
        List<PiiSpan> merged = new ArrayList<>();
        int best = -1;
        for (int rank : ranks) {
            PiiSpan span = spans.get(rank);
            PiiSpan last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || !last.overlaps(span)) {
                merged.add(span);
                best = rank;
            } else {
                best = isBetter(spans, rank, best) ? rank : best;
                int end = Math.max(last.end(), span.end());
                merged.set(
                        merged.size() - 1,
                        new PiiSpan(last.start(), end, spans.get(best).type()));
            }
        }
        return merged;
    }

    private static boolean isBetter(List<PiiSpan> spans, int rank, int best) {
        int longer = spans.get(rank).length() - spans.get(best).length();
        return longer > 0 || (longer == 0 && rank < best);
    }
}
