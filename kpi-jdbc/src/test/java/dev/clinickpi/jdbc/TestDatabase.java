package dev.clinickpi.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own, gone when it is closed. Its pools connect as the owner of the schema, who is no superuser.
 *
 * <pre>{@code
 * @ParameterizedClass
 * @EnumSource(DatabaseKind.class)
 * class SomeStoreTest {
 *     @Parameter DatabaseKind kind;
 *     private TestDatabase database;
 *
 *     @BeforeEach void create() { database = TestDatabase.migrated(kind); }
 *     @AfterEach void drop() { database.close(); }
 * }
 * }</pre>
 */
final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String RUN = Long.toString(ProcessHandle.current().pid(), 36);

    /** Kept, since a logger that nobody holds forgets its level. Each test's migrations would be told of otherwise. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    static {
        FLYWAY.setLevel(Level.WARNING);
        // A connection that somebody has killed is not handed out because it was well half a second ago.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
    }

    private final DatabaseKind kind;
    private final String name;
    private final Path folder;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private HikariDataSource pool;

    private TestDatabase(DatabaseKind kind, String name, Path folder) {
        this.kind = kind;
        this.name = name;
        this.folder = folder;
    }

    /** One without the library's schema. */
    static TestDatabase empty(DatabaseKind kind) {
        return kind == DatabaseKind.H2 ? h2(null) : postgresql("template1");
    }

    /** One with the library's schema under its usual name. It is a copy: migrations run once in a process. */
    static TestDatabase migrated(DatabaseKind kind) {
        return kind == DatabaseKind.H2 ? h2(H2Template.FILE) : postgresql(PostgresTemplate.NAME);
    }

    private static TestDatabase postgresql(String template) {
        String name = newName();
        PostgresServer.administer(
                "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + PostgresServer.OWNER);
        return new TestDatabase(DatabaseKind.POSTGRESQL, name, null);
    }

    private static TestDatabase h2(Path template) {
        try {
            Path folder = Files.createTempDirectory("clinic-kpi");
            if (template != null) {
                Files.copy(template, folder.resolve(template.getFileName()));
            }
            return new TestDatabase(DatabaseKind.H2, newName(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String newName() {
        return "kpi_" + RUN + "_" + COUNT.incrementAndGet();
    }

    private static TestDatabase template(DatabaseKind kind) {
        TestDatabase template = empty(kind);
        ClinicKpiSchema.standard().migrate(template.source());
        Runtime.getRuntime().addShutdownHook(new Thread(template::close));
        return template;
    }

    private static final class PostgresTemplate {

        static final String NAME = template(DatabaseKind.POSTGRESQL).name;
    }

    private static final class H2Template {

        static final Path FILE = template(DatabaseKind.H2).folder.resolve("kpi.mv.db");
    }

    DatabaseKind kind() {
        return kind;
    }

    /** What the server calls it. */
    String name() {
        return name;
    }

    /** The pool that a test uses when it needs but one: of ten connections. */
    synchronized HikariDataSource pool() {
        if (pool == null) {
            pool = newPool(10);
        }
        return pool;
    }

    /** Where the files of an H2 lie. */
    Path folder() {
        return folder;
    }

    /** A pool of its own, as another process would have it. */
    HikariDataSource newPool(int connections) {
        return newPool(source(), connections);
    }

    /** A pool of connections as another role of PostgreSQL, which may log in. */
    HikariDataSource newPoolAs(String role, int connections) {
        return newPool(PostgresServer.as(role, name), connections);
    }

    /** A pool of connections of the owner to another port than the server's, which leads to it. */
    HikariDataSource newPoolThrough(int port, int connections) {
        PGSimpleDataSource source = PostgresServer.as(PostgresServer.OWNER, name);
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {port});
        return newPool(source, connections);
    }

    private synchronized HikariDataSource newPool(DataSource source, int connections) {
        HikariDataSource made = pool(source, connections);
        pools.add(made);
        return made;
    }

    /** A pool that is its user's to close. */
    static HikariDataSource pool(DataSource source, int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new ClosedDatabase());
        return new HikariDataSource(config);
    }

    /**
     * An H2 that could not write closes itself, and opens again for the next connection. HikariCP hands out unasked a connection that was used a moment
     * before, and does not know that state: docs/database.md has hosts tell it.
     */
    private static final class ClosedDatabase implements SQLExceptionOverride {

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return "90098".equals(failure.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    /** Connections that are made anew each time, as the owner. */
    DataSource source() {
        if (kind == DatabaseKind.POSTGRESQL) {
            return PostgresServer.as(PostgresServer.OWNER, name);
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url());
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    /** The URL of an H2, as a host would embed it: in a file, and durable. */
    String url() {
        return "jdbc:h2:" + folder.resolve("kpi").toAbsolutePath() + ";WRITE_DELAY=0";
    }

    /** Runs a statement on the rows of all clinics, in a transaction of its own. */
    void sql(String sql) {
        everywhere(statement -> statement.execute(sql));
    }

    /** A literal of these bytes. */
    String bytes(String hexadecimal) {
        return kind == DatabaseKind.H2 ? "X'" + hexadecimal + "'" : "'\\x" + hexadecimal + "'";
    }

    /** The first column of what a query gives of the rows of all clinics, as text. */
    List<String> query(String sql) {
        return everywhere(statement -> column(statement.executeQuery(sql)));
    }

    /** How it would answer a query, had its tables too many rows to walk. */
    String plan(String query) {
        return everywhere(statement -> {
            if (kind == DatabaseKind.POSTGRESQL) {
                statement.execute("ANALYZE");
                statement.execute("SET LOCAL enable_seqscan = off");
            }
            return String.join("\n", column(statement.executeQuery("EXPLAIN " + query)));
        });
    }

    private static List<String> column(ResultSet rows) throws SQLException {
        try (rows) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private <T> T everywhere(Work<T> work) {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (kind == DatabaseKind.POSTGRESQL) {
                statement.execute("SET LOCAL clinic_kpi.scope = 'every clinic'");
            }
            T result = work.with(statement);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {

        T with(Statement statement) throws SQLException;
    }

    /** Closes the pools, and drops it. */
    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        if (kind == DatabaseKind.POSTGRESQL) {
            PostgresServer.administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } else {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
