package dev.clinickpi.jdbc;

import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;

/** What the SQL states of PostgreSQL and H2 mean to a store. Those of five digits that begin with 90 are H2's own. */
final class SqlFaults {

    private static final Map<String, Fault> BY_STATE = Map.ofEntries(
            // Shut down by its administrator, crashed, starting up, its database dropped, the session idle for too
            // long.
            Map.entry("57P01", Fault.UNREACHABLE),
            Map.entry("57P02", Fault.UNREACHABLE),
            Map.entry("57P03", Fault.UNREACHABLE),
            Map.entry("57P04", Fault.UNREACHABLE),
            Map.entry("57P05", Fault.UNREACHABLE),
            // Too many connections; no such database.
            Map.entry("53300", Fault.UNREACHABLE),
            Map.entry("3D000", Fault.UNREACHABLE),
            // H2: closed, in use by another process, not found, its file not to be read, the connection broken.
            Map.entry("90007", Fault.UNREACHABLE),
            Map.entry("90013", Fault.UNREACHABLE),
            Map.entry("90020", Fault.UNREACHABLE),
            Map.entry("90028", Fault.UNREACHABLE),
            Map.entry("90031", Fault.UNREACHABLE),
            Map.entry("90067", Fault.UNREACHABLE),
            Map.entry("90098", Fault.UNREACHABLE),
            Map.entry("90121", Fault.UNREACHABLE),
            Map.entry("90146", Fault.UNREACHABLE),
            // A statement cancelled; waiting for a lock; a transaction open or idle for too long.
            Map.entry("57014", Fault.TIMEOUT),
            Map.entry("55P03", Fault.TIMEOUT),
            Map.entry("HYT00", Fault.TIMEOUT),
            Map.entry("25P03", Fault.TIMEOUT),
            Map.entry("25P04", Fault.TIMEOUT),
            Map.entry("25006", Fault.READ_ONLY),
            Map.entry("90097", Fault.READ_ONLY),
            Map.entry("53100", Fault.FULL),
            Map.entry("90100", Fault.FULL),
            Map.entry("42501", Fault.DENIED),
            Map.entry("28000", Fault.DENIED),
            Map.entry("28P01", Fault.DENIED),
            Map.entry("90040", Fault.DENIED),
            Map.entry("90096", Fault.DENIED),
            // No such schema, table, column or function.
            Map.entry("3F000", Fault.OTHER_VERSION),
            Map.entry("42P01", Fault.OTHER_VERSION),
            Map.entry("42703", Fault.OTHER_VERSION),
            Map.entry("42883", Fault.OTHER_VERSION),
            Map.entry("42S02", Fault.OTHER_VERSION),
            Map.entry("42S03", Fault.OTHER_VERSION),
            Map.entry("42S04", Fault.OTHER_VERSION),
            Map.entry("42S22", Fault.OTHER_VERSION),
            Map.entry("90079", Fault.OTHER_VERSION));

    /** What Linux, macOS and Windows say. */
    private static final List<String> NO_SPACE =
            List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

    /** Causes may go round in circles. */
    private static final int MOST_CAUSES = 20;

    private SqlFaults() {}

    static Fault of(SQLException failure) {
        String state = state(failure);
        Fault known = BY_STATE.get(state);
        if (known != null) {
            return known;
        }
        if (isForWantOfSpace(failure)) {
            return Fault.FULL;
        }
        if (failure instanceof SQLTimeoutException) {
            return Fault.TIMEOUT;
        }
        boolean connection = state.startsWith("08")
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException;
        return connection ? Fault.UNREACHABLE : Fault.OTHER;
    }

    /**
     * Whether another transaction was in the way, and it is worth beginning anew: SQL states of class 40 (serialization, deadlock), 23505 (another one was the
     * first to insert a row), 55P03 (PostgreSQL's lock timeout) and HYT00 (H2's).
     */
    static boolean isCollision(SQLException failure) {
        String state = state(failure);
        return state.startsWith("40") || state.equals("23505") || state.equals("55P03") || state.equals("HYT00");
    }

    /** H2 has no state of its own for it: a file that cannot grow is any error, and the system's word is among its causes. */
    private static boolean isForWantOfSpace(SQLException failure) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            String message = cause.getMessage();
            if (cause instanceof IOException
                    && message != null
                    && NO_SPACE.stream().anyMatch(message::contains)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether there is no such table, or no such schema. */
    static boolean isMissing(SQLException failure) {
        return of(failure) == Fault.OTHER_VERSION;
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }
}
