package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a log was told to forget is gone and stays away; the rest is what it was, where it was. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class RetentionTest {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final ClinicId MAR = ClinicId.of("mar");
    private static final Instant FLOOR = Instant.parse("2026-02-10T12:00:00Z");

    private static final List<Fact> FACTS = List.of(
            Facts.csat(SOL, 1, 11, "2026-01-31T23:59:59.999Z"),
            Facts.csat(SOL, 2, 12, "2026-02-10T11:59:59.999Z"),
            Facts.csat(SOL, 3, 13, "2026-02-10T12:00:00Z"),
            Facts.csat(SOL, 4, 14, "2010-06-01T00:00:00Z"),
            Facts.csat(SOL, 5, 15, "2041-06-01T00:00:00Z"),
            Facts.csat(SOL, 6, 16, "2025-12-01T00:00:00Z"),
            Facts.csat(SOL, 7, 17, "2026-03-01T00:00:00Z"));

    @Parameter
    private DatabaseKind kind;

    private TestDatabase database;
    private JdbcEventLog log;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        log = JdbcEventLog.open(database.pool());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void whatIsOlderGoesAndWhatIsNotStaysWhereItIs() {
        log.append(FACTS);
        assertThat(log.floor(SOL)).isEqualTo(Long.MIN_VALUE);

        log.forgetBefore(FLOOR);

        assertThat(Facts.read(log, SOL))
                .containsExactly(Map.entry(2L, FACTS.get(2)), Map.entry(4L, FACTS.get(4)), Map.entry(6L, FACTS.get(6)));
        assertThat(log.ends()).isEqualTo(Map.of(SOL, 7L));
        assertThat(log.floor(SOL)).isEqualTo(FLOOR.toEpochMilli());
        assertThat(database.query("SELECT event_id FROM clinic_kpi.kpi_event_key ORDER BY event_id"))
                .containsExactly("3", "5", "7");
        List<Fact> found = new ArrayList<>();
        log.read(SOL, Set.of(EntityKey.patient(2)), (position, fact) -> found.add(fact));
        assertThat(found).containsExactlyInAnyOrder(FACTS.get(2), FACTS.get(4), FACTS.get(6));
    }

    /** One that keeps some of its facts is among them; one that has the same id as another kind's is not. */
    @Test
    void theLogSaysWhichEntitiesItHasForgottenFactsOf() {
        log.append(FACTS);
        log.append(List.of(Facts.csat(SOL, 8, 11, "2026-03-01T00:00:00Z")));
        log.append(List.of(Facts.csat(MAR, 8, 13, "2025-03-01T00:00:00Z")));
        Set<EntityKey> asked = Set.of(
                EntityKey.conversation(11),
                EntityKey.conversation(13),
                EntityKey.conversation(14),
                EntityKey.conversation(99),
                EntityKey.conversation(2),
                EntityKey.appointment(11),
                EntityKey.patient(2));
        assertThat(log.read(SOL, asked, (position, fact) -> {})).isEmpty();

        log.forgetBefore(FLOOR);
        log.forgetBefore(FLOOR);

        assertThat(log.read(SOL, asked, (position, fact) -> {}))
                .containsExactlyInAnyOrder(
                        EntityKey.conversation(11), EntityKey.conversation(14), EntityKey.patient(2));
        assertThat(log.read(MAR, asked, (position, fact) -> {}))
                .containsExactlyInAnyOrder(EntityKey.conversation(13), EntityKey.patient(2));
    }

    @Test
    void whatComesAfterIsTooLateInEitherWay() throws SQLException {
        log.append(FACTS);
        JdbcEventLog other = JdbcEventLog.open(database.newPool(2));
        log.forgetBefore(FLOOR);
        List<Fact> again = List.of(FACTS.get(0), FACTS.get(2), Facts.csat(SOL, 1, 11, "2026-02-10T12:00:00Z"));
        Fact ofNewClinic = Facts.csat(MAR, 1, 11, "2026-02-10T11:59:59.999Z");

        assertThat(other.append(again).outcomes())
                .containsExactly(Outcome.TOO_LATE, Outcome.DUPLICATE, Outcome.ACCEPTED);
        assertThat(other.append(List.of(ofNewClinic)).outcomes()).containsExactly(Outcome.TOO_LATE);
        assertThat(other.floor(SOL)).isEqualTo(FLOOR.toEpochMilli());
        assertThat(inATransaction(other, FACTS.get(1), Facts.csat(SOL, 9, 1, "2026-04-01T00:00:00Z")))
                .containsExactly(Outcome.TOO_LATE, Outcome.ACCEPTED);
        JdbcEventLog later = JdbcEventLog.open(database.newPool(2));
        assertThat(later.ends()).isEqualTo(Map.of(SOL, 9L));
        assertThat(later.floor(SOL)).isEqualTo(FLOOR.toEpochMilli());
        assertThat(Facts.read(later, SOL)).containsOnlyKeys(2L, 4L, 6L, 7L, 8L);
    }

    /** Stored by a transaction that was open while the floor was raised: it cannot be known until it commits. */
    @Test
    void whatAnOpenTransactionHoldsIsForgottenWhenItCommits() throws SQLException {
        try (Connection host = database.pool().getConnection()) {
            host.setAutoCommit(false);
            assertThat(log.outbox(host).append(List.of(FACTS.get(0), FACTS.get(2))))
                    .containsOnly(Outcome.ACCEPTED);
            log.forgetBefore(FLOOR);
            host.commit();
        }

        assertThat(log.ends()).isEqualTo(Map.of(SOL, 1L));
        assertThat(Facts.read(log, SOL)).containsExactly(Map.entry(0L, FACTS.get(2)));
        assertThat(database.query("SELECT event_id FROM clinic_kpi.kpi_event_key"))
                .containsExactly("3");
        assertThat(log.outboxLag().tooLate()).isEqualTo(1);
    }

    @Test
    void whatWaitsIsForgottenAsWell() throws SQLException {
        inATransaction(log, FACTS.get(0));

        log.forgetBefore(FLOOR);

        assertThat(database.query("SELECT event_id FROM clinic_kpi.kpi_event_key"))
                .isEmpty();
        assertThat(database.query("SELECT event_id FROM clinic_kpi.kpi_outbox")).isEmpty();
        assertThat(log.ends()).isEmpty();
    }

    @Test
    void aFloorIsNeverLowered() {
        log.append(FACTS);
        log.forgetBefore(FLOOR);
        log.forgetBefore(Instant.parse("2025-01-01T00:00:00Z"));
        log.forgetBefore(FLOOR);

        assertThat(log.floor(SOL)).isEqualTo(FLOOR.toEpochMilli());
        assertThat(log.append(List.of(FACTS.get(1))).outcomes()).containsExactly(Outcome.TOO_LATE);
        assertThat(Facts.read(log, SOL)).hasSize(3);
    }

    @Test
    void anInstantOfNoEventIsRefused() {
        for (String instant :
                List.of("1989-12-31T23:59:59.999Z", "2200-01-01T00:00:00.001Z", "+999999-01-01T00:00:00Z")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> log.forgetBefore(Instant.parse(instant)))
                    .withMessageContaining("1990 to 2199");
        }
    }

    @Test
    void manyAreForgottenInPieces() {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 11_000; i++) {
            facts.add(Facts.csat(
                    SOL,
                    i,
                    i,
                    i % 11 == 0
                            ? "2026-03-01T00:00:00Z"
                            : i % 2 == 0 ? "2026-02-01T00:00:00Z" : "2026-01-01T00:00:00Z"));
        }
        log.append(facts);

        log.forgetBefore(FLOOR);

        assertThat(Facts.read(log, SOL))
                .hasSize(1_000)
                .allSatisfy((position, fact) -> assertThat(position % 11).isZero());
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_event_key"))
                .containsExactly("1000");
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_fact")).containsExactly("1000");
    }

    @Test
    void wholeMonthsAreDropped() {
        assumeThat(kind).isEqualTo(DatabaseKind.POSTGRESQL);
        log.append(FACTS);
        String parts = "SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'clinic_kpi.kpi_fact'::regclass"
                + " ORDER BY 1";
        assertThat(database.query(parts)).hasSize(6);

        log.forgetBefore(FLOOR);

        assertThat(database.query(parts))
                .containsExactlyInAnyOrder(
                        "clinic_kpi.kpi_fact_before",
                        "clinic_kpi.kpi_fact_after",
                        "clinic_kpi.kpi_fact_2026_02",
                        "clinic_kpi.kpi_fact_2026_03");
    }

    /** Appends in both ways race a floor that rises: what was accepted and is not older than the last floor is there, and nothing else. */
    @Test
    void noAppendGetsPastARisingFloor() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<Fact>>> writers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int writer = thread;
            writers.add(threads.submit(() -> appendAround(writer)));
        }
        for (int day = 1; day <= 28; day++) {
            log.forgetBefore(Instant.parse("2026-02-%02dT00:00:00Z".formatted(day)));
        }
        List<Fact> accepted = new ArrayList<>();
        for (Future<List<Fact>> writer : writers) {
            accepted.addAll(writer.get(60, TimeUnit.SECONDS));
        }
        threads.shutdown();
        long floor = log.floor(SOL);
        accepted.removeIf(fact -> fact.at() < floor);
        long end = log.ends().get(SOL);

        Map<Long, Fact> stored = Facts.read(log, SOL);
        assertThat(stored.values()).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(stored.keySet()).allMatch(position -> position < end);
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_event_key"))
                .containsExactly(Integer.toString(accepted.size()));
    }

    private List<Fact> appendAround(int writer) throws SQLException {
        JdbcEventLog own = JdbcEventLog.open(database.pool());
        Random random = new Random(writer);
        List<Fact> accepted = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String at = "2026-0%d-%02dT12:00:00Z".formatted(1 + random.nextInt(3), 1 + random.nextInt(28));
            Fact fact = Facts.csat(SOL, writer * 1_000 + i, i, at);
            List<Outcome> outcomes =
                    random.nextBoolean() ? own.append(List.of(fact)).outcomes() : inATransaction(own, fact);
            if (outcomes.get(0) == Outcome.ACCEPTED) {
                accepted.add(fact);
            }
        }
        return accepted;
    }

    private List<Outcome> inATransaction(JdbcEventLog ofLog, Fact... facts) throws SQLException {
        try (Connection host = database.pool().getConnection()) {
            host.setAutoCommit(false);
            List<Outcome> outcomes = ofLog.outbox(host).append(List.of(facts));
            host.commit();
            return outcomes;
        }
    }
}
