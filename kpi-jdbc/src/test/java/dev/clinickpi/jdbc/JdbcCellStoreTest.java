package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.testkit.Threads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcCellStoreTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final Duration LONG = Duration.ofHours(1);
    private static final String LOST_CONNECTION = "08006";

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcCellStore store;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        store = JdbcCellStore.open(database.pool());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private static void save(JdbcCellStore store, Lease lease, int number) {
        store.save(lease, Instant.EPOCH, List.of(Kept.checkpoint(SOL, number)));
    }

    private void assertKept(int number) {
        Kept.assertKept(store.load(SOL), number);
    }

    /** What costs more the more there is of other clinics, other days or settled entities would show here. */
    @Test
    void everyQuestionUsesAnIndex() {
        Lease lease = store.lease(0, 1, "a", LONG);
        for (int clinic = 0; clinic < 20; clinic++) {
            store.save(lease, Instant.EPOCH, List.of(Kept.large(ClinicId.of("c" + clinic))));
        }

        assertThat(plan(CheckpointQueries.READ, "0", "'c7'", "'c7'", "3"))
                .containsPattern(uses("kpi_day_version", "clinic_no", "version"))
                .containsPattern(uses("kpi_entity_open", "clinic_no", "open_message_at"))
                .doesNotContainPattern("(?i)Seq Scan on kpi_(day|entity|clinic|checkpoint)|tableScan");
        assertThat(plan(CheckpointQueries.LOAD, "'c7'", "'c7'", "'c7'"))
                .doesNotContainPattern("(?i)Seq Scan on kpi_(day|entity|clinic|checkpoint)|tableScan");
        assertThat(plan(CheckpointSave.DROP_DAYS, "7")).doesNotContainPattern("(?i)Seq Scan|tableScan");
        assertThat(plan(CheckpointSave.DROP_ENTITIES, "7")).doesNotContainPattern("(?i)Seq Scan|tableScan");
        assertThat(plan(CheckpointSave.DROP_ENTITY, "7", "1", "1"))
                .containsPattern("(?is)clinic_no = .*kind = .*entity = ")
                .doesNotContainPattern("(?i)Seq Scan|tableScan");
        assertThat(plan(CheckpointSave.FIND.replace("UNNEST(?)", "UNNEST(ARRAY['c7', 'c8'])")))
                .doesNotContainPattern("(?i)Seq Scan on|kpi_(clinic|checkpoint)\\.tableScan");
    }

    /** The index, and then both conditions in either order, none of them a mere filter. */
    private static String uses(String index, String clinic, String range) {
        String near = "((?!Filter).){0,240}\\b";
        return "(?is)" + index + "[^\\n]*\\s(?=" + near + clinic + " = )" + near + range + " > ";
    }

    private String plan(String query, String... parameters) {
        String sql = ClinicKpiSchema.standard().sql(query);
        for (String parameter : parameters) {
            sql = sql.replaceFirst("\\?", Matcher.quoteReplacement(parameter));
        }
        return database.plan(sql);
    }

    /** Whether the commit went through or not: to save the same again leaves the same, and readers are told of it. */
    @Test
    void aSaveWhoseWordWasLostMayBeSavedAgain() {
        StoppingSource source = new StoppingSource(database.newPool(2));
        JdbcCellStore far = JdbcCellStore.open(source);
        Lease lease = far.lease(0, 1, "a", LONG);
        save(far, lease, 1);
        KeptCells before = store.read(SOL, 0, Duration.ZERO);

        source.before(JdbcCellStoreTest::breakCommit);
        assertThatFails(() -> save(far, lease, 2), Fault.UNREACHABLE, "The cell store could not save cells");
        assertKept(1);
        source.before(step -> {});
        source.after(JdbcCellStoreTest::breakCommit);
        assertThatFails(() -> save(far, lease, 2), Fault.UNREACHABLE, "The cell store could not save cells");
        assertKept(2);

        source.after(step -> {});
        save(far, lease, 2);
        assertKept(2);
        KeptCells after = store.read(SOL, before.version(), Duration.ZERO);
        assertThat(after.days().get(1L)).isEqualTo(Kept.says(2));
        assertThat(after.version()).isGreaterThan(before.version());
    }

    private static void breakCommit(String step) throws SQLException {
        if (step.equals(StoppingSource.COMMIT)) {
            throw new SQLException("the wire was cut", LOST_CONNECTION);
        }
    }

    /** Connections are cut at any moment of saves: each leaves all of what it saved, or nothing. */
    @Test
    void aConnectionThatIsCutLeavesAllOrNothing() throws Exception {
        Assumptions.assumeTrue(kind == DatabaseKind.POSTGRESQL, "an embedded database goes with its process");
        PGSimpleDataSource source = (PGSimpleDataSource) database.source();
        source.setApplicationName("saver");
        JdbcCellStore far = JdbcCellStore.open(source);
        Lease lease = store.lease(0, 1, "a", LONG);
        save(store, lease, 0);
        AtomicBoolean done = new AtomicBoolean();
        String cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database.name()
                + "' AND application_name = 'saver'";

        List<Integer> failures = Threads.atOnce(2, thread -> {
            Random random = new Random(thread);
            int failed = 0;
            if (thread == 1) {
                while (!done.get()) {
                    Thread.sleep(random.nextInt(40));
                    PostgresServer.administer(cut);
                }
                return 0;
            }
            for (int number = 1; number <= 40; number++) {
                boolean saved = false;
                while (!saved) {
                    try {
                        save(far, lease, number);
                        saved = true;
                    } catch (JdbcStoreException e) {
                        failed++;
                    }
                    assertAllOrNothing(number, saved);
                }
            }
            done.set(true);
            return failed;
        });

        assertThat(failures.get(0)).as("saves that were cut").isPositive();
        assertKept(40);
    }

    private void assertAllOrNothing(int number, boolean saved) {
        Checkpoint kept = store.load(SOL);
        assertThat(kept.position()).isBetween(saved ? number : number - 1L, (long) number);
        Kept.assertKept(kept, (int) kept.position());
    }

    /** Limits of one save are none of the next borrower's. */
    @Test
    void aConnectionIsGivenBackWithoutLimits() {
        Assumptions.assumeTrue(kind == DatabaseKind.POSTGRESQL, "H2 has no such limits");
        database.pool().setMaximumPoolSize(1);
        save(store, store.lease(0, 1, "a", LONG), 1);

        for (String limit : List.of("idle_in_transaction_session_timeout", "transaction_timeout", "lock_timeout")) {
            assertThat(database.query("SELECT current_setting('" + limit + "')"))
                    .containsExactly("0");
        }
    }

    /** A host may append a clinic's events in a transaction of its own, and leave that open. */
    @Test
    void aSaveDoesNotWaitForTheLog() throws SQLException {
        JdbcEventLog.open(database.pool()).append(List.of(Facts.csat(SOL, 1, 5)));
        Lease lease = store.lease(0, 1, "a", LONG);
        try (Connection host = database.source().getConnection();
                Statement statement = host.createStatement()) {
            host.setAutoCommit(false);
            if (kind == DatabaseKind.POSTGRESQL) {
                statement.execute("SET LOCAL clinic_kpi.clinic = 'sol'");
            }
            statement.execute("SELECT clinic_no FROM clinic_kpi.kpi_clinic WHERE clinic = 'sol' FOR UPDATE");

            long begun = System.nanoTime();
            save(store, lease, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            host.rollback();
        }
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_clinic")).containsExactly("1");
        assertKept(1);
    }

    @Test
    void whatCannotBeReadIsSaidToBeDamaged() {
        save(store, store.lease(0, 1, "a", LONG), 1);

        for (String ahead : List.of("00", "00000000000000010000000501", "000000000000000100000001FF")) {
            database.sql("UPDATE clinic_kpi.kpi_checkpoint SET ahead = " + database.bytes(ahead));
            assertThatFails(() -> store.load(SOL), Fault.DAMAGED, "in the table kpi_checkpoint");
        }
        database.sql("UPDATE clinic_kpi.kpi_checkpoint SET ahead = " + database.bytes(""));
        database.sql("UPDATE clinic_kpi.kpi_entity SET kind = 9");
        assertThatFails(() -> store.load(SOL), Fault.DAMAGED, "in the table kpi_entity");
        assertThat(store.read(SOL, 0, Duration.ZERO).days()).containsOnlyKeys(1L);
    }

    @Test
    void aLeaseThatCannotBeIsRefused() {
        for (ThrowingCallable lease : List.<ThrowingCallable>of(
                () -> store.lease(-1, 2, "a", LONG),
                () -> store.lease(2, 2, "a", LONG),
                () -> store.lease(0, 0, "a", LONG),
                () -> store.lease(0, 2, "", LONG),
                () -> store.lease(0, 2, "a".repeat(201), LONG),
                () -> store.lease(0, 2, "a", Duration.ofMillis(-1)))) {
            assertThatThrownBy(lease).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.lease(1, 2, "a".repeat(200), LONG)).isNotNull();
    }

    @Test
    void eachRoleMayDoItsPart() {
        Assumptions.assumeTrue(kind == DatabaseKind.POSTGRESQL, "H2 has no such roles");
        PostgresRole.grant(database.name());
        JdbcCellStore writer = JdbcCellStore.open(database.newPoolAs(PostgresRole.WRITER.role(), 2));
        JdbcCellStore application = JdbcCellStore.open(database.newPoolAs(PostgresRole.APPLICATION.role(), 2));

        Lease lease = writer.lease(0, 1, "a", LONG);
        save(writer, lease, 1);
        save(writer, lease, 2);
        writer.release(lease);
        assertThat(writer.standings()).containsOnlyKeys(SOL);

        Kept.assertKept(application.load(SOL), 2);
        assertThat(application.read(SOL, 0, Duration.ZERO).days().get(1L)).isEqualTo(Kept.says(2));
        assertThatFails(application::standings, Fault.DENIED, "docs/database.md");
        assertThatFails(() -> application.lease(0, 1, "b", LONG), Fault.DENIED, "could not lease a shard");
        assertThatFails(() -> save(application, lease, 3), Fault.DENIED, "could not save cells");
        assertKept(2);
    }

    /** It goes on by itself once the database is back, and has kept what it said it kept. */
    @Test
    void aDatabaseThatWasAway() {
        Lease lease = store.lease(0, 1, "a", LONG);
        save(store, lease, 1);
        database.sql("ALTER SCHEMA clinic_kpi RENAME TO away");

        assertThatFails(() -> save(store, lease, 2), Fault.OTHER_VERSION, "The cell store could not save cells");
        assertThatFails(() -> store.lease(0, 1, "a", LONG), Fault.OTHER_VERSION, "could not lease a shard");
        assertThatFails(() -> store.load(SOL), Fault.OTHER_VERSION, "could not load a clinic");
        assertThatFails(() -> store.read(SOL, 0, LONG), Fault.OTHER_VERSION, "could not read cells");
        assertThatFails(store::standings, Fault.OTHER_VERSION, "could not find where clinics stand");

        database.sql("ALTER SCHEMA away RENAME TO clinic_kpi");
        assertKept(1);
        save(store, lease, 2);
        assertKept(2);
    }

    private static void assertThatFails(ThrowingCallable call, Fault fault, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(message);
    }
}
