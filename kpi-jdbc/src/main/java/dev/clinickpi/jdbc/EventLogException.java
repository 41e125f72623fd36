package dev.clinickpi.jdbc;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import java.sql.SQLException;

/**
 * The database did not do what the event log asked of it, or holds what is no fact. An append that ends so is not stored, unless the fault befell the
 * commit itself; appending the same facts again is safe either way.
 */
public final class EventLogException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    private EventLogException(String message, Throwable cause) {
        super(message, cause);
    }

    static EventLogException unavailable(String what, SQLException cause) {
        return new EventLogException(
                "The event log could not " + what + " (SQL state " + cause.getSQLState()
                        + "); see to the database and do it again",
                cause);
    }

    static EventLogException damaged(IllegalArgumentException cause) {
        return new EventLogException(
                "The event log holds bytes that are no fact of a version that this library reads; update the library, or restore the table kpi_fact",
                cause);
    }
}
