package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A host's database, its schema up to date.
 *
 * @param source where connections come from
 * @param dialect which database it is
 * @param schema where the tables are
 */
record Database(DataSource source, Dialect dialect, ClinicKpiSchema schema) {

    /** Bound, never put together; local to the transaction, so that whoever borrows the connection next finds nothing of it. */
    private static final String ENTER =
            "SELECT set_config('clinic_kpi.clinic', ?, true), set_config('clinic_kpi.scope', ?, true)";

    private static final String SPANNING = ", {schema}.span_clinics()";
    private static final String BEGIN = ENTER + ", set_config('statement_timeout', ?, true)"
            + ", set_config('idle_in_transaction_session_timeout', ?, true)";
    private static final String BEGIN_FROM_17 = BEGIN + ", set_config('transaction_timeout', ?, true)";

    /**
     * Ends the condition of each part of a union. H2 keeps the last result of every part by itself, and while another transaction commits it can answer one part
     * with what was before and the next with what is after; never one that depends on the time.
     */
    static final String ASKED_ANEW = " AND CURRENT_TIMESTAMP IS NOT NULL";

    private static final int HAS_TRANSACTION_TIMEOUT = 17;

    /** A process that is stopped in the middle of a transaction keeps what it holds from all others no longer than this, where the database can tell. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /**
     * @throws IllegalArgumentException if it is one that the library does not know
     * @throws JdbcStoreException if it cannot be reached or its schema is not of this version
     */
    static Database open(DataSource source, ClinicKpiSchema schema) {
        Objects.requireNonNull(source, "database");
        Dialect dialect;
        try (Connection connection = connect(source)) {
            dialect = Dialect.of(connection);
        } catch (SQLException e) {
            throw JdbcStoreException.of("The store", "be opened", e);
        }
        schema.requireCurrent(source);
        return new Database(source, dialect, schema);
    }

    /** Borrows a connection. Whatever is said where there is none to be had means that, be it a pool that was closed. */
    static Connection connect(DataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            if (SqlFaults.of(e) == JdbcStoreException.Fault.OTHER) {
                throw new SQLNonTransientConnectionException("No connection could be had", e.getSQLState(), e);
            }
            throw e;
        }
    }

    /** A statement with the schema's name where it says <code>{schema}</code>, and the type of a string of bytes where it says <code>{bytes}</code>. */
    String sql(String statement) {
        return schema.sql(statement).replace("{bytes}", dialect == Dialect.H2 ? "VARBINARY" : "BYTEA");
    }

    /**
     * Makes the settings of a transaction that just began, all local to it. Nothing on H2, which has none such.
     *
     * @throws SQLException where a role asks for every clinic that may not: it would see none, and could take that for an answer
     */
    void begin(Connection connection, Scope scope, Duration limit) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            boolean isWhole = hasTransactionTimeout(connection);
            String settings = isWhole ? BEGIN_FROM_17 : BEGIN;
            String spanning = scope instanceof Scope.EveryClinic ? SPANNING : "";
            try (PreparedStatement begin = connection.prepareStatement(sql(settings + spanning))) {
                set(begin, scope);
                begin.setString(3, Long.toString(limit.toMillis()));
                begin.setString(4, Long.toString(Math.min(limit.toMillis(), LONGEST_PAUSE.toMillis())));
                if (isWhole) {
                    begin.setString(5, Long.toString(limit.plus(LONGEST_PAUSE).toMillis()));
                }
                begin.execute();
            }
        }
    }

    /**
     * From here to its end, or to the next call, the connection's transaction touches the rows of {@code scope} alone. H2 knows no such thing: there the
     * statements themselves have to name the clinic, as they do everywhere.
     */
    void enter(Connection connection, Scope scope) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (PreparedStatement enter = connection.prepareStatement(ENTER)) {
                set(enter, scope);
                enter.execute();
            }
        }
    }

    /** Whether the database can bound a transaction as a whole, wherever in it somebody stops. */
    static boolean hasTransactionTimeout(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= HAS_TRANSACTION_TIMEOUT;
    }

    private static void set(PreparedStatement settings, Scope scope) throws SQLException {
        settings.setString(1, scope.clinicSetting());
        settings.setString(2, scope.scopeSetting());
    }
}
