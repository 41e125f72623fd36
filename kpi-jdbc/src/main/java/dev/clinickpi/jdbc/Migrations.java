package dev.clinickpi.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a schema up to date. The one class that knows Flyway, which a host may leave out. */
final class Migrations {

    private static final String HISTORY = "clinic_kpi_migration";

    private Migrations() {}

    static void run(ClinicKpiSchema schema, DataSource owner) {
        String what = "be migrated";
        try {
            configure(schema, owner).load().migrate();
        } catch (SQLException e) {
            throw JdbcStoreException.of(ClinicKpiSchema.STORE, what, e);
        } catch (FlywayException e) {
            throw JdbcStoreException.of(ClinicKpiSchema.STORE, what, sqlCause(e));
        }
    }

    private static FluentConfiguration configure(ClinicKpiSchema schema, DataSource owner) throws SQLException {
        try (Connection connection = Database.connect(owner)) {
            FluentConfiguration flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(owner)
                    .locations("classpath:" + Dialect.of(connection).scripts())
                    .defaultSchema(Dialect.stored(schema.name(), connection.getMetaData()))
                    .table(Dialect.stored(HISTORY, connection.getMetaData()))
                    .placeholderReplacement(false)
                    .cleanDisabled(true);
            int version = schema.versionIn(connection);
            // Tables without a history are those of a host that ran the scripts itself so far: go on from there.
            return version == 0 ? flyway : flyway.baselineOnMigrate(true).baselineVersion(Integer.toString(version));
        }
    }

    private static Throwable sqlCause(FlywayException failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause == null ? failure : cause;
    }
}
