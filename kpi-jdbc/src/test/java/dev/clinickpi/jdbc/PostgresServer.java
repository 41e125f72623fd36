package dev.clinickpi.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL that all tests of a process share: started when first asked for, or one that runs already and that the system property
 * {@code clinickpi.test.postgresql} gives the URL of, with a superuser in it, such as {@code jdbc:postgresql://localhost/postgres?user=postgres}.
 */
final class PostgresServer {

    /** Owns the schemas, and is all that the tests connect as unless they name another one: no superuser, who would pass every policy. */
    static final String OWNER = PostgresRole.OWNER.role();

    private static final String RUNNING = System.getProperty("clinickpi.test.postgresql");
    static final String PASSWORD = "kpi";

    private PostgresServer() {}

    private static final class Started {

        static final DataSource SUPERUSER = superuser();

        private static DataSource superuser() {
            DataSource superuser = RUNNING == null ? embedded().getPostgresDatabase() : running(RUNNING);
            // Two processes that share a running server may get here at once.
            run(
                    superuser,
                    "DO $$ BEGIN CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + PASSWORD + "' NOSUPERUSER NOBYPASSRLS;"
                            + " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
            return superuser;
        }
    }

    private static DataSource running(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /**
     * A server that ends with the process. It need not outlive the machine, so nothing waits for the disk; but what it has committed outlives the server,
     * which the builder would give up by default.
     */
    private static EmbeddedPostgres embedded() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofMinutes(5))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a statement as the superuser: what the host's administrator would do, and tests otherwise never. */
    static void administer(String sql) {
        run(Started.SUPERUSER, sql);
    }

    /** The same in a database of its name. */
    static void administer(String database, String sql) {
        run(as("", database), sql);
    }

    /** Connections to a database as a role that may log in; as the superuser for an empty one. */
    static PGSimpleDataSource as(String role, String database) {
        try {
            PGSimpleDataSource source = new PGSimpleDataSource();
            PGSimpleDataSource superuser = Started.SUPERUSER.unwrap(PGSimpleDataSource.class);
            source.setURL(superuser.getURL());
            source.setUser(role.isEmpty() ? superuser.getUser() : role);
            source.setPassword(role.isEmpty() ? superuser.getPassword() : PASSWORD);
            source.setDatabaseName(database);
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The URL of a database. */
    static String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    /** Where it listens. */
    static int port() {
        return as("", "postgres").getPortNumbers()[0];
    }

    private static void run(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
