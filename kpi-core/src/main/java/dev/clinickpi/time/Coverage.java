package dev.clinickpi.time;

import java.time.Instant;
import java.util.Objects;

/**
 * What a KPI covers of the period that it was asked for.
 *
 * @param span from the period's start to its end or to where the refresh cut it
 * @param endIncluded whether the end of the span is covered too, as the moment of a real-time question is
 * @param partial whether the period was shortened
 */
public record Coverage(Span span, boolean endIncluded, boolean partial) {

    /** Refuses nulls. */
    public Coverage {
        Objects.requireNonNull(span, "span");
    }

    /** A moment alone, whatever the period. */
    public static Coverage at(Instant moment) {
        return new Coverage(new Span(moment, moment), true, false);
    }

    /** Whether no instant is covered. */
    public boolean isEmpty() {
        return span.isEmpty() && !endIncluded;
    }
}
