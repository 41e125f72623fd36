package dev.clinickpi.jdbc.source;

import dev.clinickpi.error.KpiException;
import java.io.Serial;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's database did not do what was asked of it, or what it was to go on from cannot be read. What was acknowledged before stays so; reading
 * again from there loses nothing.
 */
public final class EventSourceException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * SQL states whose messages speak of the connection, the server or the statement. Those of other classes quote what is in the tables: a number that
     * does not parse, a key that stands twice.
     */
    private static final List<String> NOT_OF_DATA = List.of("08", "28", "42", "53", "57");

    private EventSourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static EventSourceException unreachable(SQLException cause) {
        return new EventSourceException(
                "The source's database could not be reached" + state(cause)
                        + "; see to the database, its address and the rights to log in",
                publishable(cause));
    }

    static EventSourceException failed(QueryMapping mapping, SQLException cause) {
        return new EventSourceException(
                "The query of " + mapping + " could not be read" + state(cause)
                        + "; see to the query and the database, and read again from the last watermarks",
                publishable(cause));
    }

    static EventSourceException unreadableWatermarks(Path file) {
        return new EventSourceException(
                file.getFileName()
                        + " holds no watermarks of this library; restore it, or remove it to read everything again",
                null);
    }

    private static String state(SQLException cause) {
        return " (SQL state " + cause.getSQLState() + ")";
    }

    private static @Nullable SQLException publishable(SQLException cause) {
        @Nullable String state = cause.getSQLState();
        return state != null && NOT_OF_DATA.stream().anyMatch(state::startsWith) ? cause : null;
    }
}
