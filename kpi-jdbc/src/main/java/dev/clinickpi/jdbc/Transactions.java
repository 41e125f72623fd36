package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Pieces of work of a store on connections of the host's, each in a transaction of its own, on the rows of its own clinics, for a limited time. */
final class Transactions {

    /** More often than two writers can be in each other's way by chance. */
    private static final int ATTEMPTS = 10;

    /** How much later than the database itself the driver gives up: for the way there and back. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String store;
    private final Database database;
    private final Duration limit;

    /**
     * @param store begins the message of a failure, such as "The event log"
     * @param limit how long a statement may take. On PostgreSQL the database ends it then, and the driver stops waiting for the answer soon after; H2 bounds
     *     what can block there, the wait for a lock, by itself ({@code LOCK_TIMEOUT})
     */
    Transactions(String store, Database database, Duration limit) {
        this.store = store;
        this.database = database;
        this.limit = limit;
    }

    /**
     * Does a piece of work, all or none of it. Where another transaction was in the way it is done again from its start, while there is time.
     *
     * @param what says what it does, for the message of a failure
     * @param scope whose rows it works on
     */
    <T> T run(String what, Scope scope, Work<T> work) {
        long begin = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(scope, work);
            } catch (SQLException e) {
                boolean last = attempt == ATTEMPTS || System.nanoTime() - begin > limit.toNanos();
                if (last || !SqlFaults.isCollision(e)) {
                    throw JdbcStoreException.of(store, what, e);
                }
            }
        }
    }

    private <T> T once(Scope scope, Work<T> work) throws SQLException {
        try (Connection connection = Database.connect(database.source())) {
            Borrowed before = Borrowed.of(connection);
            T result;
            try {
                connection.setAutoCommit(false);
                begin(connection, scope);
                result = work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                before.rollBack(connection, e);
                throw e;
            }
            before.giveBack(connection);
            return result;
        }
    }

    private void begin(Connection connection, Scope scope) throws SQLException {
        if (database.dialect() == Dialect.POSTGRESQL) {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(limit.plus(GRACE).toMillis()));
        }
        database.begin(connection, scope, limit);
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T> {

        T on(Connection connection) throws SQLException;
    }

    /** How a connection was when it was borrowed, and is to be given back. The rest is local to the transaction. */
    private record Borrowed(boolean autoCommit, int networkTimeoutMs) {

        static Borrowed of(Connection connection) throws SQLException {
            return new Borrowed(connection.getAutoCommit(), connection.getNetworkTimeout());
        }

        /** What went wrong first is what matters; a connection that cannot even roll back says so beside it. */
        void rollBack(Connection connection, Throwable failure) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
            giveBack(connection);
        }

        /** A connection that broke after the commit takes nothing back of it: the work is done. Its pool finds out when it lends it again. */
        void giveBack(Connection connection) {
            try {
                connection.setAutoCommit(autoCommit);
                if (connection.getNetworkTimeout() != networkTimeoutMs) {
                    connection.setNetworkTimeout(Runnable::run, networkTimeoutMs);
                }
            } catch (SQLException e) {
                // See above.
            }
        }
    }
}
