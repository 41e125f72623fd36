package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.time.Period;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a purge nothing is in any table that the register of data says goes with one, the purge is on record, and every figure is what it was. */
@Timeout(120)
class PurgeTest {

    private static final KpiRequest ALL = KpiRequest.of(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 6, 1)));

    /** More than the days in which a conversation may still convert, so that what was forgotten has settled. */
    private static final Duration KEPT = Duration.ofDays(40);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void nothingOlderIsLeft(DatabaseKind kind) throws Exception {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            Deliveries deliveries = Deliveries.of(11, 3_000);
            HikariDataSource pool = database.newPool(6);
            JdbcEventLog log = JdbcEventLog.open(pool);
            InMemoryAuditLog audit = AuditLog.inMemory();
            Instant end = deliveries.timeAt(deliveries.size()).plus(Duration.ofDays(1));
            Instant floor = end.minus(KEPT);
            ExactEngine engine = engine(log, pool, audit, end);
            engine.record(deliveries.between(0, deliveries.size()));
            Map<ClinicId, Map<String, ExactResult>> before = figures(engine);
            assertThat(count(database, "kpi_fact WHERE at < " + floor.toEpochMilli()))
                    .isPositive();

            engine.engine().forgetBefore(Principal.superAdmin("founder"), floor);
            hostStores(log, pool, floor.minusMillis(1));
            figures(engine);
            engine.engine().close();

            for (String table : List.of("kpi_fact", "kpi_outbox")) {
                assertThat(count(database, table + " WHERE at < " + floor.toEpochMilli()))
                        .as(table)
                        .isZero();
            }
            assertThat(count(database, "kpi_event_key")).isEqualTo(count(database, "kpi_fact"));
            assertThat(
                            count(
                                    database,
                                    "kpi_entity e WHERE NOT EXISTS (SELECT 1 FROM clinic_kpi.kpi_fact f"
                                            + " WHERE f.clinic_no = e.clinic_no AND (f.conversation = e.entity OR f.appointment = e.entity))"))
                    .isZero();
            assertThat(count(database, "kpi_entity")).isPositive();
            assertThat(audit.records())
                    .filteredOn(record -> record.action() == Action.FORGET_EVENTS)
                    .extracting(AuditRecord::principal, AuditRecord::clinic, AuditRecord::detail)
                    .containsExactly(tuple("founder", null, "before " + floor));

            ExactEngine next = engine(log, pool, audit, end);
            assertThat(figures(next)).isEqualTo(before);
            next.engine().close();
        }
    }

    /** A transaction of the host's that began before the purge and commits after it. */
    private static void hostStores(JdbcEventLog log, HikariDataSource pool, Instant at) throws SQLException {
        ClinicId clinic = Deliveries.clinics().get(0);
        KpiEvent late = new KpiEvent.FeatureUsed("late", clinic, at, "reminders");
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            log.outbox(connection)
                    .append(List.of(new PlainGate()
                            .admit(late, Deliveries.directory().clinic(clinic).orElseThrow())));
            connection.commit();
        }
    }

    private static ExactEngine engine(JdbcEventLog log, HikariDataSource pool, AuditLog audit, Instant now) {
        return new ExactEngine(
                Deliveries.directory(),
                now,
                log,
                builder -> builder.cells(JdbcCellStore.open(pool))
                        .audit(audit)
                        .followEvery(Duration.ofMillis(40))
                        .checkpointEvery(Duration.ofMillis(120)));
    }

    private static long count(TestDatabase database, String rows) {
        return Long.parseLong(
                database.query("SELECT COUNT(*) FROM clinic_kpi." + rows).get(0));
    }

    private static Map<ClinicId, Map<String, ExactResult>> figures(ExactEngine engine) {
        Map<ClinicId, Map<String, ExactResult>> figures = new HashMap<>();
        Deliveries.clinics().forEach(clinic -> figures.put(clinic, engine.exact(clinic, ALL)));
        return figures;
    }
}
