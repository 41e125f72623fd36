package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The settings of a transaction of the host's that the library needs to be others for a while, as the host has them. H2 has none. When a statement fails,
 * PostgreSQL takes them back itself with all else that the transaction, or the savepoint, is rolled back over.
 */
final class HostSettings {

    private static final String READ = "SELECT current_setting('clinic_kpi.clinic', true),"
            + " current_setting('clinic_kpi.scope', true), current_setting('lock_timeout'),"
            + " current_setting('transaction_isolation')";
    private static final String WRITE = "SELECT set_config('clinic_kpi.clinic', ?, true),"
            + " set_config('clinic_kpi.scope', ?, true), set_config('lock_timeout', ?, true)";

    private final Connection connection;
    private final Dialect dialect;
    private String clinic = "";
    private String scope = "";
    private String lockTimeout = "0";
    private boolean snapshot;

    private HostSettings(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    static HostSettings of(Connection connection, Dialect dialect) throws SQLException {
        HostSettings settings = new HostSettings(connection, dialect);
        if (dialect == Dialect.POSTGRESQL) {
            try (Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery(READ)) {
                rows.next();
                settings.clinic = text(rows.getString(1));
                settings.scope = text(rows.getString(2));
                settings.lockTimeout = rows.getString(3);
                settings.snapshot = !"read committed".equals(rows.getString(4));
            }
        }
        return settings;
    }

    /** A setting that was never made is null, and cannot be made so again; empty means the same. */
    private static String text(String setting) {
        return setting == null ? "" : setting;
    }

    /** Whether the transaction goes on seeing what there was when it began. On H2 that hides nothing from an insert, and is not asked. */
    boolean hasSnapshot() {
        return snapshot;
    }

    /** Bounds how long a statement may wait for another transaction. H2 does so by itself, {@code LOCK_TIMEOUT}. */
    void waitAtMost(Duration patience) throws SQLException {
        write(clinic, scope, patience.toMillis() + "ms");
    }

    void restore() throws SQLException {
        write(clinic, scope, lockTimeout);
    }

    private void write(String ofClinic, String ofScope, String ofLocks) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (PreparedStatement set = connection.prepareStatement(WRITE)) {
                set.setString(1, ofClinic);
                set.setString(2, ofScope);
                set.setString(3, ofLocks);
                set.execute();
            }
        }
    }
}
