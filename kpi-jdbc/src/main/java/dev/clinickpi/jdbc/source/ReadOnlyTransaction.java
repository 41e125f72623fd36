package dev.clinickpi.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A connection of the host's that may only read, and that goes back as it came. PostgreSQL fetches rows piece by piece in a transaction alone. */
final class ReadOnlyTransaction implements AutoCloseable {

    private final Connection connection;
    private final boolean automatic;
    private final boolean readOnly;

    private ReadOnlyTransaction(Connection connection) throws SQLException {
        this.connection = connection;
        this.automatic = connection.getAutoCommit();
        this.readOnly = connection.isReadOnly();
    }

    /** @throws EventSourceException if there is no connection to be had */
    static ReadOnlyTransaction begin(DataSource database) {
        try {
            Connection connection = database.getConnection();
            try {
                ReadOnlyTransaction transaction = new ReadOnlyTransaction(connection);
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                return transaction;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw EventSourceException.unreachable(e);
        }
    }

    Connection connection() {
        return connection;
    }

    /** Nothing was written, so a connection that is lost by now is no failure; a pool looks after it. */
    @Override
    public void close() {
        try (Connection toClose = connection) {
            toClose.rollback();
            toClose.setAutoCommit(automatic);
            toClose.setReadOnly(readOnly);
        } catch (SQLException lost) {
            // What was read was handed over; there is nothing to tell anybody.
        }
    }
}
