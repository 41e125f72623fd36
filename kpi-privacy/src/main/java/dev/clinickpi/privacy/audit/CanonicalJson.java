package dev.clinickpi.privacy.audit;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an object in the canonical form of RFC 8785. Its members are texts, lists of them, whole numbers, null and objects that are canonical themselves; whoever calls hands
 * them over in the order of their names. Numbers with a fraction, where that RFC is hard, do not occur in an audit log.
 */
final class CanonicalJson {

    /** The largest whole number that a reader of JSON is sure to keep as it is: 2⁵³ − 1. */
    static final long LARGEST_NUMBER = (1L << 53) - 1;

    private static final HexFormat HEX = HexFormat.of();
    private static final char FIRST_PRINTABLE = ' ';

    private final StringBuilder text = new StringBuilder("{");

    CanonicalJson member(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            text.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    CanonicalJson member(String name, long value) {
        if (value < 0 || value > LARGEST_NUMBER) {
            throw new IllegalArgumentException(name + " is a whole number from 0 to 2^53 - 1");
        }
        name(name);
        text.append(value);
        return this;
    }

    CanonicalJson member(String name, List<String> values) {
        name(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    /** A member that is an object, which is in its canonical form already. */
    CanonicalJson object(String name, String canonical) {
        name(name);
        text.append(canonical);
        return this;
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        value.chars().forEach(unit -> append((char) unit));
        text.append('"');
    }

    private void append(char unit) {
        switch (unit) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> {
                if (unit < FIRST_PRINTABLE) {
                    text.append("\\u").append(HEX.toHexDigits(unit));
                } else {
                    text.append(unit);
                }
            }
        }
    }

    /** The object, which is complete. */
    @Override
    public String toString() {
        return text + "}";
    }

    /** Whether a text has no half of a surrogate pair. One that has has no canonical form (RFC 8785, section 3.2.2.2). */
    static boolean isWellFormed(String value) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }
}
