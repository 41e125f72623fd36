package dev.clinickpi.example.dashboard;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcAuditStore;
import dev.clinickpi.jdbc.JdbcBenchmarkStore;
import dev.clinickpi.jdbc.JdbcCellStore;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.jdbc.JdbcPublicationStore;
import dev.clinickpi.privacy.StandardPrivacy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database and the engine over it: all that a host has to set up for the library. */
final class Storage implements AutoCloseable {

    /** Who looks does not see more often: many open dashboards then cost half. */
    private static final Duration LIVE_EVERY = Duration.ofMillis(500);

    private static final int AUDIT_CONNECTIONS = 2;

    private final HikariDataSource database;
    private final HikariDataSource auditDatabase;
    private final ExecutorService tellers;
    private final KpiEngine engine;

    private Storage(ServerSettings settings) {
        database = pool(settings.url(), settings.databaseUser(), settings.databasePassword(), 10);
        // Records are written one after the other: in a pool of their own they wait for each other alone.
        auditDatabase =
                pool(settings.auditUrl(), settings.databaseUser(), settings.databasePassword(), AUDIT_CONNECTIONS);
        tellers = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "dashboard-live");
            thread.setDaemon(true);
            return thread;
        });
        ClinicKpiSchema.standard().migrate(database);
        ClinicKpiSchema.standard().migrate(auditDatabase);
        engine = KpiEngine.builder()
                .directory(settings.directory())
                .events(JdbcEventLog.open(database))
                .privacy(StandardPrivacy.with(
                        ClinicKeys.in(settings.folder()),
                        StandardPrivacy.LEAST_GROUP,
                        JdbcPublicationStore.open(database),
                        JdbcBenchmarkStore.open(database)))
                .audit(JdbcAuditStore.open(auditDatabase))
                .cells(JdbcCellStore.open(database))
                .clock(settings.clock())
                .liveExecutor(tellers)
                .liveEvery(LIVE_EVERY)
                .build();
    }

    static Storage open(ServerSettings settings) {
        try {
            Files.createDirectories(settings.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Storage(settings);
    }

    static HikariDataSource pool(String url, @Nullable String user, @Nullable String password, int connections) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(5_000);
        if (user != null) {
            pool.setUsername(user);
        }
        if (password != null) {
            pool.setPassword(password);
        }
        return new HikariDataSource(pool);
    }

    /** The engine. */
    KpiEngine engine() {
        return engine;
    }

    /** Connections for the host's own tables. */
    DataSource database() {
        return database;
    }

    @Override
    public void close() {
        engine.close();
        tellers.shutdown();
        auditDatabase.close();
        database.close();
    }
}
