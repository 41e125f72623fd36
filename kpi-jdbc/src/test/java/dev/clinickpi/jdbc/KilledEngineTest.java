package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.testkit.ExactEngine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Engines are killed without warning, or the database under them, again and again while events are delivered. Whoever delivers goes on from the last place
 * that it was told was stored. What the store holds in the end is, bit by bit, what an engine that nobody disturbed has.
 */
class KilledEngineTest {

    /** How many places a process may go on at the most when its time has come. */
    private static final int BEYOND = 600;

    @TempDir
    Path folder;

    private TestDatabase database;

    @AfterEach
    void drop() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aProcessMayBeKilled(DatabaseKind kind) throws Exception {
        killProcesses(kind, 2_400, 3);
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aProcessMayBeKilledFiftyTimes(DatabaseKind kind) throws Exception {
        killProcesses(kind, 200_000, 50);
    }

    @Test
    void theDatabaseMayBeKilled() throws Exception {
        killDatabase(3_000, 2);
    }

    @Tag("thorough")
    @Test
    void theDatabaseMayBeKilledFiftyTimes() throws Exception {
        killDatabase(200_000, 50);
    }

    private void killProcesses(DatabaseKind kind, int events, int kills) throws Exception {
        database = TestDatabase.migrated(kind);
        Deliveries deliveries = Deliveries.of(kills, events);
        Random random = new Random(kills);
        int place = 0;
        int killed = 0;
        while (place < deliveries.size()) {
            // The last one is left to come to the end.
            int share = deliveries.size() / kills;
            int stopAt = killed == kills
                    ? deliveries.size()
                    : Math.min(deliveries.size(), place + 1 + random.nextInt(2 * share));
            place = run(events, kills, place, stopAt, random.nextInt(60));
            killed += place < deliveries.size() ? 1 : 0;
        }
        assertThat(killed).as("processes that were killed before the end").isPositive();
        Undisturbed.requireSame(deliveries, database.newPool(4));
    }

    /** Runs a process until it has come to a place and a little longer, and kills it; gives the last place that it told of. */
    private int run(int events, long seed, int from, int stopAt, int millisLonger) throws Exception {
        try (EngineProcess process =
                EngineProcess.start(database, seed, events, from, stopAt + BEYOND, folder.resolve("stderr"))) {
            process.awaitPlace(stopAt);
            Thread.sleep(millisLonger);
            return process.kill();
        }
    }

    /** One engine lives through all of it; who delivers tries again what was refused. */
    private void killDatabase(int events, int kills) throws Exception {
        Path data = folder.resolve("data");
        Deliveries deliveries = Deliveries.of(kills, events);
        Random random = new Random(kills);
        EmbeddedPostgres server = start(data, 0);
        int port = server.getPort();
        try (HikariDataSource pool = TestDatabase.pool(ownDatabase(server), 6)) {
            pool.setConnectionTimeout(1_000);
            ClinicKpiSchema.standard().migrate(pool);
            ExactEngine engine =
                    Deliveries.engine(JdbcEventLog.open(pool), JdbcCellStore.open(pool), deliveries.timeAt(0));
            int place = 0;
            int killed = 0;
            while (place < deliveries.size()) {
                if (killed < kills && random.nextInt(deliveries.size() / 150) < 2 * kills) {
                    killed++;
                    CompletableFuture<Void> death = killSoon(data, random.nextInt(25));
                    tryToRecord(engine, deliveries, place);
                    death.get(1, TimeUnit.MINUTES);
                    assertThat(tryToRecord(engine, deliveries, place))
                            .as("a batch without a database")
                            .isFalse();
                    server.close();
                    server = start(data, port);
                }
                if (tryToRecord(engine, deliveries, place)) {
                    place += 150;
                }
            }
            assertThat(killed).isEqualTo(kills);
            engine.engine().close();
            Undisturbed.requireSame(deliveries, pool);
        } finally {
            server.close();
        }
    }

    /** As the owner of the schema, who is no superuser. */
    private static DataSource ownDatabase(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE kpi_killed LOGIN NOSUPERUSER NOBYPASSRLS");
            statement.execute("CREATE DATABASE kpi_killed OWNER kpi_killed");
        }
        return server.getDatabase("kpi_killed", "kpi_killed");
    }

    private static boolean tryToRecord(ExactEngine engine, Deliveries deliveries, int place) {
        try {
            engine.setClock(deliveries.timeAt(place));
            engine.record(deliveries.between(place, place + 150));
            return true;
        } catch (JdbcStoreException e) {
            return false;
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setPGStartupWait(Duration.ofMinutes(5))
                .start();
    }

    private static CompletableFuture<Void> killSoon(Path data, int millis) {
        return CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(millis);
                long server = Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).get(0));
                ProcessHandle handle = ProcessHandle.of(server).orElseThrow();
                List<ProcessHandle> all = new ArrayList<>(handle.descendants().toList());
                all.add(handle);
                all.forEach(ProcessHandle::destroyForcibly);
                for (ProcessHandle each : all) {
                    each.onExit().get(1, TimeUnit.MINUTES);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
