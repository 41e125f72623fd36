package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.testkit.Threads;
import dev.clinickpi.time.Period;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several engines over one database, and hosts that write events in transactions of their own. */
class EnginesTogetherTest {

    private static final KpiRequest ALL = KpiRequest.of(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 5, 1)));
    private static final int WRITERS = 8;

    @TempDir
    Path folder;

    private TestDatabase database;

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void enginesThatFollowAgree(DatabaseKind kind) throws Exception {
        rounds(kind, 3);
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void enginesThatFollowAgreeInAHundredRounds(DatabaseKind kind) throws Exception {
        rounds(kind, 100);
    }

    /** Eight writers record through either engine or in transactions of their own, of which they roll some back; both engines know what one knows that reads it all. */
    private void rounds(DatabaseKind kind, int rounds) throws Exception {
        database = TestDatabase.migrated(kind);
        Deliveries deliveries = Deliveries.of(rounds, rounds * 500);
        List<ExactEngine> engines =
                List.of(engine(deliveries, database.newPool(10)), engine(deliveries, database.newPool(10)));
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        int ofRound = deliveries.size() / rounds;
        for (int round = 0; round < rounds; round++) {
            int from = round * ofRound;
            Threads.atOnce(WRITERS, writer -> {
                write(engines.get(writer % 2), log, deliveries, from + writer * ofRound / WRITERS, ofRound / WRITERS);
                return writer;
            });
            // Numbers what was committed through outboxes.
            log.ends();
            Map<ClinicId, Map<String, ExactResult>> expected = figures(alone(deliveries, log));
            for (ExactEngine engine : engines) {
                Await.until(() -> figures(engine).equals(expected));
                assertThat(figures(engine)).isEqualTo(expected);
            }
        }
        engines.forEach(engine -> engine.engine().close());
    }

    private void write(ExactEngine engine, JdbcEventLog log, Deliveries deliveries, int from, int count)
            throws Exception {
        Random random = new Random(from);
        for (int place = from; place < from + count; place += 20) {
            List<KpiEvent> events = deliveries.between(place, Math.min(place + 20, from + count));
            if (random.nextInt(3) == 0) {
                engine.record(events);
            } else {
                inATransaction(engine, log, events, random);
            }
        }
    }

    private void inATransaction(ExactEngine engine, JdbcEventLog log, List<KpiEvent> events, Random random)
            throws Exception {
        try (Connection host = database.pool().getConnection()) {
            host.setAutoCommit(false);
            engine.engine().record(log.outbox(host), events);
            Thread.sleep(random.nextInt(10));
            if (random.nextInt(3) == 0) {
                host.rollback();
            } else {
                host.commit();
            }
        }
    }

    @Test
    void aTransactionHeldOpenHoldsUpNoEngine() throws Exception {
        heldOpen(Duration.ofSeconds(2));
    }

    @Tag("thorough")
    @Test
    void aTransactionHeldOpenForAMinuteHoldsUpNoEngine() throws Exception {
        heldOpen(Duration.ofMinutes(1));
    }

    private void heldOpen(Duration time) throws Exception {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        Deliveries deliveries = Deliveries.of(7, 900);
        ExactEngine first = engine(deliveries, database.newPool(6));
        ExactEngine second = engine(deliveries, database.newPool(6));
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        List<KpiEvent> held = deliveries.between(0, 100);
        Set<String> heldIds = held.stream().map(EnginesTogetherTest::id).collect(Collectors.toSet());
        List<KpiEvent> others = deliveries.between(100, deliveries.size()).stream()
                .filter(event -> !heldIds.contains(id(event)))
                .toList();
        int steps = 10;
        try (Connection host = database.pool().getConnection()) {
            host.setAutoCommit(false);
            first.engine().record(log.outbox(host), held);
            for (int step = 0; step < steps; step++) {
                second.record(others.subList(others.size() * step / steps, others.size() * (step + 1) / steps));
                Map<ClinicId, Map<String, ExactResult>> expected = figures(alone(deliveries, log));
                Await.until(() -> figures(first).equals(expected));
                assertThat(figures(first)).isEqualTo(expected);
                Thread.sleep(time.toMillis() / steps);
            }
            host.commit();
        }
        long stored = log.ends().values().stream().mapToLong(each -> each).sum();
        Map<ClinicId, Map<String, ExactResult>> expected = figures(alone(deliveries, log));
        for (ExactEngine engine : List.of(first, second)) {
            Await.until(() -> figures(engine).equals(expected));
            assertThat(figures(engine)).isEqualTo(expected);
            engine.engine().close();
        }
        assertThat(stored)
                .isEqualTo(heldIds.size()
                        + others.stream()
                                .map(EnginesTogetherTest::id)
                                .distinct()
                                .count());
    }

    private static String id(KpiEvent event) {
        return event.clinicId() + " " + event.id();
    }

    @Test
    void anEngineThatWasFrozenOverwritesNothing() throws Exception {
        freeze(1, 2_000);
    }

    @Tag("thorough")
    @Test
    void anEngineThatWasFrozenTenTimesOverwritesNothing() throws Exception {
        freeze(10, 40_000);
    }

    /**
     * A process is stopped wherever it is, which mostly is in the middle of a transaction. Another takes its shards over, takes in what is delivered meanwhile and
     * keeps it. Then the first goes on as if nothing had been.
     */
    private void freeze(int times, int events) throws Exception {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        Deliveries deliveries = Deliveries.of(times, events);
        Random random = new Random(times);
        int share = deliveries.size() / (times + 1);
        try (EngineProcess process =
                EngineProcess.start(database, times, events, 0, Integer.MAX_VALUE, folder.resolve("stderr"))) {
            for (int i = 0; i < times; i++) {
                int from = i * share + 150 + random.nextInt(share / 4);
                process.awaitPlace(from);
                Thread.sleep(random.nextInt(50));
                process.freeze();
                ExactEngine other = engine(deliveries, database.newPool(6));
                other.setClock(deliveries.timeAt(from + share / 2));
                Await.until(() -> other.engine().health().shardsWritten() == 3);
                assertThat(other.engine().health().shardsWritten()).isEqualTo(3);
                for (int place = from; place < from + share / 2; place += 150) {
                    recordUntilTaken(other, deliveries.between(place, Math.min(place + 150, from + share / 2)));
                }
                process.thaw();
                Thread.sleep(random.nextInt(1_500));
                other.engine().close();
            }
            process.awaitPlace(deliveries.size());
            process.kill();
        }
        Undisturbed.requireSame(deliveries, database.newPool(4));
    }

    /** A clinic whose row the frozen process holds cannot be appended to before the database has ended that transaction. */
    private static void recordUntilTaken(ExactEngine engine, List<KpiEvent> events) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
        while (true) {
            try {
                engine.record(events);
                return;
            } catch (JdbcStoreException e) {
                assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(patience);
                Thread.sleep(100);
            }
        }
    }

    /** What is refused is not counted, what is counted was stored, and the engine goes on by itself once the database does. */
    @Test
    void anEngineOutlivesTheFaultsOfItsDatabase() throws Exception {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        Deliveries deliveries = Deliveries.of(3, 900);
        HikariDataSource pool = database.newPool(6);
        pool.setConnectionTimeout(3_000);
        ExactEngine engine = engine(deliveries, pool);
        Map<String, String> faults = Map.of(
                "ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true",
                "SET default_transaction_read_only = on", "SET default_transaction_read_only = off");
        int place = 0;
        for (Map.Entry<String, String> fault : faults.entrySet()) {
            engine.record(deliveries.between(place, place + 200));
            Map<ClinicId, Map<String, ExactResult>> before = figures(engine);
            PostgresServer.administer("ALTER DATABASE " + database.name() + " " + fault.getKey());
            disconnect();
            List<KpiEvent> refused = deliveries.between(place + 200, place + 400);

            assertThatThrownBy(() -> engine.record(refused)).isInstanceOf(JdbcStoreException.class);
            assertThat(figures(engine)).isEqualTo(before);

            PostgresServer.administer("ALTER DATABASE " + database.name() + " " + fault.getValue());
            disconnect();
            recordUntilTaken(engine, refused);
            place += 400;
            JdbcEventLog log = JdbcEventLog.open(database.newPool(2));
            Map<ClinicId, Map<String, ExactResult>> expected = figures(alone(deliveries, log));
            Await.until(() -> figures(engine).equals(expected));
            assertThat(figures(engine)).isEqualTo(expected);
        }
        engine.record(deliveries.between(place, deliveries.size()));
        engine.engine().close();
        Undisturbed.requireSame(deliveries, database.newPool(4));
    }

    private void disconnect() {
        PostgresServer.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + database.name() + "' AND pid <> pg_backend_pid()");
    }

    private static ExactEngine engine(Deliveries deliveries, HikariDataSource pool) {
        return Deliveries.engine(
                JdbcEventLog.open(pool), JdbcCellStore.open(pool), deliveries.timeAt(deliveries.size()));
    }

    /** An engine that folds all that a log has. */
    private static ExactEngine alone(Deliveries deliveries, EventLog log) {
        EventLog copy = EventLog.inMemory();
        Deliveries.clinics().forEach(clinic -> log.read(clinic, 0, (position, fact) -> copy.append(List.of(fact))));
        return new ExactEngine(Deliveries.directory(), deliveries.timeAt(deliveries.size()), copy);
    }

    private static Map<ClinicId, Map<String, ExactResult>> figures(ExactEngine engine) {
        Map<ClinicId, Map<String, ExactResult>> figures = new HashMap<>();
        Deliveries.clinics().forEach(clinic -> figures.put(clinic, engine.exact(clinic, ALL)));
        return figures;
    }
}
