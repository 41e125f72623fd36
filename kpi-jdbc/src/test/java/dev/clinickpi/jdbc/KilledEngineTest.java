package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.testkit.ExactEngine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
            int stopAt = killed == kills ? deliveries.size() : place + 1 + random.nextInt(2 * share);
            place = run(kind, events, kills, place, stopAt, random.nextInt(60));
            killed += place < deliveries.size() ? 1 : 0;
        }
        assertThat(killed).as("processes that were killed before the end").isPositive();
        requireWhole(deliveries, database.newPool(4));
    }

    /** Runs a process until it has come to a place and a little longer, and kills it; gives the last place that it told of. */
    private int run(DatabaseKind kind, int events, long seed, int from, int stopAt, int millisLonger) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IngestingProcess.class.getName(),
                        kind == DatabaseKind.H2 ? database.url() : PostgresServer.url(database.name()),
                        kind == DatabaseKind.H2 ? "sa" : PostgresServer.OWNER,
                        kind == DatabaseKind.H2 ? "" : PostgresServer.PASSWORD,
                        Long.toString(seed),
                        Integer.toString(events),
                        Integer.toString(from))
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        AtomicInteger place = new AtomicInteger(from);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> follow(process, place));
        try {
            long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            while (place.get() < stopAt && process.isAlive() && System.nanoTime() < patience) {
                Thread.sleep(2);
            }
            assertThat(process.isAlive()).as(() -> error()).isTrue();
            Thread.sleep(millisLonger);
        } finally {
            process.destroyForcibly().waitFor();
        }
        reading.get(1, TimeUnit.MINUTES);
        assertThat(place).as(() -> error()).hasValueGreaterThanOrEqualTo(stopAt);
        return place.get();
    }

    private static void follow(Process process, AtomicInteger place) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            while (line != null) {
                if (!line.isEmpty() && line.chars().allMatch(Character::isDigit)) {
                    place.set(Integer.parseInt(line));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The pipe of a killed process may break.
        }
    }

    private String error() {
        try {
            return Files.readString(folder.resolve("stderr"));
        } catch (IOException e) {
            return e.toString();
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
            ClinicKpiSchema.standard().migrate(pool);
            ExactEngine engine =
                    Deliveries.engine(JdbcEventLog.open(pool), JdbcCellStore.open(pool), deliveries.timeAt(0));
            int place = 0;
            int killed = 0;
            int refused = 0;
            while (place < deliveries.size()) {
                if (killed < kills && random.nextInt(deliveries.size() / 150) < 2 * kills) {
                    killed++;
                    CompletableFuture<Void> death = killSoon(data, random.nextInt(25));
                    refused += tryToRecord(engine, deliveries, place) ? 0 : 1;
                    death.get(1, TimeUnit.MINUTES);
                    server.close();
                    server = start(data, port);
                }
                if (tryToRecord(engine, deliveries, place)) {
                    place += 150;
                } else {
                    refused++;
                }
            }
            assertThat(killed).isEqualTo(kills);
            assertThat(refused).as("batches that were refused").isPositive();
            engine.engine().close();
            requireWhole(deliveries, pool);
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
                .setPGStartupWait(Duration.ofMinutes(2))
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

    /** What the database holds is what an engine holds that took the deliveries undisturbed: facts, cells and open entities, bit by bit. */
    private static void requireWhole(Deliveries deliveries, DataSource source) {
        EventLog log = JdbcEventLog.open(source);
        CellStore store = JdbcCellStore.open(source);
        finish(log, store, deliveries);
        EventLog undisturbedLog = EventLog.inMemory();
        CellStore undisturbed = CellStore.inMemory();
        ExactEngine engine = Deliveries.engine(undisturbedLog, undisturbed, deliveries.timeAt(0));
        engine.record(deliveries.between(0, deliveries.size()));
        engine.engine().close();
        finish(undisturbedLog, undisturbed, deliveries);
        for (ClinicId clinic : Deliveries.clinics()) {
            assertThat(facts(log, clinic)).isEqualTo(facts(undisturbedLog, clinic));
            Checkpoint kept = Objects.requireNonNull(store.load(clinic));
            Checkpoint expected = Objects.requireNonNull(undisturbed.load(clinic));
            assertThat(kept.position()).isEqualTo(expected.position());
            assertThat(kept.newest()).isEqualTo(expected.newest());
            assertThat(kept.ahead()).isEmpty();
            assertThat(days(kept)).isEqualTo(days(expected)).isNotEmpty();
            assertThat(new HashSet<>(kept.entities())).isEqualTo(new HashSet<>(expected.entities()));
        }
    }

    /** Lets another engine take over what the last one left, let time pass to the end, and keep what it has. */
    private static void finish(EventLog log, CellStore store, Deliveries deliveries) {
        ExactEngine last = Deliveries.engine(log, store, deliveries.timeAt(deliveries.size()));
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (last.engine().health().shardsWritten() < 3 && System.nanoTime() < patience) {
            sleep();
        }
        assertThat(last.engine().health().shardsWritten()).isEqualTo(3);
        last.engine().close();
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Fact> facts(EventLog log, ClinicId clinic) {
        Set<Fact> facts = new HashSet<>();
        log.read(clinic, 0, (position, fact) -> assertThat(facts.add(fact)).isTrue());
        return facts;
    }

    private static Map<Long, List<Byte>> days(Checkpoint checkpoint) {
        Map<Long, List<Byte>> days = new HashMap<>();
        checkpoint.days().forEach((day, cells) -> {
            if (cells.length > 0) {
                List<Byte> bytes = new ArrayList<>();
                for (byte each : cells) {
                    bytes.add(each);
                }
                days.put(day, bytes);
            }
        });
        return days;
    }
}
