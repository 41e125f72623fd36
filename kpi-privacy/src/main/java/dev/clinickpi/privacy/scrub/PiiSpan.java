package dev.clinickpi.privacy.scrub;

import java.util.Objects;

/**
 * Where a personal value stands in a text. It does not hold the value.
 *
 * @param start the index of its first {@code char}, from 0
 * @param end the index behind its last {@code char}, greater than {@code start}
 * @param type what the value is
 */
public record PiiSpan(int start, int end, PiiType type) {

    /**
     * @throws IllegalArgumentException if the span is empty or begins before the text
     */
    public PiiSpan {
        Objects.requireNonNull(type, "type");
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "A span has a start from 0 and an end behind it, not " + start + " and " + end);
        }
    }

    /** How many {@code char}s it covers. */
    public int length() {
        return end - start;
    }

    /** Whether there is a {@code char} that both cover. */
    public boolean overlaps(PiiSpan other) {
        return start < other.end && other.start < end;
    }
}
