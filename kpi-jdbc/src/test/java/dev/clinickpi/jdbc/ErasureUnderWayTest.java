package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.testkit.canary.LogCapture;
import dev.clinickpi.time.Period;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A patient of whom the log still has all is erased from a log that has forgotten others, while something else goes on: in the end no engine and no table knows
 * more than if the patient had never come, and nobody who was forgotten is missing.
 */
@Timeout(120)
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ErasureUnderWayTest {

    private static final KpiRequest ALL = KpiRequest.of(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 7, 1)));
    private static final Principal ADMIN = Principal.clinicAdmin("ana", Weeks.CLINIC);
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant NOW = Weeks.start(Weeks.COUNT);
    private static final String PATIENT = Weeks.patient(5, 1);

    @Parameter
    private DatabaseKind kind;

    private final List<KpiEvent> events = new Weeks(new Random(15)).of(0, Weeks.COUNT);
    private TestDatabase database;
    private EventLog log;
    private CellStore store;

    /** What is known of all, that of three weeks by kept cells alone. */
    @BeforeEach
    void forget() {
        database = TestDatabase.migrated(kind);
        log = JdbcEventLog.open(database.pool());
        store = JdbcCellStore.open(database.pool());
        ExactEngine engine = engine(log, store, LONG);
        engine.record(events);
        engine.engine().close();
        log.forgetBefore(Weeks.start(3));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    /** What is written has the patient in it still, and nothing is deleted before what is kept has not. */
    @Test
    void aSaveIsUnderWay() throws Exception {
        Interrupted<CellStore> saving = new Interrupted<>(CellStore.class, store);
        Interrupted<EventLog> deleting = new Interrupted<>(EventLog.class, log);
        ExactEngine engine = engine(deleting.proxy(), saving.proxy(), LONG);
        awaitWriter(engine);
        AtomicReference<String> keptBeforeDeletion = new AtomicReference<>("");
        deleting.before(
                "deleteSetAside",
                arguments -> true,
                () -> keptBeforeDeletion.set(store.standings().get(Weeks.CLINIC).fingerprint()));
        AtomicReference<CompletableFuture<Void>> erasure = new AtomicReference<>();
        AtomicBoolean isCorrected = new AtomicBoolean();
        saving.before("save", arguments -> true, () -> {
            erasure.set(CompletableFuture.runAsync(() -> engine.engine().erasePatient(ADMIN, Weeks.CLINIC, PATIENT)));
            await(() -> engine.exact(Weeks.CLINIC, ALL).equals(withoutThePatient()));
            isCorrected.set(true);
        });

        engine.record(List.of(last()));
        await(() -> erasure.get() != null);
        erasure.get().get(60, TimeUnit.SECONDS);

        assertThat(isCorrected).as("in memory, while it was saved").isTrue();
        assertThat(keptBeforeDeletion.get()).endsWith(" erasures:1");
        assertThat(engine.exact(Weeks.CLINIC, ALL)).isEqualTo(withoutThePatient());
        engine.engine().close();
        assertNothingIsLeft();
    }

    /** Whoever erases is slow to save, loses its shard to another engine, and goes on when that has done all there was to do. */
    @Test
    void anotherTakesTheShardBeforeTheCellsAreKept() {
        Interrupted<CellStore> saving = new Interrupted<>(CellStore.class, store);
        ExactEngine slow = engine(log, saving.proxy(), SHORT);
        awaitWriter(slow);
        slow.record(List.of(last()));
        await(() -> store.standings().get(Weeks.CLINIC).position() == events.size() + 1);
        AtomicReference<ExactEngine> other = new AtomicReference<>();
        saving.before("save", arguments -> true, () -> other.set(takeOver()));

        slow.engine().erasePatient(ADMIN, Weeks.CLINIC, PATIENT);

        assertThat(other.get()).as("the engine that was to come between").isNotNull();
        assertThat(slow.exact(Weeks.CLINIC, ALL)).isEqualTo(withoutThePatient());
        assertThat(other.get().exact(Weeks.CLINIC, ALL)).isEqualTo(withoutThePatient());
        assertThat(slow.engine().health().shardsWritten()).isZero();
        slow.engine().close();
        other.get().engine().close();
        assertNothingIsLeft();
    }

    /** Whoever erases works out what to take out of its cells by facts that another engine deletes meanwhile. */
    @Test
    void anotherTakesTheShardWhileCellsAreCorrected() {
        Interrupted<EventLog> reading = new Interrupted<>(EventLog.class, log);
        ExactEngine slow = engine(reading.proxy(), store, SHORT);
        awaitWriter(slow);
        slow.record(List.of(last()));
        assertThat(slow.exact(Weeks.CLINIC, ALL)).isNotEqualTo(withoutThePatient());
        AtomicReference<ExactEngine> other = new AtomicReference<>();
        // The facts of what was erased, when it is known what that is.
        reading.before(
                "read",
                arguments -> arguments.length == 4
                        && arguments[1] instanceof Set
                        && !log.setAside().isEmpty(),
                () -> other.set(takeOver()));

        slow.engine().erasePatient(ADMIN, Weeks.CLINIC, PATIENT);

        assertThat(other.get()).as("the engine that was to come between").isNotNull();
        assertThat(slow.exact(Weeks.CLINIC, ALL)).isEqualTo(withoutThePatient());
        assertThat(other.get().exact(Weeks.CLINIC, ALL)).isEqualTo(withoutThePatient());
        slow.engine().close();
        other.get().engine().close();
        assertNothingIsLeft();
    }

    /** What it goes on with is less than all, whoever is erased, and it says so. */
    @Test
    @SuppressWarnings("try") // it captures by being open
    void withoutKeptCellsAnEngineSaysHowMuchIsGone() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        long left = Long.parseLong(
                database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_fact").get(0));
        try (LogCapture.Captured captured = LogCapture.start(lines::add)) {
            ExactEngine kept = engine(log, store, LONG);
            kept.exact(Weeks.CLINIC, ALL);
            kept.engine().close();
            assertThat(lines).noneMatch(line -> line.startsWith("WARN dev.clinickpi"));
            ExactEngine engine = new ExactEngine(Deliveries.directory(), NOW, log);
            engine.exact(Weeks.CLINIC, ALL);
            engine.engine().close();
        }

        assertThat(lines)
                .filteredOn(line -> line.startsWith("WARN dev.clinickpi"))
                .singleElement()
                .asString()
                .contains("clinic " + Weeks.CLINIC + " no longer has " + (events.size() - left) + " of the "
                        + events.size() + " facts from position 0 on");
    }

    /** Another engine, when it writes the clinic and has nothing more to erase. */
    private ExactEngine takeOver() {
        ExactEngine other = engine(log, store, LONG);
        await(() ->
                other.engine().health().shardsWritten() == 1 && log.setAside().isEmpty());
        return other;
    }

    private static KpiEvent last() {
        return new KpiEvent.Message("last", Weeks.CLINIC, NOW, "last", "last", KpiEvent.Sender.PATIENT, null, null);
    }

    private Map<String, ExactResult> withoutThePatient() {
        ExactEngine innocent = new ExactEngine(Deliveries.directory(), NOW, EventLog.inMemory());
        innocent.record(Weeks.without(PATIENT, events));
        innocent.record(List.of(last()));
        return innocent.exact(Weeks.CLINIC, ALL);
    }

    private void assertNothingIsLeft() {
        assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi.kpi_erasing"))
                .containsExactly("0");
        assertThat(log.setAside()).isEmpty();
        ExactEngine next = engine(log, store, LONG);
        assertThat(next.exact(Weeks.CLINIC, ALL)).isEqualTo(withoutThePatient());
        next.engine().close();
    }

    private static ExactEngine engine(EventLog log, CellStore store, Duration lease) {
        return new ExactEngine(
                Deliveries.directory(),
                NOW,
                log,
                builder -> builder.cells(store)
                        .shards(1)
                        .followEvery(OFTEN)
                        .checkpointEvery(OFTEN)
                        .leaseFor(lease));
    }

    private static void awaitWriter(ExactEngine engine) {
        await(() -> engine.engine().health().checkpointedAt() != null
                && engine.engine().health().shardsWritten() == 1);
    }

    private static void await(BooleanSupplier condition) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** A store or log that something comes between in, once. */
    private static final class Interrupted<T> {

        private final Class<T> type;
        private final T whole;
        private final AtomicReference<Interruption> next = new AtomicReference<>();

        Interrupted(Class<T> type, T whole) {
            this.type = type;
            this.whole = whole;
        }

        private record Interruption(String method, Predicate<Object[]> arguments, Runnable work) {}

        void before(String method, Predicate<Object[]> arguments, Runnable work) {
            next.set(new Interruption(method, arguments, work));
        }

        T proxy() {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> invoke(method, arguments)));
        }

        private Object invoke(Method method, Object[] arguments) throws Throwable {
            Interruption due = next.get();
            if (due != null
                    && method.getName().equals(due.method)
                    && due.arguments.test(arguments)
                    && next.compareAndSet(due, null)) {
                due.work.run();
            }
            try {
                return method.invoke(whole, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
