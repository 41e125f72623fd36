package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each role of {@code roles.sql} may do, and what it may not. */
class RolesTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        PostgresRole.grant(database.name());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = PostgresRole.class,
            names = {"APPLICATION", "WRITER", "OWNER"})
    void whoRecordsMayAppendAndReadAndAudit(PostgresRole role) {
        HikariDataSource pool = database.newPoolAs(role.role(), 2);
        JdbcEventLog log = JdbcEventLog.open(pool);
        JdbcAuditStore audit = JdbcAuditStore.open(pool);

        assertThat(log.append(List.of(Facts.csat(SOL, 1, 5), Facts.csat(MAR, 1, 4), Facts.csat(SOL, 2, 3)))
                        .outcomes())
                .containsOnly(Outcome.ACCEPTED);
        audit.write(record(SOL));
        audit.write(record(null));

        assertThat(read(log, SOL)).hasSize(2);
        assertThat(read(log, MAR)).hasSize(1);
        assertThat(audit.read(SOL, 1, 10)).extracting(AuditStore.Entry::record).containsExactly(record(SOL));
    }

    /** Before the first migration the script prepares it, and nothing but its own messages says that it ran before. */
    @Test
    void theScriptMayRunBeforeAndAgain() throws SQLException {
        try (TestDatabase empty = TestDatabase.empty(DatabaseKind.POSTGRESQL)) {
            PostgresRole.grant(empty.name());
            ClinicKpiSchema.standard().migrate(empty.pool());
            PostgresRole.grant(empty.name());
            List<String> once = Catalogue.of(empty, "clinic_kpi");
            PostgresRole.grant(empty.name());

            assertThat(Catalogue.of(empty, "clinic_kpi")).isEqualTo(once);
            assertThat(JdbcEventLog.open(empty.newPoolAs(PostgresRole.APPLICATION.role(), 1))
                            .append(List.of(Facts.csat(SOL, 1, 5)))
                            .outcomes())
                    .containsExactly(Outcome.ACCEPTED);
        }
    }

    /** A deployment may be made by one role and run by another, which cannot change the tables. */
    @ParameterizedTest
    @EnumSource(value = PostgresRole.class, mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void nobodyButTheOwnerChangesTheSchema(PostgresRole role) {
        for (String sql : List.of(
                "CREATE TABLE clinic_kpi.mine (id INTEGER)",
                "ALTER TABLE clinic_kpi.kpi_fact NO FORCE ROW LEVEL SECURITY",
                "DROP POLICY clinic_isolation ON clinic_kpi.kpi_fact",
                "ALTER TABLE clinic_kpi.kpi_audit DISABLE TRIGGER refuse_to_change",
                "UPDATE clinic_kpi.kpi_schema SET version = 0",
                "UPDATE clinic_kpi.kpi_audit_head SET last_no = 0",
                "SELECT * FROM clinic_kpi.clinic_kpi_migration",
                "ALTER FUNCTION clinic_kpi.span_clinics() STRICT",
                "SET session_replication_role = replica")) {
            assertThatIsRefused(role, sql);
        }
    }

    /** Whoever answers questions adds benchmarks, which have no clinic, and every clinic's questions read them. */
    @Test
    void benchmarksAreAddedByWhoAnswersAndChangedByNobody() {
        YearMonth march = YearMonth.of(2026, 3);
        JdbcBenchmarkStore application =
                JdbcBenchmarkStore.open(database.newPoolAs(PostgresRole.APPLICATION.role(), 1));
        assertThat(application.add("dental", march, new byte[] {1})).isTrue();
        assertThat(JdbcBenchmarkStore.open(database.newPoolAs(PostgresRole.WRITER.role(), 1))
                        .load("dental", march))
                .isPresent();
        for (PostgresRole role : PostgresRole.values()) {
            assertThatIsRefused(role, "DELETE FROM clinic_kpi.kpi_benchmark");
            assertThatIsRefused(role, "UPDATE clinic_kpi.kpi_benchmark SET month_no = 0");
            assertThatIsRefused(role, "TRUNCATE clinic_kpi.kpi_benchmark");
        }
    }

    @Test
    void businessIntelligenceIsGivenNoTable() {
        for (String table : database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'clinic_kpi'")) {
            if (!table.equals("kpi_schema")) {
                assertThatIsRefused(PostgresRole.BI, "SELECT 1 FROM clinic_kpi." + table);
            }
        }
        JdbcEventLog log = JdbcEventLog.open(database.newPoolAs(PostgresRole.BI.role(), 1));
        assertThatThrownBy(() -> log.append(List.of(Facts.csat(SOL, 1, 5))))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DENIED))
                .hasMessageContaining("docs/database.md");
    }

    /** No record, no row: the service role sees a clinic once its own committed record says that it does, and for an hour. */
    @Test
    void theServiceRoleReadsOnRecord() throws SQLException {
        JdbcEventLog.open(database.pool()).append(List.of(Facts.csat(SOL, 1, 5), Facts.csat(MAR, 1, 4)));
        String facts = "SELECT COUNT(*) FROM clinic_kpi.kpi_fact";
        String open = "INSERT INTO clinic_kpi.kpi_audit (detail) VALUES ('Ticket 4711: figures of March')";
        try (Connection service =
                database.newPoolAs(PostgresRole.SERVICE.role(), 1).getConnection()) {
            service.setAutoCommit(false);
            assertThat(number(service, "sol", facts)).isZero();

            execute(service, "sol", open);
            assertThat(number(service, "sol", facts)).as("not committed yet").isZero();
            service.rollback();
            assertThat(number(service, "sol", facts)).as("rolled back").isZero();
            service.rollback();

            execute(service, "sol", open);
            service.commit();
            assertThat(number(service, "sol", facts)).isEqualTo(1);
            assertThat(number(service, "mar", facts)).isZero();
            service.rollback();
        }
        AuditRecord record =
                JdbcAuditStore.open(database.pool()).read(1, 10).get(0).record();
        assertThat(record.principal()).isEqualTo(PostgresRole.SERVICE.role());
        assertThat(record.action()).isEqualTo(AuditRecord.Action.OPEN_TABLES);
        assertThat(record.role()).isEqualTo(Role.SERVICE_ROLE);
        assertThat(record.clinic()).isEqualTo(SOL);
        assertThat(record.detail()).isEqualTo("Ticket 4711: figures of March");
    }

    /** An hour later, or for another service login, the record is worth nothing. */
    @Test
    void aServiceRecordRunsOutAndIsItsOwnersAlone() throws SQLException {
        JdbcEventLog.open(database.pool()).append(List.of(Facts.csat(SOL, 1, 5)));
        String record =
                "INSERT INTO clinic_kpi.kpi_audit (at, principal, clinic, detail) VALUES (now() - INTERVAL '%s', '%s', 'sol', 'a reason')";
        String facts = "SELECT COUNT(*) FROM clinic_kpi.kpi_fact";
        try (Connection service =
                database.newPoolAs(PostgresRole.SERVICE.role(), 1).getConnection()) {
            service.setAutoCommit(false);
            database.sql(record.formatted("61 minutes", PostgresRole.SERVICE.role()));
            database.sql(record.formatted("1 minute", "kpi_test_other"));
            assertThat(number(service, "sol", facts)).isZero();
            service.rollback();

            database.sql(record.formatted("59 minutes", PostgresRole.SERVICE.role()));
            assertThat(number(service, "sol", facts)).isEqualTo(1);
            service.rollback();
        }
    }

    @Test
    void theServiceRoleOnlyReadsAndNeverForgesARecord() {
        for (String sql : List.of(
                "INSERT INTO clinic_kpi.kpi_audit (detail, principal) VALUES ('a reason', 'somebody else')",
                "INSERT INTO clinic_kpi.kpi_audit (detail, at) VALUES ('a reason', now() + INTERVAL '1 year')",
                "INSERT INTO clinic_kpi.kpi_clinic (clinic) VALUES ('sol')",
                "INSERT INTO clinic_kpi.kpi_fact (fact_no, clinic_no, event_id, content) VALUES (1, 1, 1, '')",
                "UPDATE clinic_kpi.kpi_clinic SET facts = 0",
                "DELETE FROM clinic_kpi.kpi_fact",
                "SELECT * FROM clinic_kpi.kpi_audit")) {
            assertThatIsRefused(PostgresRole.SERVICE, sql);
        }
        for (String reason : List.of("''", "'  '", "NULL")) {
            assertThatThrownBy(() -> run(
                            PostgresRole.SERVICE, "INSERT INTO clinic_kpi.kpi_audit (detail) VALUES (" + reason + ")"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("23"));
        }
    }

    private void assertThatIsRefused(PostgresRole role, String sql) {
        assertThatThrownBy(() -> run(role, sql))
                .as(role + ": " + sql)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    private void run(PostgresRole role, String sql) throws SQLException {
        try (Connection connection =
                PostgresServer.as(role.role(), database.name()).getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "sol", sql);
        }
    }

    private static void execute(Connection connection, String clinic, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL clinic_kpi.clinic = '" + clinic + "'");
            statement.execute(sql);
        }
    }

    private static int number(Connection connection, String clinic, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL clinic_kpi.clinic = '" + clinic + "'");
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static AuditRecord record(ClinicId clinic) {
        return new AuditRecord(
                Instant.EPOCH, "ana", Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, clinic, "March");
    }

    private static List<Fact> read(JdbcEventLog log, ClinicId clinic) {
        List<Fact> facts = new ArrayList<>();
        log.read(clinic, 0, (position, fact) -> facts.add(fact));
        return facts;
    }
}
