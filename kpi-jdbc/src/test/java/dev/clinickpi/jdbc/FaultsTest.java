package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.jdbc.JdbcStoreException.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A database that does not do what it is asked: each fault by its name, nothing claimed that is not stored, and on again once it is over. */
// In a thread of its own: what hangs in a loop heeds no interrupt, and its stack says where it hangs.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultsTest {

    private static final ClinicId SOL = ClinicId.of("sol");

    private TestDatabase database;
    private HikariDataSource pool;
    private JdbcEventLog log;
    private JdbcAuditStore audit;
    private int written;

    @AfterEach
    void drop() {
        database.close();
    }

    private void open(DatabaseKind kind) {
        database = TestDatabase.migrated(kind);
        pool = database.newPool(2);
        pool.setConnectionTimeout(1_500);
        log = JdbcEventLog.open(pool);
        audit = JdbcAuditStore.open(pool, ClinicKpiSchema.standard(), Duration.ofSeconds(5));
        assertThatItWorks();
    }

    @Test
    void aDatabaseThatIsDown() {
        open(DatabaseKind.POSTGRESQL);
        PostgresServer.administer("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS false");
        disconnect();

        assertThatBothSay(Fault.UNREACHABLE, "the database cannot be reached");
        assertThatThrownBy(() -> JdbcEventLog.open(pool)).hasMessageContaining("the database cannot be reached");

        PostgresServer.administer("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS true");
        awaitConnection();
        assertThatItWorks();
    }

    /** The connection dies between two statements of one transaction. */
    @Test
    void aConnectionThatBreaksInTheMiddle() {
        open(DatabaseKind.POSTGRESQL);
        Transactions transactions = new Transactions(
                "The event log", Database.open(pool, ClinicKpiSchema.standard()), Duration.ofSeconds(5));

        assertThatThrownBy(() -> transactions.run("append", Scope.of(SOL), connection -> {
                    execute(connection, "UPDATE clinic_kpi.kpi_clinic SET facts = facts + 100");
                    disconnect();
                    execute(connection, "UPDATE clinic_kpi.kpi_clinic SET facts = facts + 100");
                    return true;
                }))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE));

        assertThat(database.query("SELECT facts FROM clinic_kpi.kpi_clinic")).containsExactly("1");
        assertThatItWorks();
    }

    @Test
    void aDatabaseThatIsSlow() throws SQLException {
        open(DatabaseKind.POSTGRESQL);
        Transactions transactions = new Transactions(
                "The event log", Database.open(pool, ClinicKpiSchema.standard()), Duration.ofSeconds(1));
        Instant begin = Instant.now();

        assertThatThrownBy(() -> transactions.run("append", Scope.of(SOL), connection -> {
                    execute(connection, "SELECT pg_sleep(30)");
                    return true;
                }))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TIMEOUT))
                .hasMessageContaining("the database took too long (SQL state 57014)");

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(database.query("SELECT current_setting('statement_timeout')"))
                .as("left to the next borrower")
                .containsExactly("0");
        assertThatItWorks();
    }

    /** Nothing answers at all, not even to say that it took too long: the driver gives up by itself. */
    @Test
    void aDatabaseThatDoesNotAnswer() throws Exception {
        open(DatabaseKind.POSTGRESQL);
        try (SilentProxy proxy = new SilentProxy(PostgresServer.port())) {
            HikariDataSource through = database.newPoolThrough(proxy.port(), 1);
            JdbcAuditStore far = JdbcAuditStore.open(through, ClinicKpiSchema.standard(), Duration.ofSeconds(1));
            far.write(record("through the proxy"));
            proxy.fallSilent();
            Instant begin = Instant.now();

            assertThatThrownBy(() -> far.write(record("lost")))
                    .isInstanceOfSatisfying(
                            JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE));

            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
            proxy.speakAgain();
            far.write(record("through the proxy again"));
        }
        assertThat(audit.read(1, 100))
                .extracting(entry -> entry.record().detail())
                .doesNotContain("lost");
    }

    @Test
    void aDatabaseThatIsReadOnly() {
        open(DatabaseKind.POSTGRESQL);
        String readOnly = "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = ";
        PostgresServer.administer(readOnly + "on");
        disconnect();

        assertThatBothSay(Fault.READ_ONLY, "the database is read-only (SQL state 25006)");
        assertThat(factsOf(SOL)).hasSize(written);

        PostgresServer.administer(readOnly + "off");
        disconnect();
        assertThatItWorks();
    }

    /** The server says so as it does when a file cannot grow: 53100, in the middle of an append. */
    @Test
    void aDatabaseThatIsFull() {
        open(DatabaseKind.POSTGRESQL);
        database.sql("CREATE FUNCTION clinic_kpi.full_disk() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN"
                + " RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$");
        for (String table : List.of("kpi_fact", "kpi_audit")) {
            database.sql("CREATE TRIGGER full_disk BEFORE INSERT ON clinic_kpi." + table
                    + " FOR EACH ROW EXECUTE FUNCTION clinic_kpi.full_disk()");
        }

        assertThatBothSay(Fault.FULL, "the database has no space left (SQL state 53100)");

        database.sql("DROP FUNCTION clinic_kpi.full_disk() CASCADE");
        assertThatItWorks();
    }

    @Test
    void aRoleThatMayNot() {
        open(DatabaseKind.POSTGRESQL);
        database.sql("REVOKE INSERT ON clinic_kpi.kpi_fact, clinic_kpi.kpi_audit FROM CURRENT_USER");

        assertThatBothSay(Fault.DENIED, "the database does not permit it to this role (SQL state 42501)");

        database.sql("GRANT INSERT ON clinic_kpi.kpi_fact, clinic_kpi.kpi_audit TO CURRENT_USER");
        assertThatItWorks();
    }

    /** The tables go away under a store that is open. */
    @Test
    void aSchemaThatIsNoneOfThisVersion() {
        for (DatabaseKind kind : DatabaseKind.values()) {
            open(kind);
            database.sql("ALTER SCHEMA clinic_kpi RENAME TO away");

            assertThatBothSay(Fault.OTHER_VERSION, "the tables are not those of this version");

            database.sql("ALTER SCHEMA away RENAME TO clinic_kpi");
            assertThatItWorks();
            written = 0;
        }
    }

    @Test
    void anEmbeddedDatabaseThatIsClosed() {
        open(DatabaseKind.H2);
        pool.getHikariPoolMXBean().softEvictConnections();
        assertThatThrownBy(() -> database.sql("SHUTDOWN")).hasMessageContaining("closed");
        assertThatItWorks();

        pool.close();
        assertThatThrownBy(() -> log.append(List.of(Facts.csat(SOL, 99, 5))))
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE));
        assertThatThrownBy(() -> JdbcAuditStore.open(pool))
                .hasMessageStartingWith("The store could not be opened: the database cannot be reached");
    }

    @Test
    void anEmbeddedDatabaseThatIsReadOnly() {
        open(DatabaseKind.H2);
        pool.close();
        database.pool().close();
        JdbcDataSource readOnly = new JdbcDataSource();
        readOnly.setURL(database.url() + ";ACCESS_MODE_DATA=r");
        readOnly.setUser("sa");
        readOnly.setPassword("");
        log = JdbcEventLog.open(readOnly);
        audit = JdbcAuditStore.open(readOnly);

        assertThatBothSay(Fault.READ_ONLY, "the database is read-only (SQL state 90097)");
    }

    private void assertThatBothSay(Fault fault, String meaning) {
        Fact lost = Facts.csat(SOL, 1_000, 5);
        assertFault(() -> log.append(List.of(lost)), fault, "The event log could not append: " + meaning);
        assertFault(() -> audit.write(record("lost")), fault, "The audit log could not write: " + meaning);
    }

    private static void assertFault(ThrowingCallable call, Fault fault, String begin) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        JdbcStoreException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageStartingWith(begin)
                .hasMessageContaining("; ");
    }

    /** With the stores that were open all along: what was stored is there, what failed is not, and more can be stored. */
    private void assertThatItWorks() {
        written++;
        assertThat(log.append(List.of(Facts.csat(SOL, written, 5))).outcomes()).containsExactly(Outcome.ACCEPTED);
        audit.write(record("kept " + written));

        assertThat(factsOf(SOL)).extracting(Fact::id).isEqualTo(ids());
        assertThat(audit.read(1, 100))
                .filteredOn(entry -> entry.record().detail().startsWith("kept"))
                .hasSize(written);
        assertThat(audit.read(1, 100))
                .extracting(entry -> entry.record().detail())
                .doesNotContain("lost");
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        for (long id = 1; id <= written; id++) {
            ids.add(id);
        }
        return ids;
    }

    private List<Fact> factsOf(ClinicId clinic) {
        List<Fact> facts = new ArrayList<>();
        log.read(clinic, 0, (position, fact) -> facts.add(fact));
        return facts;
    }

    private void disconnect() {
        PostgresServer.administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + database.name() + "' AND pid <> pg_backend_pid()");
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** A pool takes a while to try again what has failed several times. */
    private void awaitConnection() {
        Instant patience = Instant.now().plusSeconds(20);
        while (true) {
            try {
                pool.getConnection().close();
                return;
            } catch (SQLException e) {
                assertThat(Instant.now()).as("the pool's patience").isBefore(patience);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static AuditRecord record(String detail) {
        return new AuditRecord(Instant.EPOCH, "ana", Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, SOL, detail);
    }
}
