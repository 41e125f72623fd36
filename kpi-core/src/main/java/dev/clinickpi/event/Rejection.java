package dev.clinickpi.event;

import java.util.Objects;

/**
 * An event that was refused, and why. It holds nothing of what the event said.
 *
 * @param line where it stood in its input, from 1: a line of NDJSON, or a place in a list
 * @param field the field at fault, as NDJSON names it; empty when the event as a whole is
 * @param rule what was expected, as the rest of a sentence that begins with the field's name
 */
public record Rejection(long line, String field, String rule) {

    /** Refuses nulls. */
    public Rejection {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public String toString() {
        return "line " + line + ": " + (field.isEmpty() ? "" : field + " ") + rule;
    }
}
