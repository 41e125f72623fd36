package dev.clinickpi.time;

import java.time.Instant;
import java.util.Objects;

/**
 * A half-open range of instants {@code [from, to)}: what a figure really covers. Empty when both ends are equal.
 *
 * @param from the first instant
 * @param to the end; never before {@code from}
 */
public record Span(Instant from, Instant to) {

    /** @throws IllegalArgumentException if {@code to} is before {@code from} */
    public Span {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A span does not end before it begins: from " + from + " to " + to);
        }
    }

    /** Whether no instant lies in it. */
    public boolean isEmpty() {
        return from.equals(to);
    }
}
