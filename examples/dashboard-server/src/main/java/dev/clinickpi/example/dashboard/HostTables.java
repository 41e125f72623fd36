package dev.clinickpi.example.dashboard;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.jdbc.source.JdbcEventSource;
import dev.clinickpi.jdbc.source.QueryMapping;
import dev.clinickpi.jdbc.source.Watermarks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events from the tables that a host has already: all of them once, and then, every few seconds, what is new. */
final class HostTables implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HostTables.class);

    private final KpiEngine engine;
    private final DataSource database;
    private final List<QueryMapping> mappings;
    private final Path watermarks;
    private final Clock clock;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dashboard-tables");
        thread.setDaemon(true);
        return thread;
    });

    /** @param folder where it is kept how far the tables were read */
    HostTables(KpiEngine engine, DataSource database, Path mapping, Path folder, Clock clock) {
        this.engine = engine;
        this.database = database;
        this.mappings = QueryMapping.read(mapping);
        this.watermarks = folder.resolve("watermarks.json");
        this.clock = clock;
    }

    void start(int everySeconds) {
        Future<?> unused = reader.scheduleWithFixedDelay(this::attempt, 0, everySeconds, TimeUnit.SECONDS);
    }

    /** What fails is tried again: the watermarks have not moved. */
    private void attempt() {
        try {
            RecordResult read = read();
            if (read.accepted() > 0 || read.rejected() > 0) {
                LOG.info(
                        "Read {} new events from the host's tables; {} rows were refused",
                        read.accepted(),
                        read.rejected());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The host's tables could not be read; they are tried again", e);
        }
    }

    private RecordResult read() throws IOException {
        try (JdbcEventSource source = JdbcEventSource.of(database, mappings)
                .from(Watermarks.read(watermarks))
                .whenStored(reached -> reached.write(watermarks))
                .clock(clock)
                .open()) {
            return engine.record(Principal.superAdmin("tables of the host"), source, HostTables::tell);
        }
    }

    private static void tell(Rejection rejection) {
        LOG.warn("Refused: {}", rejection);
    }

    @Override
    public void close() {
        reader.shutdown();
        try {
            if (!reader.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The host's tables are still being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
