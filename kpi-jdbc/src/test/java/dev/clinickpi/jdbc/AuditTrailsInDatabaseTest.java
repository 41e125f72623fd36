package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditStore.Entry;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.testkit.Threads;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine whose audit log is a real database: what it refuses when that takes no record, and who reads trails and lets in by which role. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
@Timeout(120)
class AuditTrailsInDatabaseTest {

    private static final int CONNECTIONS = 12;
    private static final ClinicId SOL = Deliveries.clinics().get(0);
    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(1));
    private static final KpiRequest MARCH = KpiRequest.of(Period.month(2026, 3));
    private static final Principal FOUNDER = Principal.superAdmin("founder");
    private static final Principal ADMIN = Principal.clinicAdmin("ana", SOL);

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            Period.class,
            MARCH.period(),
            KpiRequest.class,
            MARCH,
            KpiDefinition.class,
            Kpi.CSAT,
            Grain.class,
            Grain.DAY,
            YearMonth.class,
            YearMonth.of(2026, 3));

    @Parameter
    private DatabaseKind kind;

    private final AtomicInteger published = new AtomicInteger();
    private TestDatabase database;
    private KpiEngine engine;

    @BeforeEach
    void create() {
        database = TestDatabase.migrated(kind);
        if (kind == DatabaseKind.H2) {
            database.sql("SET DEFAULT_LOCK_TIMEOUT 200");
        }
        HikariDataSource pool = database.newPool(CONNECTIONS);
        pool.setConnectionTimeout(5_000);
        engine = engine(JdbcAuditStore.open(pool, ClinicKpiSchema.standard(), Duration.ofMillis(500)));
    }

    @AfterEach
    void drop() {
        engine.close();
        database.close();
    }

    private KpiEngine engine(AuditLog audit) {
        Publication publication = new Publication() {
            @Override
            public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
                return ReleasedCells.unguarded(cells);
            }

            @Override
            public void erase(ClinicId clinic, long patient, long erasures) {}

            @Override
            public void eraseClinic(ClinicId clinic, long erasures) {}

            @Override
            public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
                published.incrementAndGet();
                return results.stream()
                        .map(result -> result.release(part -> true, row -> true))
                        .toList();
            }
        };
        return KpiEngine.builder()
                .directory(Deliveries.directory())
                .events(EventLog.inMemory())
                .privacy(new Open(new PlainGate(), publication))
                .audit(audit)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    /** Keeps reasons whole. */
    private record Open(PrivacyGate gate, Publication publication) implements Privacy {

        @Override
        public String scrub(String text) {
            return text;
        }
    }

    @Test
    void nothingIsAnsweredWhileTheDatabaseIsFull() throws Exception {
        String table = "clinic_kpi.kpi_audit";
        if (kind == DatabaseKind.POSTGRESQL) {
            assertNothingIsAnswered(
                    () -> database.sql(
                            "CREATE FUNCTION clinic_kpi.full_disk() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                                    + " 'could not extend file' USING ERRCODE = 'disk_full'; END $$; CREATE TRIGGER full_disk"
                                    + " BEFORE INSERT ON " + table
                                    + " FOR EACH ROW EXECUTE FUNCTION clinic_kpi.full_disk()"),
                    () -> database.sql("DROP FUNCTION clinic_kpi.full_disk() CASCADE"));
        } else {
            assertNothingIsAnswered(
                    () -> database.sql("ALTER TABLE " + table + " ADD CONSTRAINT takes_none CHECK (1 = 0) NOCHECK"),
                    () -> database.sql("ALTER TABLE " + table + " DROP CONSTRAINT takes_none"));
        }
    }

    /** Somebody holds the lock that every record needs: each read gives up in time, and is not answered when the lock is free. */
    @Test
    void nothingIsAnsweredWhileTheDatabaseIsSlow() throws Exception {
        try (Connection holder = database.source().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            assertNothingIsAnswered(
                    () -> statement.execute("UPDATE clinic_kpi.kpi_audit_head SET last_no = last_no"),
                    holder::rollback);
        }
    }

    @Test
    void nothingIsAnsweredWhileTheDatabaseIsAway() throws Exception {
        assertNothingIsAnswered(
                () -> database.sql("ALTER SCHEMA clinic_kpi RENAME TO away"),
                () -> database.sql("ALTER SCHEMA away RENAME TO clinic_kpi"));
    }

    private void assertNothingIsAnswered(Step begin, Step end) throws Exception {
        Principal access = engine.breakGlass(FOUNDER, "Ticket 4711", Set.of(SOL), UNTIL);
        ClinicDashboard own = engine.open(ADMIN, SOL);
        ClinicDashboard letIn = engine.open(access, SOL);
        ClinicDashboard past = engine.asOf(NOW).open(ADMIN, SOL);
        long records = records();
        begin.run();
        Viewer viewer = new Viewer();
        List<ThrowingCallable> reads = new ArrayList<>(List.of(
                () -> engine.open(ADMIN, SOL),
                () -> engine.asOf(NOW).open(ADMIN, SOL),
                () -> engine.breakGlass(FOUNDER, "Ticket 4712", Set.of(SOL), UNTIL),
                () -> engine.endBreakGlass(FOUNDER, access),
                () -> engine.auditTrail(ADMIN, SOL, 1, 10),
                () -> engine.auditTrail(FOUNDER, 1, 10),
                () -> engine.replaceDirectory(FOUNDER, new ClinicDirectory(Map.of(), List.of(), Map.of(), Map.of())),
                () -> own.watch(MARCH, viewer)));
        for (Method method : questions()) {
            for (ClinicDashboard dashboard : List.of(own, letIn, past)) {
                reads.add(() -> ask(dashboard, method));
            }
        }
        // Side by side, since each may take as long as a record is waited for.
        Threads.atOnce(CONNECTIONS, thread -> {
            for (int i = thread; i < reads.size(); i += CONNECTIONS) {
                assertRefused(reads.get(i));
            }
            return thread;
        });
        assertThat(published).hasValue(0);
        assertThat(viewer.told).hasValue(0);
        end.run();

        assertThat(records()).isEqualTo(records);
        Principal refused = Principal.serviceRole("founder", "Ticket 4712", Set.of(SOL), UNTIL);
        assertThatThrownBy(() -> engine.open(refused, SOL)).isInstanceOf(AccessDeniedException.class);
        for (Method method : questions()) {
            for (ClinicDashboard dashboard : List.of(own, letIn, past)) {
                ask(dashboard, method);
            }
        }
        assertThat(published).hasValue(3 * questions().size());
    }

    private long records() {
        return Long.parseLong(
                database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_audit").get(0));
    }

    /** Every question that a dashboard answers at once; one that is added is asked, too. */
    private static List<Method> questions() {
        List<Method> questions = Arrays.stream(ClinicDashboard.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !Set.of("clinic", "today", "watch").contains(method.getName()))
                .toList();
        assertThat(questions).hasSizeGreaterThan(6);
        return questions;
    }

    private static Object ask(ClinicDashboard dashboard, Method method) throws Exception {
        try {
            return method.invoke(
                    dashboard,
                    Arrays.stream(method.getParameterTypes())
                            .map(ARGUMENTS::get)
                            .toArray());
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(AuditUnavailableException.class);
        assertThat(thrown.getCause()).isInstanceOf(JdbcStoreException.class);
    }

    /** On PostgreSQL with the rights of the application, which sees one clinic at a time; that suffices for all but the installation's trail. */
    @Test
    void trailsAndAccessesNeedNoRightToAllClinics() {
        JdbcAuditStore store =
                kind == DatabaseKind.H2 ? JdbcAuditStore.open(database.pool()) : JdbcAuditStore.open(asApplication());
        try (KpiEngine first = engine(store);
                KpiEngine second = engine(store)) {
            Principal access = first.breakGlass(FOUNDER, "Ticket 4711", Set.of(SOL), UNTIL);
            ClinicDashboard dashboard = second.open(access, SOL);
            dashboard.report(MARCH);
            first.endBreakGlass(FOUNDER, access);
            assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AccessDeniedException.class);

            assertThat(second.auditTrail(ADMIN, SOL, 1, 100))
                    .extracting(entry -> entry.record().action())
                    .containsExactly(
                            Action.BREAK_GLASS,
                            Action.OPEN_DASHBOARD,
                            Action.READ_FIGURES,
                            Action.END_BREAK_GLASS,
                            Action.DASHBOARD_REFUSED,
                            Action.READ_AUDIT_TRAIL);
            if (kind == DatabaseKind.POSTGRESQL) {
                assertThatThrownBy(() -> second.auditTrail(FOUNDER, 1, 10)).isInstanceOf(JdbcStoreException.class);
            } else {
                assertThat(second.auditTrail(FOUNDER, 5, 10))
                        .extracting(Entry::number)
                        .containsExactly(5L, 6L, 7L);
            }
        }
    }

    private HikariDataSource asApplication() {
        PostgresRole.grant(database.name());
        return database.newPoolAs(PostgresRole.APPLICATION.role(), 2);
    }

    /** What is tried, and mended. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /** Counts what it hears. */
    private static final class Viewer implements Flow.Subscriber<KpiReport> {

        final AtomicInteger told = new AtomicInteger();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            told.incrementAndGet();
        }

        @Override
        public void onNext(KpiReport report) {
            told.incrementAndGet();
        }

        @Override
        public void onError(Throwable throwable) {
            told.incrementAndGet();
        }

        @Override
        public void onComplete() {
            told.incrementAndGet();
        }
    }
}
