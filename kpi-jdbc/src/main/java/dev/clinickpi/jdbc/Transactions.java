package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pieces of work on a connection of the host's, each in a transaction of its own. */
final class Transactions {

    /** More often than two writers can be in each other's way by chance. */
    private static final int ATTEMPTS = 10;

    private final DataSource database;

    Transactions(DataSource database) {
        this.database = database;
    }

    /**
     * Does a piece of work, all or none of it. Where another transaction was in the way it is done again from its start.
     *
     * @param what says what it does, for the message of a failure
     */
    <T> T run(String what, Work<T> work) {
        SQLException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (!isCollision(e)) {
                    throw EventLogException.unavailable(what, e);
                }
                last = e;
            }
        }
        throw EventLogException.unavailable(what, last == null ? new SQLException(what) : last);
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            boolean automatic = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.on(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(automatic);
            }
        }
    }

    /**
     * Whether another transaction was in the way: SQL states of class 40 (serialization, deadlock), 23505 (another one was the first to insert a clinic), 55P03
     * (PostgreSQL's lock timeout) and HYT00 (H2's).
     */
    private static boolean isCollision(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state != null
                && (state.startsWith("40") || state.equals("23505") || state.equals("55P03") || state.equals("HYT00"));
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T> {

        T on(Connection connection) throws SQLException;
    }
}
