package dev.clinickpi.access;

import dev.clinickpi.error.KpiException;
import java.io.Serial;

/** The principal may not do what it asked for. It does not say whether what was asked for exists. */
public final class AccessDeniedException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what was refused, and who may do it */
    public AccessDeniedException(String message) {
        super(message, null);
    }
}
