package dev.clinickpi.example.dashboard;

import java.io.Serial;
import java.sql.SQLException;

/** A table of the host's own cannot be read or written. */
final class HostTableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    HostTableException(SQLException cause) {
        super("The database does not answer", cause);
    }
}
