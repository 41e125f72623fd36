package dev.clinickpi.event;

import java.util.Objects;

/**
 * An event that was refused, and why. It holds nothing of what the event said.
 *
 * @param line where it stood in its input, from 1: a line of NDJSON, a place in a list, or a row of a query
 * @param place what the host finds it by beside the number, as {@link EventSource#place()} has it; empty when the number is enough
 * @param field the field at fault, as NDJSON names it; empty when the event as a whole is
 * @param rule what was expected, as the rest of a sentence that begins with the field's name
 */
public record Rejection(long line, String place, String field, String rule) {

    /** Refuses nulls. */
    public Rejection {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(rule, "rule");
    }

    /** Of what is found by its number alone. */
    public Rejection(long line, String field, String rule) {
        this(line, "", field, rule);
    }

    @Override
    public String toString() {
        String where = place.isEmpty() ? "line " + line : "row " + line + " of " + place;
        return where + ": " + (field.isEmpty() ? "" : field + " ") + rule;
    }
}
