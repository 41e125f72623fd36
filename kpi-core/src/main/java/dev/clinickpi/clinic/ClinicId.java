package dev.clinickpi.clinic;

import java.util.Objects;

/**
 * The host's key of a clinic, unique in a {@link ClinicDirectory}. It names an organisation, not a person, and appears in results and audit records.
 *
 * @param value 1 to 64 characters, none of them white space or a control
 */
public record ClinicId(String value) {

    private static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if {@code value} is empty, too long or holds white space or control characters */
    public ClinicId {
        Objects.requireNonNull(value, "value");
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "A clinic id has 1 to " + MAX_LENGTH + " characters, no white space or control among them");
        }
    }

    /** The id of that name. */
    public static ClinicId of(String value) {
        return new ClinicId(value);
    }

    /** Whether {@code value} can be a clinic id. */
    public static boolean isValid(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    @Override
    public String toString() {
        return value;
    }
}
