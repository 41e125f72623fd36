package dev.clinickpi.privacy.audit;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The store of an audit log no longer holds what the log vouched for. Nothing is signed or recorded any more until somebody has found out why. */
public final class AuditTamperedException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    AuditTamperedException(String message) {
        this(message, null);
    }

    AuditTamperedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
