package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What is asked about the outbox. Ages are by the database's own clock, which all who store there share. */
final class OutboxQueries {

    private static final String WAITING_ON_POSTGRESQL =
            "SELECT COUNT(*), MIN(recorded_at), clock_timestamp() FROM {schema}.kpi_outbox";
    private static final String WAITING_ON_H2 =
            "SELECT COUNT(*), MIN(recorded_at), CURRENT_TIMESTAMP FROM {schema}.kpi_outbox";

    private static final String OPEN_ON_POSTGRESQL = "SELECT COUNT(*), MIN(a.xact_start), clock_timestamp()"
            + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
            + " WHERE l.locktype = 'relation' AND l.relation = '{schema}.kpi_outbox'::regclass"
            + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " AND l.mode = 'RowExclusiveLock' AND l.granted AND l.pid <> pg_backend_pid()";
    private static final String OPEN_ON_H2 =
            "SELECT COUNT(DISTINCT session_id), CAST(NULL AS TIMESTAMP WITH TIME ZONE), CURRENT_TIMESTAMP"
                    + " FROM information_schema.locks WHERE table_schema = '{SCHEMA}'"
                    + " AND table_name = 'KPI_OUTBOX' AND session_id <> SESSION_ID()";

    private final Database database;

    OutboxQueries(Database database) {
        this.database = database;
    }

    /**
     * @param tooLate how many facts numbering has dropped
     * @param failure what went wrong in it, or null
     */
    OutboxLag lag(Connection connection, long tooLate, @Nullable JdbcStoreException failure) throws SQLException {
        boolean h2 = database.dialect() == Dialect.H2;
        CountSince waiting = ask(connection, h2 ? WAITING_ON_H2 : WAITING_ON_POSTGRESQL);
        CountSince open = ask(connection, h2 ? OPEN_ON_H2 : OPEN_ON_POSTGRESQL);
        return new OutboxLag(waiting.count, waiting.age, Math.toIntExact(open.count), open.age, tooLate, failure);
    }

    private record CountSince(long count, Duration age) {}

    private CountSince ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(sql));
                ResultSet rows = query.executeQuery()) {
            rows.next();
            OffsetDateTime oldest = rows.getObject(2, OffsetDateTime.class);
            OffsetDateTime now = rows.getObject(3, OffsetDateTime.class);
            Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, now);
            return new CountSince(rows.getLong(1), age.isNegative() ? Duration.ZERO : age);
        }
    }
}
