package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.People;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.StoredEntity;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * A patient is erased where the log has forgotten facts: what it still holds of the patient is taken out of the figures as if it had never come, what it has
 * forgotten stays counted as nobody's, and nothing is left of who it was; wherever an engine dies on the way.
 */
class ErasureAfterForgettingTest {

    private static final KpiRequest ALL = KpiRequest.of(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 7, 1)));
    private static final Principal ADMIN = Principal.clinicAdmin("ana", Weeks.CLINIC);
    private static final Duration NEVER = Duration.ofHours(1);

    /** What goes wrong. */
    enum Death {
        NOBODYS,
        /** The log has set the facts aside, and no engine runs. */
        OF_THE_ERASER,
        /** Another process erases, and an engine that has not heard of it goes on and keeps that. */
        OF_THE_ERASER_UNHEARD,
        /** The engine has corrected its cells and cannot keep them. */
        BEFORE_THE_CELLS_ARE_KEPT,
        /** The cells are kept, and the facts that were set aside are still there. */
        BEFORE_THE_FACTS_ARE_DELETED
    }

    /**
     * One case.
     *
     * @param floorWeek the week that the floor lies in
     * @param week whose patient is erased
     * @param patient which of the week's
     * @param settled how many settled entities engines keep in memory
     */
    record Case(long seed, int floorWeek, int week, int patient, int settled, Death death) {

        boolean isWhollyKnown() {
            return week > floorWeek;
        }

        String id() {
            return Weeks.patient(week, patient);
        }

        long keyed() {
            return new PlainGate().patient(Weeks.CLINIC, id());
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.integers().between(1, Weeks.LONG - 1),
                        Arbitraries.integers().between(0, Weeks.COUNT - 1),
                        Arbitraries.integers().between(0, Weeks.PATIENTS - 1),
                        Arbitraries.of(5, 10_000),
                        Arbitraries.of(Death.class))
                .as(Case::new);
    }

    @Property(seed = "20261123", tries = 40, shrinking = ShrinkingMode.OFF)
    void isAsIfWhatTheLogHeldHadNeverCome(@ForAll("cases") Case each) {
        holds(DatabaseKind.H2, each);
    }

    @Property(seed = "20261124", tries = 10, shrinking = ShrinkingMode.OFF)
    void isAsIfWhatTheLogHeldHadNeverComeOnPostgres(@ForAll("cases") Case each) {
        holds(DatabaseKind.POSTGRESQL, each);
    }

    private static void holds(DatabaseKind kind, Case each) {
        try (TestDatabase database = TestDatabase.migrated(kind)) {
            new Run(database, each).run();
        }
    }

    /** A case on a database. */
    private static final class Run {

        private final TestDatabase database;
        private final Case each;
        private final Weeks weeks;
        private final Random random;
        private final JdbcEventLog log;
        private final CellStore store;
        private final Set<String> broken = ConcurrentHashMap.newKeySet();
        private final Map<Long, Fact> forgotten = new HashMap<>();

        Run(TestDatabase database, Case each) {
            this.database = database;
            this.each = each;
            this.random = new Random(each.seed);
            this.weeks = new Weeks(random);
            HikariDataSource pool = database.newPool(6);
            this.log = JdbcEventLog.open(pool);
            this.store = JdbcCellStore.open(pool);
        }

        void run() {
            ExactEngine engine = engine(Weeks.start(4));
            engine.record(weeks.of(0, 4));
            engine.setClock(Weeks.start(Weeks.COUNT));
            engine.record(weeks.of(4, Weeks.COUNT));
            if (random.nextBoolean()) {
                engine.engine().close();
                engine = engine(Weeks.start(Weeks.COUNT));
            }
            forget();
            Map<String, ExactResult> before = engine.exact(Weeks.CLINIC, ALL);

            engine = erase(engine);

            Map<String, ExactResult> after = engine.exact(Weeks.CLINIC, ALL);
            if (each.week < each.floorWeek && each.death != Death.OF_THE_ERASER_UNHEARD) {
                assertThat(values(after)).isEqualTo(values(before));
            }
            engine.record(late());
            engine.setClock(Weeks.start(Weeks.COUNT + 1));
            engine.record(weeks.of(Weeks.COUNT));
            engine.setClock(Weeks.start(Weeks.COUNT + 12));
            Map<String, ExactResult> last = engine.exact(Weeks.CLINIC, ALL);
            engine.engine().close();
            nothingIsLeft();
            if (each.week != each.floorWeek) {
                agrees(last);
            }
            ExactEngine next = engine(Weeks.start(Weeks.COUNT + 12));
            assertThat(next.exact(Weeks.CLINIC, ALL)).isEqualTo(last);
            next.engine().close();
        }

        private void forget() {
            Instant floor = Weeks.start(each.floorWeek).plusSeconds(random.nextInt(7 * 24 * 60 * 60));
            log.read(Weeks.CLINIC, 0, (position, fact) -> {
                if (fact.at() < floor.toEpochMilli()) {
                    forgotten.put(position, fact);
                }
            });
            log.forgetBefore(floor);
        }

        /** Others' events of weeks that nothing was forgotten of. */
        private List<KpiEvent> late() {
            List<KpiEvent> late = weeks.of(Weeks.COUNT - 1);
            return late.subList(0, late.size() / 4);
        }

        private ExactEngine erase(ExactEngine engine) {
            Instant now = Weeks.start(Weeks.COUNT);
            switch (each.death) {
                case NOBODYS -> {
                    engine.engine().erasePatient(ADMIN, Weeks.CLINIC, each.id());
                    nothingIsLeft();
                    return engine;
                }
                case OF_THE_ERASER -> {
                    engine.engine().close();
                    log.erase(Weeks.CLINIC, each.keyed());
                }
                case OF_THE_ERASER_UNHEARD -> {
                    broken.add("ends");
                    // What the engine will come across behind what it has folded.
                    ExactEngine other = new ExactEngine(Deliveries.directory(), now, log);
                    other.record(weeks.of(each.week > each.floorWeek ? each.week : Weeks.COUNT - 1));
                    other.engine().close();
                    log.erase(Weeks.CLINIC, each.keyed());
                    engine.record(Weeks.without(each.id(), late()));
                    engine.engine().close();
                    broken.clear();
                }
                case BEFORE_THE_CELLS_ARE_KEPT, BEFORE_THE_FACTS_ARE_DELETED -> {
                    engine.engine().close();
                    ExactEngine dying = engine(now);
                    broken.add(each.death == Death.BEFORE_THE_CELLS_ARE_KEPT ? "save" : "deleteSetAside");
                    assertThatThrownBy(() -> dying.engine().erasePatient(ADMIN, Weeks.CLINIC, each.id()))
                            .hasMessageContaining("unplugged");
                    broken.add("save");
                    dying.engine().close();
                    broken.clear();
                    assertThat(log.setAside()).containsExactly(Weeks.CLINIC);
                }
            }
            return engine(now);
        }

        private ExactEngine engine(Instant now) {
            ExactEngine engine = new ExactEngine(
                    Deliveries.directory(),
                    now,
                    breakable(EventLog.class, log),
                    builder -> builder.cells(breakable(CellStore.class, store))
                            .shards(1)
                            .settledInMemory(each.settled)
                            .followEvery(Duration.ofMillis(5))
                            .checkpointEvery(NEVER)
                            .leaseFor(NEVER.multipliedBy(2)));
            // An engine that has not kept anything yet begins with what is kept.
            awaitFirstCheckpoint(engine);
            return engine;
        }

        private <T> T breakable(Class<T> type, T whole) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (broken.contains(method.getName())) {
                            throw new IllegalStateException("unplugged");
                        }
                        try {
                            return method.invoke(whole, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        /** Who it was is known by what refuses the events, and by nothing else. */
        private void nothingIsLeft() {
            for (String table : List.of("kpi_fact", "kpi_erasing", "kpi_forgotten", "kpi_entity")) {
                String column = Map.of("kpi_fact", "patient", "kpi_forgotten", "entity", "kpi_entity", "entity")
                        .get(table);
                assertThat(database.query("SELECT COUNT(*) FROM clinic_kpi." + table
                                + (column == null ? "" : " WHERE " + column + " = " + each.keyed())))
                        .as(table)
                        .containsExactly("0");
            }
            assertThat(log.setAside()).isEmpty();
            Checkpoint kept = kept(store);
            CellTable cells = new CellTable(LocalDays.in(ZoneId.of("Europe/Madrid")));
            cells.replaceDays(kept.days());
            cells.forEach((key, cell) -> {
                People people = cell.people();
                if (people != null) {
                    people.forEachHash(hash -> assertThat(hash).isNotEqualTo(People.hash(each.keyed())));
                }
            });
            byte[] id = new byte[Long.BYTES];
            for (int i = 0; i < id.length; i++) {
                id[i] = (byte) (each.keyed() >>> (8 * (id.length - 1 - i)));
            }
            for (StoredEntity entity : kept.entities()) {
                assertThat(contains(entity.state(), id)).isFalse();
            }
        }

        /** The cells and figures are those of an engine that folds what is left of what the log held, and what it has forgotten. */
        private void agrees(Map<String, ExactResult> last) {
            if (!each.isWhollyKnown()) {
                return;
            }
            EventLog never = EventLog.inMemory();
            never.append(new ArrayList<>(new TreeMap<>(forgotten).values()));
            List<Fact> left = new ArrayList<>();
            log.read(Weeks.CLINIC, 0, (position, fact) -> left.add(fact));
            never.append(left);
            CellStore neversStore = CellStore.inMemory();
            ExactEngine innocent = new ExactEngine(
                    Deliveries.directory(),
                    Weeks.start(Weeks.COUNT + 12),
                    never,
                    builder -> builder.cells(neversStore).shards(1));
            assertThat(last).isEqualTo(innocent.exact(Weeks.CLINIC, ALL));
            innocent.engine().close();
            assertThat(days(store)).isEqualTo(days(neversStore));
            assertThat(new HashSet<>(kept(store).entities()))
                    .isEqualTo(new HashSet<>(kept(neversStore).entities()));
        }
    }

    private static void awaitFirstCheckpoint(ExactEngine engine) {
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (engine.engine().health().checkpointedAt() == null && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(engine.engine().health().checkpointedAt()).isNotNull();
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int from = 0; from + part.length <= all.length; from++) {
            if (Arrays.equals(all, from, from + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static Checkpoint kept(CellStore store) {
        return Objects.requireNonNull(store.load(Weeks.CLINIC));
    }

    private static Map<Long, String> days(CellStore store) {
        Map<Long, String> days = new TreeMap<>();
        kept(store).days().forEach((day, bytes) -> days.put(day, Arrays.toString(bytes)));
        return days;
    }

    /** Figures without the people behind them. */
    private static Map<String, String> values(Map<String, ExactResult> figures) {
        Map<String, String> values = new TreeMap<>();
        figures.forEach((id, result) -> values.put(
                id,
                result.figure().value() + " " + result.figure().numerator() + "/"
                        + result.figure().denominator()));
        return values;
    }
}
