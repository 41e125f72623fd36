package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the event log asks a database when it is opened. */
final class OpenChecks {

    /** An H2 in memory has no path, and nothing to lose that its end would not take. */
    private static final String DELAY = "SELECT setting_value FROM information_schema.settings"
            + " WHERE setting_name = 'WRITE_DELAY' AND DATABASE_PATH() IS NOT NULL";

    private static final String SPAN = "SELECT has_function_privilege('{schema}.span_clinics()', 'EXECUTE')";

    private final Database database;

    OpenChecks(Database database) {
        this.database = database;
    }

    /**
     * Refuses an H2 that keeps back what was committed. A warning would be read after the loss, and to change the setting here would change it for the host's
     * own tables.
     */
    void requireDurable(Connection connection) throws SQLException {
        if (database.dialect() == Dialect.H2) {
            try (Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery(DELAY)) {
                if (rows.next() && !"0".equals(rows.getString(1))) {
                    throw new IllegalArgumentException("This H2 writes what was committed up to " + rows.getString(1)
                            + " ms later, and loses it if the process is killed before; add ;WRITE_DELAY=0 to its URL");
                }
            }
        }
    }

    /** Whether one statement may touch several clinics. */
    boolean maySpanClinics(Connection connection) throws SQLException {
        if (database.dialect() == Dialect.H2) {
            return true;
        }
        try (PreparedStatement query = connection.prepareStatement(database.sql(SPAN));
                ResultSet rows = query.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
