package dev.clinickpi.access;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An audit record could not be written, so what it would have recorded did not happen. */
public final class AuditUnavailableException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param message what could not be done
     * @param cause what the audit log said, or null
     */
    public AuditUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
