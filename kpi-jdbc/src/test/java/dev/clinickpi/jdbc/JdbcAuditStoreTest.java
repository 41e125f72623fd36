package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore.Entry;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import dev.clinickpi.testkit.Threads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcAuditStoreTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcAuditStore audit;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        audit = JdbcAuditStore.open(database.pool());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void aTrailIsReadPageByPage() {
        for (int i = 1; i <= 25; i++) {
            audit.write(record(i, i % 3 == 0 ? SOL : MAR));
        }

        assertThat(audit.read(1, 10)).extracting(Entry::number).isEqualTo(numbers(1, 10));
        assertThat(audit.read(21, 10)).extracting(Entry::number).isEqualTo(numbers(21, 25));
        assertThat(audit.read(26, 10)).isEmpty();
        List<Entry> first = audit.read(SOL, 1, 5);
        assertThat(first).extracting(Entry::number).containsExactly(3L, 6L, 9L, 12L, 15L);
        assertThat(audit.read(SOL, 16, 5)).extracting(Entry::number).containsExactly(18L, 21L, 24L);
        assertThat(first.get(4)).isEqualTo(new Entry(15, record(15, SOL)));
        assertThat(audit.read(ClinicId.of("luna"), 1, 5)).isEmpty();
    }

    /** What is rolled back leaves no gap: its number is the next one's. */
    @Test
    void numbersHaveNoGapsWhateverIsRolledBack() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        Threads.atOnce(6, thread -> {
            for (int i = 0; i < 20; i++) {
                if ((thread + i) % 3 == 0) {
                    rollBackOne(failed);
                } else {
                    audit.write(record(thread * 100 + i, SOL));
                }
            }
            return thread;
        });

        assertThat(failed.get()).isEqualTo(40);
        assertThat(audit.read(1, 10_000)).extracting(Entry::number).isEqualTo(numbers(1, 80));
    }

    private void rollBackOne(AtomicInteger failed) {
        Database opened = Database.open(database.pool(), ClinicKpiSchema.standard());
        AuditStatements statements = new AuditStatements(opened);
        Transactions transactions = new Transactions("The audit log", opened, Duration.ofSeconds(30));
        try {
            transactions.run("write", Scope.of(SOL), connection -> {
                statements.write(connection, record(-1, SOL));
                throw new IllegalStateException("rolled back");
            });
        } catch (IllegalStateException e) {
            failed.incrementAndGet();
        }
    }

    /** Nothing takes a record back: not the owner of the table, and on PostgreSQL no role at all. */
    @Test
    void aRecordCannotBeChangedOrRemoved() {
        audit.write(record(1, SOL));
        audit.write(record(2, SOL));
        List<Entry> before = audit.read(1, 10);
        List<String> changes = new ArrayList<>(List.of(
                "UPDATE clinic_kpi.kpi_audit SET detail = 'nothing'",
                "UPDATE clinic_kpi.kpi_audit SET audit_no = 7",
                "UPDATE clinic_kpi.kpi_audit SET detail = 'nothing' WHERE 1 = 0",
                "DELETE FROM clinic_kpi.kpi_audit",
                "DELETE FROM clinic_kpi.kpi_audit WHERE audit_no = 1",
                "TRUNCATE TABLE clinic_kpi.kpi_audit"));
        if (kind == DatabaseKind.POSTGRESQL) {
            changes.add("TRUNCATE TABLE clinic_kpi.kpi_audit CASCADE");
            changes.add("INSERT INTO clinic_kpi.kpi_audit (audit_no, detail) SELECT 1, 'x'"
                    + " ON CONFLICT (audit_no) DO UPDATE SET detail = 'nothing'");
            changes.add("MERGE INTO clinic_kpi.kpi_audit a USING (SELECT 1) one ON TRUE WHEN MATCHED THEN DELETE");
        }
        for (String change : changes) {
            assertThatThrownBy(() -> database.sql(change)).as(change).hasCauseInstanceOf(SQLException.class);
        }
        assertThat(audit.read(1, 10)).isEqualTo(before);
    }

    @Test
    void noRoleOfPostgresMayChangeOrRemoveARecord() {
        assumeTrue(kind == DatabaseKind.POSTGRESQL);
        PostgresRole.grant(database.name());
        audit.write(record(1, SOL));
        for (PostgresRole role : PostgresRole.values()) {
            for (String change : List.of(
                    "UPDATE clinic_kpi.kpi_audit SET detail = 'nothing'",
                    "DELETE FROM clinic_kpi.kpi_audit",
                    "TRUNCATE TABLE clinic_kpi.kpi_audit")) {
                assertThatThrownBy(() -> runAs(role, change))
                        .as(role + ": " + change)
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(audit.read(1, 10)).extracting(Entry::record).containsExactly(record(1, SOL));
    }

    /** A writer does not even choose the number of its record; the owner may say one, and is not listened to. */
    @Test
    void aNumberCannotBeForged() throws SQLException {
        assumeTrue(kind == DatabaseKind.POSTGRESQL);
        PostgresRole.grant(database.name());
        String forged = "INSERT INTO clinic_kpi.kpi_audit (audit_no, detail) VALUES (77, 'forged')";
        for (PostgresRole role : PostgresRole.values()) {
            if (role != PostgresRole.OWNER) {
                assertThatThrownBy(() -> runAs(role, forged)).as(role.name()).isInstanceOf(SQLException.class);
            }
        }
        runAs(PostgresRole.OWNER, forged);

        assertThat(audit.read(1, 10)).extracting(Entry::number).containsExactly(1L);
    }

    private void runAs(PostgresRole role, String sql) throws SQLException {
        try (Connection connection =
                        PostgresServer.as(role.role(), database.name()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET clinic_kpi.clinic = 'sol'");
            statement.execute(sql);
        }
    }

    /** Connections die under the writers: what was said to be written is there, once; the rest said that it failed; no number is missing. */
    @Test
    void whatWasWrittenSurvivesKilledConnections() throws Exception {
        assumeTrue(kind == DatabaseKind.POSTGRESQL);
        // A connection for each write, since a pool takes seconds to come to itself.
        audit = JdbcAuditStore.open(database.source());
        Set<String> said = ConcurrentHashMap.newKeySet();
        AtomicInteger failed = new AtomicInteger();
        // Somebody has written before the next are killed, or nobody might ever.
        Semaphore written = new Semaphore(0);
        Threads.atOnce(5, thread -> {
            if (thread == 0) {
                for (int i = 0; i < 20; i++) {
                    PostgresServer.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                            + database.name() + "' AND pid <> pg_backend_pid()");
                    written.drainPermits();
                    if (!written.tryAcquire(1, TimeUnit.SECONDS)) {
                        break;
                    }
                }
                return thread;
            }
            for (int i = 0; i < 100; i++) {
                int number = thread * 1_000 + i;
                try {
                    audit.write(record(number, SOL));
                    said.add(Integer.toString(number));
                    written.release();
                } catch (JdbcStoreException e) {
                    assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE);
                    failed.incrementAndGet();
                }
            }
            return thread;
        });

        assertThat(failed.get()).isPositive();
        List<Entry> entries = audit.read(1, 10_000);
        assertThat(entries).extracting(Entry::number).isEqualTo(numbers(1, entries.size()));
        assertThat(entries)
                .extracting(entry -> entry.record().detail())
                .doesNotHaveDuplicates()
                .containsAll(said);
    }

    /** Somebody holds the lock that every writer needs: the write gives up, in time, and stores nothing. */
    @Test
    void aWriteThatTakesTooLongThrowsInTime() throws SQLException {
        audit = JdbcAuditStore.open(database.pool(), ClinicKpiSchema.standard(), Duration.ofMillis(300));
        try (Connection other = database.source().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE clinic_kpi.kpi_audit_head SET last_no = last_no");
            Instant begin = Instant.now();

            assertThatThrownBy(() -> audit.write(record(1, SOL)))
                    .isInstanceOfSatisfying(
                            JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TIMEOUT))
                    .hasMessageStartingWith("The audit log could not write: the database took too long");

            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(6));
            other.rollback();
        }
        assertThat(audit.read(1, 10)).isEmpty();
        audit.write(record(2, SOL));
        assertThat(audit.read(1, 10)).containsExactly(new Entry(1, record(2, SOL)));
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatThrownBy(() -> audit.read(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> audit.read(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> audit.read(SOL, 1, 10_001)).isInstanceOf(IllegalArgumentException.class);
        for (Duration limit : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofMinutes(61))) {
            assertThatThrownBy(() -> JdbcAuditStore.open(database.pool(), ClinicKpiSchema.standard(), limit))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRecordOfALaterVersionIsNamed() {
        database.sql(
                kind == DatabaseKind.H2
                        ? "INSERT INTO clinic_kpi.kpi_audit (audit_no, at, nanos, principal, role, action, detail)"
                                + " VALUES (1, CURRENT_TIMESTAMP, 0, 'ana', 'AUDITOR', 'READ_FIGURES', '')"
                        : "INSERT INTO clinic_kpi.kpi_audit (principal, role, action, detail) VALUES ('ana', 'AUDITOR', 'READ_FIGURES', '')");

        assertThatThrownBy(() -> audit.read(1, 10))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.OTHER_VERSION))
                .hasMessageContaining("record 1 in kpi_audit")
                .hasMessageContaining("update the library");
    }

    /** A page costs what it holds. */
    @Test
    void aPageIsFoundByAnIndex() {
        for (int i = 0; i < 200; i++) {
            audit.write(record(i, i % 2 == 0 ? SOL : MAR));
        }
        assertThat(database.plan(ClinicKpiSchema.standard()
                        .sql(AuditStatements.ALL)
                        .replaceFirst("\\?", "9")
                        .replace("?", "5")))
                .containsPattern("(?i)kpi_audit_pkey|primary_key");
        assertThat(database.plan(ClinicKpiSchema.standard()
                        .sql(AuditStatements.OF_CLINIC)
                        .replaceFirst("\\?", "'sol'")
                        .replaceFirst("\\?", "150")
                        .replace("?", "5")))
                .containsPattern("(?is)kpi_audit_(clinic|pkey)|primary_key");
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static AuditRecord record(int number, ClinicId clinic) {
        return new AuditRecord(
                Instant.ofEpochSecond(number),
                "ana",
                Role.CLINIC_ADMIN,
                AuditRecord.Action.READ_FIGURES,
                clinic,
                Integer.toString(number));
    }
}
