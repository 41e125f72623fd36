package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.time.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log forgets what is old, and no figure changes by it: not of the engine that runs, not of one that starts after, and not by what comes later. */
@Timeout(90)
class FiguresAfterForgettingTest {

    private static final KpiRequest ALL = KpiRequest.of(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 6, 1)));
    private static final ClinicId CLINIC = Deliveries.clinics().get(0);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void figuresOutliveTheirFacts(DatabaseKind kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            Deliveries deliveries = Deliveries.of(7, 3_000);
            HikariDataSource pool = database.newPool(6);
            JdbcEventLog log = JdbcEventLog.open(pool);
            CellStore store = JdbcCellStore.open(pool);
            Instant end = deliveries.timeAt(deliveries.size()).plus(Duration.ofDays(1));
            Instant floor = deliveries.timeAt(deliveries.size() * 2 / 3);
            ExactEngine engine = Deliveries.engine(log, store, end);
            engine.record(deliveries.between(0, deliveries.size()));
            Map<ClinicId, Map<String, ExactResult>> before = figures(engine);

            log.forgetBefore(floor);
            assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_fact WHERE at < " + floor.toEpochMilli()))
                    .containsExactly("0");
            assertThat(figures(engine)).isEqualTo(before);
            engine.engine().close();
            ExactEngine next = Deliveries.engine(log, store, end);
            assertThat(figures(next)).isEqualTo(before);

            // What is older than the floor is not stored; what is about an entity whose facts are gone changes nothing
            // of it; what is new counts.
            assertThat(next.record(List.of(message("old", "old", floor.minusMillis(1))))
                            .tooLate())
                    .isEqualTo(1);
            long late = next.engine().health().tooLate();
            next.record(List.of(message("again", firstConversation(deliveries), end.minusSeconds(60))));
            assertThat(next.engine().health().tooLate()).isGreaterThan(late);
            assertThat(next.exact(CLINIC, ALL).get("handoff-rate"))
                    .isEqualTo(before.get(CLINIC).get("handoff-rate"));
            next.record(List.of(message("new", "new", end.minusSeconds(30))));
            assertThat(next.exact(CLINIC, ALL).get("handoff-rate").figure().denominator())
                    .isEqualByComparingTo(conversations(before).add(BigDecimal.ONE));
            assertThatThrownBy(() -> next.exactAsOf(end.minus(Duration.ofDays(1)), CLINIC, ALL))
                    .hasMessageContaining("forgotten facts");
            next.engine().close();
        }
    }

    /** A purge keeps what is folded before it deletes what that was folded from, however long the next checkpoint is off. */
    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatIsForgottenIsKeptBefore(DatabaseKind kind) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            HikariDataSource pool = database.newPool(6);
            CellStore store = JdbcCellStore.open(pool);
            Deliveries deliveries = Deliveries.of(8, 400);
            Instant end = deliveries.timeAt(deliveries.size()).plus(Duration.ofDays(1));
            ExactEngine engine = new ExactEngine(
                    Deliveries.directory(),
                    end,
                    JdbcEventLog.open(pool),
                    builder -> builder.cells(store)
                            .checkpointEvery(Duration.ofHours(1))
                            .leaseFor(Duration.ofHours(2)));
            while (engine.engine().health().checkpointedAt() == null) {
                Thread.onSpinWait();
            }
            engine.record(deliveries.between(0, deliveries.size()));
            assertThat(store.load(CLINIC).position()).isZero();

            engine.engine().forgetBefore(Principal.superAdmin("eva"), deliveries.timeAt(deliveries.size() / 2));

            Checkpoint kept = store.load(CLINIC);
            assertThat(kept).isNotNull();
            assertThat(kept.position()).isEqualTo(JdbcEventLog.open(pool).ends().get(CLINIC));
            engine.engine().close();
        }
    }

    private static BigDecimal conversations(Map<ClinicId, Map<String, ExactResult>> figures) {
        return figures.get(CLINIC).get("handoff-rate").figure().denominator();
    }

    private static String firstConversation(Deliveries deliveries) {
        return deliveries.between(0, 200).stream()
                .filter(event -> event.clinicId().equals(CLINIC))
                .flatMap(event -> event instanceof KpiEvent.Message message ? Stream.of(message) : Stream.empty())
                .findFirst()
                .orElseThrow()
                .conversationId();
    }

    private static KpiEvent message(String id, String conversation, Instant at) {
        return new KpiEvent.Message(id, CLINIC, at, conversation, "p0", Sender.PATIENT, null, null);
    }

    private static Map<ClinicId, Map<String, ExactResult>> figures(ExactEngine engine) {
        Map<ClinicId, Map<String, ExactResult>> figures = new HashMap<>();
        Deliveries.clinics().forEach(clinic -> figures.put(clinic, engine.exact(clinic, ALL)));
        return figures;
    }
}
