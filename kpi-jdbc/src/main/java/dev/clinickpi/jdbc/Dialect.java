package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** The databases that the library knows, where they differ. */
enum Dialect {
    H2,
    POSTGRESQL;

    /** @throws IllegalArgumentException if it is another one */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new IllegalArgumentException(
                        "Clinic KPI runs on PostgreSQL and H2; the data source leads to " + product);
        };
    }

    /** Where the scripts that make the tables lie in the jar. */
    String scripts() {
        return "dev/clinickpi/jdbc/" + name().toLowerCase(Locale.ROOT);
    }

    /** How the database itself writes a name that a statement left unquoted. */
    static String stored(String name, DatabaseMetaData database) throws SQLException {
        return database.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }
}
