package dev.clinickpi.error;

import org.jspecify.annotations.Nullable;

/**
 * A fault of data, access or a store: something that no change to the calling code would have prevented. Its message names what was expected
 * and what to do, and never carries a personal value. A caller's own bug is an {@link IllegalArgumentException} or {@link IllegalStateException}
 * instead.
 */
public abstract class KpiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what went wrong and what to do about it; no personal value
     * @param cause what lies behind it, or null
     */
    protected KpiException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
