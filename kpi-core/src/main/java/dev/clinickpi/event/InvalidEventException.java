package dev.clinickpi.event;

import java.io.Serial;

/** An event that breaks a rule of section 1. Names the field and the rule, never the value. */
public final class InvalidEventException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    InvalidEventException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /** The field at fault, as NDJSON names it, such as {@code value.amount}. */
    public String field() {
        return field;
    }

    /** What was expected of it, as the rest of a sentence that begins with the field's name. */
    public String rule() {
        return rule;
    }
}
