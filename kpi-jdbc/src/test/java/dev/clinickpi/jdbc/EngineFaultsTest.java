package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.RecordResult;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.testkit.ExactEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An engine whose database fails under it: each list that it could not store is refused by the fault's name and not claimed, and once the fault is over the same
 * engine goes on and ends where an undisturbed one does.
 */
// In a thread of its own: what hangs in a loop heeds no interrupt, and its stack says where it hangs.
@Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD)
class EngineFaultsTest {

    private static final int BATCHES = 6;

    /** What goes wrong in a database, and is mended again. */
    private interface Trouble {

        void begin(TestDatabase database) throws SQLException;

        void end(TestDatabase database) throws SQLException;
    }

    private static Trouble trouble(String begin, String end) {
        return new Trouble() {
            @Override
            public void begin(TestDatabase database) {
                database.sql(begin);
            }

            @Override
            public void end(TestDatabase database) {
                database.sql(end);
            }
        };
    }

    /** A change of the whole database that connections which are made from then on are under. */
    private static Trouble server(String begin, String end) {
        return new Trouble() {
            @Override
            public void begin(TestDatabase database) {
                change(database, begin);
            }

            @Override
            public void end(TestDatabase database) {
                change(database, end);
            }

            private void change(TestDatabase database, String change) {
                PostgresServer.administer("ALTER DATABASE " + database.name() + " " + change);
                PostgresServer.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + database.name() + "' AND pid <> pg_backend_pid()");
            }
        };
    }

    private static Trouble trigger(String body) {
        return trouble(
                "CREATE FUNCTION clinic_kpi.trouble() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN " + body
                        + "; RETURN NEW; END $$; CREATE TRIGGER trouble BEFORE INSERT ON clinic_kpi.kpi_fact"
                        + " FOR EACH ROW EXECUTE FUNCTION clinic_kpi.trouble()",
                "DROP FUNCTION clinic_kpi.trouble() CASCADE");
    }

    /** Another transaction has the rows that an append needs, for longer than anybody waits. */
    private static final class HeldRows implements Trouble {

        private Connection holder;

        @Override
        public void begin(TestDatabase database) throws SQLException {
            holder = database.pool().getConnection();
            holder.setAutoCommit(false);
            try (Statement hold = holder.createStatement()) {
                hold.execute("SELECT facts FROM clinic_kpi.kpi_clinic FOR UPDATE");
            }
        }

        @Override
        public void end(TestDatabase database) throws SQLException {
            holder.rollback();
            holder.close();
        }
    }

    private static final class FullDisk implements Trouble {

        @Override
        public void begin(TestDatabase database) {
            FillingDisk.fill(true);
        }

        @Override
        public void end(TestDatabase database) {
            FillingDisk.fill(false);
        }
    }

    static Stream<Arguments> troubles() {
        Trouble away = trouble("ALTER SCHEMA clinic_kpi RENAME TO away", "ALTER SCHEMA away RENAME TO clinic_kpi");
        return Stream.of(
                Arguments.of(
                        DatabaseKind.POSTGRESQL,
                        Fault.UNREACHABLE,
                        server("ALLOW_CONNECTIONS false", "ALLOW_CONNECTIONS true")),
                Arguments.of(
                        DatabaseKind.POSTGRESQL,
                        Fault.READ_ONLY,
                        server("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")),
                Arguments.of(DatabaseKind.POSTGRESQL, Fault.TIMEOUT, trigger("PERFORM pg_sleep(30)")),
                Arguments.of(
                        DatabaseKind.POSTGRESQL,
                        Fault.FULL,
                        trigger("RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'")),
                Arguments.of(
                        DatabaseKind.POSTGRESQL,
                        Fault.DENIED,
                        trouble(
                                "REVOKE INSERT ON clinic_kpi.kpi_fact FROM CURRENT_USER",
                                "GRANT INSERT ON clinic_kpi.kpi_fact TO CURRENT_USER")),
                Arguments.of(DatabaseKind.POSTGRESQL, Fault.OTHER_VERSION, away),
                Arguments.of(DatabaseKind.H2, Fault.TIMEOUT, new HeldRows()),
                Arguments.of(DatabaseKind.H2, Fault.OTHER_VERSION, away));
    }

    /** Not in each build: an H2 that has closed itself on a full disk may go round in circles in MVStore.registerVersionUsage and never answer. */
    @Tag("thorough")
    @Test
    void anH2OnAFullDiskRefuses() throws SQLException {
        whatIsRefusedIsNotStoredAndTheEngineGoesOn(DatabaseKind.H2, Fault.FULL, new FullDisk());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("troubles")
    void whatIsRefusedIsNotStoredAndTheEngineGoesOn(DatabaseKind kind, Fault fault, Trouble trouble)
            throws SQLException {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            Deliveries deliveries = Deliveries.of(20_260_301, 300);
            int batchSize = 1 + deliveries.size() / BATCHES;
            HikariDataSource pool = TestDatabase.pool(source(database, fault), 4);
            pool.setConnectionTimeout(3_000);
            JdbcEventLog log = JdbcEventLog.open(pool, ClinicKpiSchema.standard(), Duration.ofSeconds(2));
            CellStore store = JdbcCellStore.open(pool);
            ExactEngine engine = Deliveries.engine(log, store, deliveries.timeAt(0));
            for (int batch = 0; batch < BATCHES; batch++) {
                List<KpiEvent> events = deliveries.between(batch * batchSize, (batch + 1) * batchSize);
                engine.setClock(deliveries.timeAt(Math.min(deliveries.size(), (batch + 1) * batchSize)));
                if (batch % 2 == 1) {
                    Map<?, ?> before = log.ends();
                    long accepted = engine.engine().health().accepted();
                    trouble.begin(database);
                    assertRefused(() -> engine.engine().record(events), fault, onTheWay(kind, fault));
                    trouble.end(database);
                    assertThat(whenItAnswers(log)).isEqualTo(before);
                    assertThat(engine.engine().health().accepted()).isEqualTo(accepted);
                }
                RecordResult stored = engine.engine().record(events);
                assertThat(stored.accepted() + stored.duplicates()).isEqualTo(events.size());
            }
            engine.engine().close();

            Undisturbed.requireSame(deliveries, pool);
            pool.close();
        }
    }

    /** A pool may hand out, at first, connections that were broken by what has happened; and an H2 that closes itself on a full disk has errors of its own. */
    private static Set<Fault> onTheWay(DatabaseKind kind, Fault fault) {
        return kind == DatabaseKind.H2 && fault == Fault.FULL
                ? EnumSet.of(fault, Fault.UNREACHABLE, Fault.OTHER)
                : EnumSet.of(fault, Fault.UNREACHABLE);
    }

    private static void assertRefused(ThrowingCallable recording, Fault fault, Set<Fault> onTheWay) {
        Set<Fault> seen = EnumSet.noneOf(Fault.class);
        for (int attempt = 0; attempt < 10 && !seen.contains(fault); attempt++) {
            assertThatThrownBy(recording)
                    .isInstanceOfSatisfying(JdbcStoreException.class, e -> seen.add(e.fault()))
                    .hasMessageStartingWith("The event log could not append: ");
        }
        assertThat(seen).contains(fault).isSubsetOf(onTheWay);
    }

    private static DataSource source(TestDatabase database, Fault fault) {
        if (database.kind() == DatabaseKind.POSTGRESQL || fault != Fault.FULL) {
            return database.source();
        }
        FillingDisk.register();
        JdbcDataSource filling = new JdbcDataSource();
        filling.setURL(database.url().replace("jdbc:h2:", "jdbc:h2:filling:"));
        filling.setUser("sa");
        filling.setPassword("");
        return filling;
    }

    /** A pool takes a while to try again what has failed several times. */
    private static Map<?, ?> whenItAnswers(JdbcEventLog log) {
        Instant patience = Instant.now().plusSeconds(20);
        while (true) {
            try {
                return log.ends();
            } catch (JdbcStoreException e) {
                assertThat(Instant.now()).as("the pool's patience").isBefore(patience);
            }
        }
    }
}
