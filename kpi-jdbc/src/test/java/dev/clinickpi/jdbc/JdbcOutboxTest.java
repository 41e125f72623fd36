package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import dev.clinickpi.event.Outbox;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An event that is stored in a transaction of the host's is stored with the host's change or not at all, once, and holds up nobody. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcOutboxTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");
    private static final Fact ONE = Facts.csat(SOL, 1, 5);
    private static final int BATCH = 10;
    private static final Fact OTHER_CONTENT = Facts.csat(SOL, 1, 4);

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcEventLog log;
    private Connection host;
    private Outbox outbox;

    @BeforeEach
    void create() throws SQLException {
        database = TestDatabase.migrated(kind);
        log = JdbcEventLog.open(database.pool());
        database.sql("CREATE TABLE booking (id INTEGER)");
        host = database.pool().getConnection();
        host.setAutoCommit(false);
        outbox = log.outbox(host);
    }

    @AfterEach
    void drop() throws SQLException {
        if (!host.getAutoCommit()) {
            host.rollback();
        }
        host.close();
        database.close();
    }

    @Test
    void whatIsCommittedComesIntoTheLogWithTheHostsChange() throws SQLException {
        log.append(List.of(Facts.csat(SOL, 9, 1)));
        book();
        assertThat(outbox.append(List.of(ONE, Facts.csat(SOL, 2, 5)))).containsOnly(Outcome.ACCEPTED);

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 1L));
        host.commit();

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 3L));
        assertThat(Facts.read(log, SOL))
                .containsExactly(
                        Map.entry(0L, Facts.csat(SOL, 9, 1)), Map.entry(1L, ONE), Map.entry(2L, Facts.csat(SOL, 2, 5)));
        assertThat(database.query("SELECT COUNT(*) FROM booking")).containsExactly("1");
        assertThat(log.ends()).isEqualTo(Map.of(SOL, 3L));
        assertThat(log.append(List.of(ONE, OTHER_CONTENT)).outcomes())
                .containsExactly(Outcome.DUPLICATE, Outcome.CONFLICT);
    }

    @Test
    void whatIsRolledBackNeverWas() throws SQLException {
        book();
        outbox.append(List.of(ONE));
        host.rollback();

        assertThat(log.ends()).isEmpty();
        assertThat(database.query("SELECT COUNT(*) FROM booking")).containsExactly("0");
        assertThat(log.append(List.of(OTHER_CONTENT)).outcomes()).containsExactly(Outcome.ACCEPTED);
    }

    @Test
    void aSavepointTakesBackWhatCameAfterIt() throws SQLException {
        outbox.append(List.of(ONE));
        Savepoint savepoint = host.setSavepoint();
        outbox.append(List.of(Facts.csat(SOL, 2, 5)));
        host.rollback(savepoint);
        assertThat(outbox.append(List.of(Facts.csat(SOL, 2, 4), ONE)))
                .containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE);
        host.commit();

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 2L));
        assertThat(Facts.read(log, SOL).values()).containsExactly(ONE, Facts.csat(SOL, 2, 4));
    }

    @Test
    void anEventCountsOnceInATransaction() throws SQLException {
        assertThat(outbox.append(List.of(ONE, ONE, OTHER_CONTENT, Facts.csat(MAR, 1, 4))))
                .containsExactly(Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.ACCEPTED);
        assertThat(outbox.append(List.of(ONE, OTHER_CONTENT))).containsExactly(Outcome.DUPLICATE, Outcome.CONFLICT);
        assertThat(outbox.append(List.of())).isEmpty();
        host.commit();

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 1L, MAR, 1L));
        assertThat(outbox.append(List.of(ONE, OTHER_CONTENT))).containsExactly(Outcome.DUPLICATE, Outcome.CONFLICT);
    }

    /** Whoever comes second waits for the end of the first, in either way of appending, wherever in its batch the event stands. */
    @Test
    void ofTwoTransactionsTheSecondWaits() throws Exception {
        List<Function<List<Fact>, List<Outcome>>> second =
                List.of(facts -> log.append(facts).outcomes(), this::inATransactionOfItsOwn);
        int id = 0;
        for (Function<List<Fact>, List<Outcome>> append : second) {
            for (boolean commits : List.of(true, false)) {
                List<Fact> facts = IntStream.range(id, id += BATCH)
                        .mapToObj(each -> Facts.csat(SOL, each, 5))
                        .toList();
                outbox.append(facts.subList(BATCH / 2, BATCH / 2 + 2));
                CompletableFuture<List<Outcome>> waiting = CompletableFuture.supplyAsync(() -> append.apply(facts));
                TimeUnit.MILLISECONDS.sleep(500);
                assertThat(waiting).isNotDone();
                end(host, commits);

                List<Outcome> expected = new ArrayList<>(Collections.nCopies(BATCH, Outcome.ACCEPTED));
                if (commits) {
                    Collections.fill(expected.subList(BATCH / 2, BATCH / 2 + 2), Outcome.DUPLICATE);
                }
                assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(expected);
                assertThat(log.ends()).isEqualTo(Map.of(SOL, (long) id));
            }
        }
    }

    private List<Outcome> inATransactionOfItsOwn(List<Fact> facts) {
        try (Connection other = database.pool().getConnection()) {
            other.setAutoCommit(false);
            List<Outcome> outcomes = log.outbox(other).append(facts);
            other.commit();
            return outcomes;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Connection transaction, boolean commits) throws SQLException {
        if (commits) {
            transaction.commit();
        } else {
            transaction.rollback();
        }
    }

    @Test
    void theWaitIsBounded() throws SQLException {
        outbox.append(List.of(ONE));
        try (Connection other = database.pool().getConnection()) {
            other.setAutoCommit(false);
            Outbox impatient = log.outbox(other, Duration.ofMillis(200));
            assertThatThrownBy(() -> impatient.append(List.of(Facts.csat(SOL, 2, 5), ONE)))
                    .isInstanceOfSatisfying(
                            JdbcStoreException.class,
                            e -> assertThat(e.fault()).isEqualTo(JdbcStoreException.Fault.TIMEOUT))
                    .hasMessageStartingWith("The outbox could not append");
            other.rollback();
        }
        host.commit();

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 1L));
    }

    @Test
    void aConnectionThatCommitsByItselfIsRefused() throws SQLException {
        host.setAutoCommit(true);

        assertThatThrownBy(() -> outbox.append(List.of(ONE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setAutoCommit(false)");

        assertThat(log.append(List.of(ONE)).outcomes()).containsExactly(Outcome.ACCEPTED);
    }

    /** Others of its clinic go on, and what is committed is numbered, while a transaction is open. */
    @Test
    void anOpenTransactionHoldsUpNobody() throws SQLException {
        outbox.append(List.of(ONE));
        assertThat(log.append(List.of(Facts.csat(SOL, 2, 5))).outcomes()).containsExactly(Outcome.ACCEPTED);
        assertThat(inATransactionOfItsOwn(List.of(Facts.csat(SOL, 3, 5)))).containsExactly(Outcome.ACCEPTED);
        assertThat(log.ends()).isEqualTo(Map.of(SOL, 2L));
        assertThat(log.outboxLag().openTransactions()).isEqualTo(1);
        assertThat(log.outboxLag().waiting()).isZero();
        host.commit();

        OutboxLag lag = log.outboxLag();
        assertThat(lag.waiting()).isEqualTo(1);
        assertThat(lag.oldestWaiting()).isPositive();
        assertThat(lag.openTransactions()).isZero();
        assertThat(lag.failure()).isNull();
        assertThat(log.ends()).isEqualTo(Map.of(SOL, 3L));
        assertThat(log.outboxLag()).isEqualTo(new OutboxLag(0, Duration.ZERO, 0, Duration.ZERO, 0, null));
    }

    /** What cannot be numbered is reported and tried again; the other clinics' facts come meanwhile. */
    @Test
    void aClinicThatCannotBeNumberedHoldsUpNoOther() throws SQLException {
        outbox.append(List.of(ONE, Facts.csat(MAR, 2, 5)));
        host.commit();
        database.sql("UPDATE clinic_kpi.kpi_outbox SET content = " + database.bytes("0109") + " WHERE event_id = 1");

        assertThat(log.ends()).isEqualTo(Map.of(MAR, 1L));
        OutboxLag lag = log.outboxLag();
        assertThat(lag.waiting()).isEqualTo(1);
        assertThat(lag.failure()).hasMessageContaining("kpi_outbox");

        String intact = database.bytes(HexFormat.of().formatHex(FactCodec.encode(ONE)));
        database.sql("UPDATE clinic_kpi.kpi_outbox SET content = " + intact + " WHERE event_id = 1");
        assertThat(log.ends()).isEqualTo(Map.of(MAR, 1L, SOL, 1L));
        assertThat(log.outboxLag().failure()).isNull();
    }

    /** More than is numbered at a time, of many months, in the order that they came in. */
    @Test
    void muchIsNumberedInPieces() throws SQLException {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            facts.add(Facts.csat(SOL, i, 1, "20%02d-0%d-11T10:00:00Z".formatted(15 + i % 5, 1 + i % 9)));
        }
        outbox.append(facts);
        host.commit();

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 2_500L));
        assertThat(Facts.read(log, SOL).values()).containsExactlyElementsOf(facts);
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_outbox")).containsExactly("0");
    }

    /** A pool of one connection that the host holds serves as well, once the database knows the clinic. */
    @Test
    void aKnownClinicNeedsNoConnectionBesideTheHosts() throws SQLException {
        log.append(List.of(ONE));
        DataSource one = database.newPool(1);
        JdbcEventLog ofAnotherProcess = JdbcEventLog.open(one);
        try (Connection only = one.getConnection()) {
            only.setAutoCommit(false);
            assertThat(ofAnotherProcess.outbox(only).append(List.of(Facts.csat(SOL, 2, 5))))
                    .containsExactly(Outcome.ACCEPTED);
            only.commit();
        }
        assertThat(log.ends()).isEqualTo(Map.of(SOL, 2L));
    }

    /** A transaction that sees what there was when it began is told to begin anew where its clinic is newer. */
    @Test
    void aClinicThatIsNewerThanTheHostsSnapshotAsksForAnother() throws SQLException {
        host.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        book();
        if (kind == DatabaseKind.POSTGRESQL) {
            assertThatThrownBy(() -> outbox.append(List.of(ONE)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("first event of clinic sol")
                    .hasMessageContaining("roll it back and do it again");
            host.rollback();
            book();
        }
        assertThat(outbox.append(List.of(ONE))).containsExactly(Outcome.ACCEPTED);
        host.commit();

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 1L));
        host.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    /** The transaction of the host goes on with the settings that it had. */
    @Test
    void theHostsSettingsStayAsTheyWere() throws SQLException {
        assumeThat(kind).isEqualTo(DatabaseKind.POSTGRESQL);
        try (Statement statement = host.createStatement()) {
            statement.execute("SET LOCAL clinic_kpi.clinic = 'luna'");
            statement.execute("SET LOCAL lock_timeout = '3s'");
            outbox.append(List.of(ONE));
            ResultSet settings = statement.executeQuery("SELECT current_setting('clinic_kpi.clinic'),"
                    + " current_setting('clinic_kpi.scope'), current_setting('lock_timeout')");
            settings.next();

            assertThat(List.of(settings.getString(1), settings.getString(2), settings.getString(3)))
                    .containsExactly("luna", "", "3s");
        }
    }

    private void book() throws SQLException {
        try (Statement statement = host.createStatement()) {
            statement.execute("INSERT INTO booking VALUES (1)");
        }
    }
}
