package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On PostgreSQL facts lie by month in UTC, and whoever needs a month has it. */
class MonthsTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final String PARTS = "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            + " WHERE i.inhparent = 'clinic_kpi.kpi_fact'::regclass ORDER BY 1";

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(DatabaseKind.POSTGRESQL);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1990-01-01T00:00:00Z, kpi_fact_before",
        "2014-12-31T23:59:59.999Z, kpi_fact_before",
        "2015-01-01T00:00:00Z, kpi_fact_2015_01",
        "2024-02-29T23:59:59.999Z, kpi_fact_2024_02",
        "2026-03-29T01:00:00Z, kpi_fact_2026_03",
        "2026-12-31T23:59:59.999Z, kpi_fact_2026_12",
        "2039-12-31T23:59:59.999Z, kpi_fact_2039_12",
        "2040-01-01T00:00:00Z, kpi_fact_after",
        "2199-12-31T23:59:59.999Z, kpi_fact_after"
    })
    void aFactLiesInItsMonth(String at, String part) {
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        log.append(List.of(Facts.csat(SOL, 1, 1, at)));

        assertThat(database.query("SELECT tableoid::regclass::text FROM clinic_kpi.kpi_fact"))
                .containsExactly("clinic_kpi." + part);
    }

    /** Each lies within the policy that the whole has, and has its indexes. */
    @Test
    void aPartIsGuardedAsTheWholeIs() {
        JdbcEventLog.open(database.pool()).append(List.of(Facts.csat(SOL, 1, 1, "2026-03-01T00:00:00Z")));

        assertThat(database.query(
                        "SELECT relname FROM pg_class WHERE relname LIKE 'kpi_fact%' AND relkind IN ('r', 'p')"
                                + " AND relrowsecurity AND relforcerowsecurity ORDER BY 1"))
                .containsExactly("kpi_fact", "kpi_fact_2026_03", "kpi_fact_after", "kpi_fact_before");
        assertThat(database.query("SELECT DISTINCT qual FROM pg_policies WHERE tablename LIKE 'kpi_fact%'"))
                .hasSize(1);
        assertThat(database.query("SELECT indexname FROM pg_indexes WHERE tablename = 'kpi_fact_2026_03'"))
                .hasSize(4);
    }

    /** New months and old ones, four writers to a month in the same moment. */
    @Test
    void manyWhoNeedTheSameMonthsAtOnceMakeEachOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<List<Outcome>>> writers = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int writer = thread;
            JdbcEventLog own = JdbcEventLog.open(database.newPool(2));
            writers.add(() -> {
                List<Outcome> outcomes = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    YearMonth month = YearMonth.of(2020, 1).plusMonths((i * 5 + writer / 4 * 7) % 24);
                    together.await();
                    List<Fact> facts = List.of(Facts.csat(SOL, writer * 100 + i, 1, month + "-15T00:00:00Z"));
                    outcomes.addAll(own.append(facts).outcomes());
                }
                return outcomes;
            });
        }
        for (Future<List<Outcome>> each : threads.invokeAll(writers, 1, TimeUnit.MINUTES)) {
            assertThat(each.get()).hasSize(24).containsOnly(Outcome.ACCEPTED);
        }
        threads.shutdown();

        assertThat(database.query(PARTS)).hasSize(26);
        assertThat(Facts.read(JdbcEventLog.open(database.pool()), SOL)).hasSize(8 * 24);
    }

    /** A month is made while a reader is in the middle of the table. */
    @Test
    void aMonthIsMadeBesideAReader() throws Exception {
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        log.append(List.of(Facts.csat(SOL, 1, 1, "2026-03-01T00:00:00Z")));
        try (Connection reader = database.pool().getConnection();
                Statement query = reader.createStatement()) {
            reader.setAutoCommit(false);
            query.execute("SELECT COUNT(*) FROM clinic_kpi.kpi_fact");

            assertThat(log.append(List.of(Facts.csat(SOL, 2, 1, "2026-04-01T00:00:00Z")))
                            .outcomes())
                    .containsExactly(Outcome.ACCEPTED);
            reader.rollback();
        }
    }

    /** Somebody has dropped a part by hand, which this process takes to be there. */
    @Test
    void aMonthThatIsGoneIsMadeAnew() {
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        log.append(List.of(Facts.csat(SOL, 1, 1, "2026-03-01T00:00:00Z")));
        database.sql("DROP TABLE clinic_kpi.kpi_fact_2026_03");

        assertThat(log.append(List.of(Facts.csat(SOL, 2, 1, "2026-03-01T00:00:00Z")))
                        .outcomes())
                .containsExactly(Outcome.ACCEPTED);
        assertThat(Facts.read(log, SOL)).containsOnlyKeys(1L);
    }

    @Test
    void aMonthThatIsGoneIsMadeAnewForWhatAHostHasStored() throws Exception {
        JdbcEventLog log = JdbcEventLog.open(database.pool());
        log.append(List.of(Facts.csat(SOL, 1, 1, "2026-03-01T00:00:00Z")));
        database.sql("DROP TABLE clinic_kpi.kpi_fact_2026_03");
        try (Connection host = database.pool().getConnection()) {
            host.setAutoCommit(false);
            log.outbox(host).append(List.of(Facts.csat(SOL, 2, 1, "2026-03-01T00:00:00Z")));
            host.commit();
        }

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 2L));
        assertThat(log.outboxLag().failure()).isNull();
        assertThat(Facts.read(log, SOL)).containsOnlyKeys(1L);
    }

    /** The role of an application makes its months and no other tables. */
    @Test
    void aRoleWithoutRightsToMakeTablesAppendsToANewMonth() throws Exception {
        PostgresRole.grant(database.name());
        DataSource application = database.newPoolAs(PostgresRole.APPLICATION.role(), 2);

        assertThat(JdbcEventLog.open(application)
                        .append(List.of(Facts.csat(SOL, 1, 1, "2026-05-01T00:00:00Z")))
                        .outcomes())
                .containsExactly(Outcome.ACCEPTED);
        assertThat(database.query(PARTS)).contains("kpi_fact_2026_05");
        for (String statement : List.of(
                "CREATE TABLE clinic_kpi.kpi_fact_2026_06 (id INTEGER)",
                "SELECT * FROM clinic_kpi.kpi_fact_2026_05",
                "SELECT clinic_kpi.make_fact_partition('x', 'FROM (1) TO (2)')",
                "SELECT clinic_kpi.drop_fact_month(1777593600000, 1780272000000)")) {
            assertThatThrownBy(() -> execute(application, statement)).hasMessageContaining("permission denied");
        }
    }

    /** Whole months of the sane years alone, and only what lies before the floor goes. */
    @ParameterizedTest
    @CsvSource({
        "make_fact_month(1772323200000; 1775001601000), no month from",
        "make_fact_month(1772323201000; 1775001600000), no month from",
        "make_fact_month(1772323200000; 1777593600000), no month from",
        "make_fact_month(1417392000000; 1420070400000), no month from",
        "make_fact_month(2208988800000; 2211667200000), no month from",
        "drop_fact_month(1772323200000; 1775001600000), are to be kept"
    })
    void nothingElseIsMadeOrDropped(String call, String message) {
        String whole = call.replace(';', ',');
        assertThatThrownBy(() -> execute(database.pool(), "SELECT clinic_kpi." + whole))
                .hasMessageContaining(message);
    }

    private static void execute(DataSource source, String sql) throws Exception {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
