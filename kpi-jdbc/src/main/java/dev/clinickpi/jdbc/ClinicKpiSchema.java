package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The tables of the library in the host's database: a schema of their own, so that they never clash with the host's, and a history of migrations of their
 * own, {@code clinic_kpi_migration}.
 *
 * <pre>{@code
 * ClinicKpiSchema.standard().migrate(owner);          // on deployment, as the role that owns the schema
 * EventLog events = JdbcEventLog.open(application);   // as the role of the application
 * }</pre>
 *
 * <p>A host that runs migrations its own way takes the scripts from the jar instead, {@code dev/clinickpi/jdbc/postgresql} and
 * {@code dev/clinickpi/jdbc/h2}; {@code docs/database.md} says how.
 *
 * @param name the schema: a lower-case letter or underscore, then up to 62 of those and digits; no reserved word of the database
 */
public record ClinicKpiSchema(String name) {

    /** The version of the newest script in the jar. */
    static final int VERSION = 7;

    /** Begins the message of a failure. */
    static final String STORE = "The schema";

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final ClinicKpiSchema STANDARD = new ClinicKpiSchema("clinic_kpi");

    /** @throws IllegalArgumentException if the name is none of a schema */
    public ClinicKpiSchema {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A schema's name has up to 63 lower-case letters, digits and underscores, no digit first");
        }
    }

    /** The schema {@code clinic_kpi}. */
    public static ClinicKpiSchema standard() {
        return STANDARD;
    }

    /**
     * Brings the schema up to this version of the library, and makes it where there is none. Needs Flyway on the class path, and leaves the host's own
     * migrations alone. Processes that call this at once wait for each other.
     *
     * @param owner connects as the role that is to own the schema
     * @throws IllegalStateException if Flyway is not on the class path
     * @throws JdbcStoreException if the database cannot be reached or refuses
     */
    public void migrate(DataSource owner) {
        Objects.requireNonNull(owner, "owner");
        try {
            Migrations.run(this, owner);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Migrations need Flyway: put org.flywaydb:flyway-core on the class path, and flyway-database-postgresql"
                            + " for PostgreSQL, or run the scripts in the jar",
                    e);
        }
    }

    /**
     * Makes sure that the schema is of this version of the library. Every store does so when it is opened.
     *
     * @throws JdbcStoreException if it is older or newer or missing, naming the version found and the one expected, or cannot be asked
     */
    public void requireCurrent(DataSource database) {
        Objects.requireNonNull(database, "database");
        int found;
        try (Connection connection = Database.connect(database)) {
            found = versionIn(connection);
        } catch (SQLException e) {
            throw JdbcStoreException.of(STORE, "be read", e);
        }
        if (found != VERSION) {
            throw JdbcStoreException.otherVersion(name, found, VERSION);
        }
    }

    /**
     * The version that a database's schema is of; 0 where there is none.
     *
     * @throws SQLException if the database cannot be asked
     */
    int versionIn(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(sql("SELECT MAX(version) FROM {schema}.kpi_schema"))) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            if (SqlFaults.isMissing(e)) {
                return 0;
            }
            throw e;
        } finally {
            // PostgreSQL refuses the rest of a transaction in which a statement failed.
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    /** A statement with the schema's name where it says <code>{schema}</code>, and in capitals, as the catalogue of H2 has it, for <code>{SCHEMA}</code>. Names go unquoted, as a host's own statements would write them. */
    String sql(String statement) {
        return statement.replace("{schema}", name).replace("{SCHEMA}", name.toUpperCase(Locale.ROOT));
    }
}
