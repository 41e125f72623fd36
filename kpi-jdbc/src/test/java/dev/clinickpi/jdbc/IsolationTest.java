package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;

/**
 * No row of another clinic is seen or touched on PostgreSQL: in any table or view of the schema, by any role, whatever the clinic is said to be. The
 * tables are those of the catalogue, so that a new one is not forgotten: it is among them, and has to be filled in {@link #fill}.
 */
class IsolationTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");

    /** Tables that hold nothing of a clinic, each with its reason. */
    private static final Map<String, String> OF_NO_CLINIC = Map.of(
            "kpi_schema", "the version of the scripts",
            "kpi_benchmark", "figures of at least six owners together, the same for whoever looks",
            "kpi_retention", "from when on facts are kept",
            "clinic_kpi_migration", "Flyway's history; no role but the owner may read it",
            "kpi_sharding", "how many shards there are; no role but the writer may read it",
            "kpi_shard", "who writes a shard",
            "kpi_audit_head", "how many records there are; no role but the owner may read it");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static TestDatabase database;

    /** Table or view, and its column of the clinic. */
    private static final Map<String, String> BY_CLINIC = new TreeMap<>();

    @BeforeAll
    static void create() {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
        PostgresRole.grant(database.name());
        fill(SOL);
        fill(MAR);
        database.sql(
                "INSERT INTO clinic_kpi.kpi_forgotten (clinic_no, kind, entity) SELECT clinic_no, 1, 1 FROM clinic_kpi.kpi_clinic");
        database.sql(
                "INSERT INTO clinic_kpi.kpi_erased (clinic_no, kind, entity) SELECT clinic_no, 1, 1 FROM clinic_kpi.kpi_clinic");
        database.sql(
                "INSERT INTO clinic_kpi.kpi_erasing (clinic_no, fact_no, erasure, event_id, content) SELECT clinic_no, 1, 1, 1, '' FROM clinic_kpi.kpi_clinic");
        for (String row : database.query("SELECT c.relname || ' ' || min(a.attname) FROM pg_class c"
                + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('clinic', 'clinic_no') AND NOT a.attisdropped"
                + " WHERE c.relnamespace = 'clinic_kpi'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
                + " GROUP BY c.relname")) {
            BY_CLINIC.put(row.split(" ")[0], row.split(" ")[1]);
        }
    }

    /** Leaves rows of a clinic in every table that can have some. */
    private static void fill(ClinicId clinic) {
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        log.append(List.of(
                Facts.csat(clinic, 1, 5),
                Facts.csat(clinic, 2, 4),
                Facts.csat(clinic, 4, 1, "2000-01-01T00:00:00Z"),
                Facts.csat(clinic, 5, 1, "2050-01-01T00:00:00Z")));
        try (Connection host = database.pool().getConnection()) {
            host.setAutoCommit(false);
            log.outbox(host).append(List.of(Facts.csat(clinic, 6, 5)));
            host.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        JdbcAuditStore.open(database.pool()).write(record(clinic));
        CellStore cells = JdbcCellStore.open(database.pool());
        cells.save(cells.lease(0, 1, "fill", Duration.ofHours(1)), Instant.EPOCH, List.of(Kept.checkpoint(clinic, 1)));
        JdbcPublicationStore.open(database.pool()).save(clinic, 1, new byte[] {1});
    }

    private static AuditRecord record(ClinicId clinic) {
        return new AuditRecord(
                Instant.EPOCH, "ana", Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, clinic, "a test");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    static List<String> tables() {
        return List.copyOf(BY_CLINIC.keySet());
    }

    @Test
    void aTableWithoutAClinicHasAReason() {
        List<String> others = new ArrayList<>(database.query("SELECT relname FROM pg_class"
                + " WHERE relnamespace = 'clinic_kpi'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')"));
        others.removeAll(BY_CLINIC.keySet());

        assertThat(others).containsExactlyInAnyOrderElementsOf(OF_NO_CLINIC.keySet());
        assertThat(BY_CLINIC).containsKeys("kpi_clinic", "kpi_fact", "kpi_audit");
    }

    @Test
    void everyTableOfClinicsForcesItsPolicy() {
        assertThat(database.query("SELECT relname FROM pg_class c WHERE relnamespace = 'clinic_kpi'::regnamespace"
                        + " AND relkind IN ('r', 'p') AND relrowsecurity AND relforcerowsecurity"
                        + " AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)"))
                .containsExactlyInAnyOrderElementsOf(database.query("SELECT relname FROM pg_class"
                        + " WHERE relnamespace = 'clinic_kpi'::regnamespace AND relkind IN ('r', 'p')"
                        + " AND relname IN ('" + String.join("', '", BY_CLINIC.keySet()) + "')"));
        assertThat(database.query("SELECT relname FROM pg_class WHERE relnamespace = 'clinic_kpi'::regnamespace"
                        + " AND relkind IN ('m', 'f')"))
                .as("what no policy can guard")
                .isEmpty();
    }

    @Test
    void noRolePassesThePolicies() {
        for (PostgresRole role : PostgresRole.values()) {
            assertThat(database.query(
                            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = '" + role.role() + "'"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyTableHasRowsOfBothClinics(String table) {
        assertThat(contents(table, SOL)).isNotEmpty();
        assertThat(contents(table, MAR)).isNotEmpty();
    }

    /** One connection, lent again and again: for a clinic, for another, for none, after a failure. The owner may do whatever a policy lets it. */
    @ParameterizedTest
    @MethodSource("tables")
    void aPooledConnectionShowsEachBorrowerItsOwn(String table) throws SQLException {
        try (HikariDataSource one = database.newPoolAs(PostgresRole.OWNER.role(), 1)) {
            for (ClinicId clinic : List.of(SOL, MAR, SOL)) {
                ClinicId other = clinic.equals(SOL) ? MAR : SOL;
                assertThat(rows(one, clinic.value(), select(table) + of(table, clinic)))
                        .isPositive();
                assertThat(rows(one, clinic.value(), select(table) + of(table, other)))
                        .isZero();
                assertThat(rows(one, null, select(table))).isZero();
                assertThatThrownBy(() -> rows(one, clinic.value(), "SELECT 1/0"))
                        .isInstanceOf(PSQLException.class);
                assertThat(rows(one, null, select(table))).isZero();
            }
        }
    }

    static List<String> clinicsThatAreNone() {
        return List.of(
                "",
                "luna",
                "SOL",
                " sol",
                "sol ",
                "' OR 1=1",
                "' OR '1'='1",
                "sol' --",
                "sol'; RESET ROLE; --",
                "sol,mar",
                "{sol,mar}",
                "sol\nmar",
                "[\"sol\",\"mar\"]",
                "%",
                "*",
                "s_l",
                "(SELECT clinic FROM kpi_clinic)",
                "every clinic",
                "\\");
    }

    @ParameterizedTest
    @MethodSource("clinicsThatAreNone")
    void whatIsNoClinicShowsAndTouchesNothing(String clinic) throws SQLException {
        try (HikariDataSource one = database.newPoolAs(PostgresRole.OWNER.role(), 1)) {
            for (String table : tables()) {
                assertThatNothingIsTouched(one, clinic, table, "");
                assertThatInsertIsRefused(one, clinic, table, SOL);
                assertThatInsertIsRefused(one, clinic, table, MAR);
            }
        }
    }

    /** Never set, which is not the same as empty. */
    @ParameterizedTest
    @MethodSource("tables")
    void aConnectionThatNeverNamedAClinicShowsAndTouchesNothing(String table) throws SQLException {
        for (PostgresRole role : PostgresRole.values()) {
            try (HikariDataSource one = database.newPoolAs(role.role(), 1)) {
                assertThatNothingIsTouched(one, null, table, "");
                assertThatInsertIsRefused(one, null, table, SOL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void nothingOfAnotherClinicIsTouched(String table) throws SQLException {
        for (PostgresRole role : PostgresRole.values()) {
            try (HikariDataSource one = database.newPoolAs(role.role(), 1)) {
                assertThatNothingIsTouched(one, "sol", table, of(table, MAR));
                assertThatInsertIsRefused(one, "sol", table, MAR);
                assertThatIsRefused(
                        one,
                        "sol",
                        "moving rows to another clinic",
                        "UPDATE clinic_kpi." + table + " SET " + BY_CLINIC.get(table) + " = " + value(table, MAR));
            }
        }
    }

    /** To ask for all clinics is not enough: a role has to have the right, or it is told so. */
    @ParameterizedTest
    @EnumSource(
            value = PostgresRole.class,
            names = {"APPLICATION", "SERVICE", "BI"})
    void onlyAWriterSpansClinics(PostgresRole role) throws SQLException {
        try (HikariDataSource one = database.newPoolAs(role.role(), 1);
                HikariDataSource writer = database.newPoolAs(PostgresRole.WRITER.role(), 1)) {
            String everywhere = "SELECT set_config('clinic_kpi.scope', 'every clinic', true)";
            assertThat(rows(writer, null, everywhere, select("kpi_clinic"))).isEqualTo(2);
            assertThat(rows(one, null, everywhere, select("kpi_clinic"))).isZero();

            assertThat(JdbcEventLog.open(writer).ends()).containsOnlyKeys(SOL, MAR);
            JdbcEventLog log = JdbcEventLog.open(one);
            assertThatThrownBy(log::ends)
                    .isInstanceOfSatisfying(
                            JdbcStoreException.class,
                            e -> assertThat(e.fault()).isEqualTo(JdbcStoreException.Fault.DENIED));
        }
    }

    private static void assertThatNothingIsTouched(DataSource source, String clinic, String table, String where)
            throws SQLException {
        assertThat(rows(source, clinic, select(table) + where)).isZero();
        String column = BY_CLINIC.get(table);
        assertThat(rows(source, clinic, "UPDATE clinic_kpi." + table + " SET " + column + " = " + column + where))
                .isZero();
        assertThat(rows(source, clinic, "DELETE FROM clinic_kpi." + table + where))
                .isZero();
    }

    /** A row that is there already: the policy is asked before any key, so that not even its being there is told. */
    private static void assertThatInsertIsRefused(DataSource source, String clinic, String table, ClinicId of) {
        String row = contents(table, of).get(0).replace("'", "''");
        assertThatIsRefused(
                source,
                clinic,
                "an insert",
                "INSERT INTO clinic_kpi." + table + " SELECT * FROM jsonb_populate_record(NULL::clinic_kpi." + table
                        + ", '" + row + "')");
    }

    private static void assertThatIsRefused(DataSource source, String clinic, String what, String sql) {
        assertThatThrownBy(() -> execute(source, clinic, sql))
                .as(what)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    /** How many rows a statement gives or changes; 0 where the role may not. The last of several is counted. */
    private static int rows(DataSource source, String clinic, String... sql) throws SQLException {
        try {
            return execute(source, clinic, sql);
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    /** In a transaction that is rolled back. */
    private static int execute(DataSource source, String clinic, String... sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                if (clinic != null) {
                    name(connection, clinic);
                }
                int rows = 0;
                for (String each : sql) {
                    rows = statement.execute(each) ? count(statement.getResultSet()) : statement.getUpdateCount();
                }
                return rows;
            } finally {
                connection.rollback();
            }
        }
    }

    private static void name(Connection connection, String clinic) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("SELECT set_config('clinic_kpi.clinic', ?, true)")) {
            set.setString(1, clinic);
            set.execute();
        }
    }

    private static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }

    private static String select(String table) {
        return "SELECT * FROM clinic_kpi." + table;
    }

    private static String of(String table, ClinicId clinic) {
        return " WHERE " + BY_CLINIC.get(table) + " = " + value(table, clinic);
    }

    private static String value(String table, ClinicId clinic) {
        String id = "'" + clinic.value() + "'";
        return BY_CLINIC.get(table).equals("clinic")
                ? id
                : database.query("SELECT clinic_no FROM clinic_kpi.kpi_clinic WHERE clinic = " + id)
                        .get(0);
    }

    private static List<String> contents(String table, ClinicId clinic) {
        return database.query("SELECT to_jsonb(t) FROM clinic_kpi." + table + " t" + of(table, clinic));
    }
}
