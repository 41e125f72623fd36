package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.store.CellStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clinics that leave and come back between two checkpoints, logs that lose what they had, entities that time settles while nobody looks. */
class CheckpointEdgesTest {

    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final ClinicId MAR = ClinicId.of("mar");

    private final TestClock clock = new TestClock("2026-06-15T12:00:00Z");
    private final CellStore store = CellStore.inMemory();
    private EventLog log = EventLog.inMemory();

    @Test
    void aClinicThatLeavesAndComesBackMissesNothingThatTimeDid() {
        KpiEngine engine = engine(both(), 1);
        engine.record(List.of(message(MAR, "1", "c", clock.instant())));
        engine.lookNow();
        engine.replaceDirectory(TestEngine.FOUNDER, TestClinics.directory(TestClinics.sol()));
        clock.advance(Duration.ofDays(31));
        engine.lookNow();
        assertThat(readBy(both(), MAR).asOf()).isBefore(clock.instant());
        engine.replaceDirectory(TestEngine.FOUNDER, both());
        engine.lookNow();

        assertSame(engine, MAR);
    }

    @Test
    void anEngineThatDoesNotKnowAClinicKeepsNothingFromIt() {
        KpiEngine engine = engine(both(), 1);
        engine.record(List.of(message(MAR, "1", "c", clock.instant())));
        engine.close();
        KpiEngine old = engine(TestClinics.directory(TestClinics.sol()), 1);
        clock.advance(Duration.ofDays(31));
        old.lookNow();
        old.close();
        KpiEngine next = engine(both(), 1);
        next.lookNow();

        assertSame(next, MAR);
    }

    /** An old conversation that was kept because of a young message is settled when it is loaded again, let go, and recalled for its score. */
    @Test
    void whatTimeSettledWhileNobodyLookedIsKeptNoLonger() {
        for (int settled : new int[] {1, 1_000}) {
            clock.set("2026-06-15T12:00:00Z");
            log = EventLog.inMemory();
            CellStore kept = CellStore.inMemory();
            Instant old = clock.instant().minus(Duration.ofDays(40));
            KpiEngine first = engine(TestClinics.directory(TestClinics.sol()), settled, kept);
            first.record(List.of(message(TestClinics.SOL, "1", "c", old)));
            first.record(List.of(message(TestClinics.SOL, "2", "c", clock.instant())));
            first.close();
            KpiEngine second = engine(TestClinics.directory(TestClinics.sol()), settled, kept);
            second.lookNow();
            clock.advance(Duration.ofHours(1));
            second.lookNow();
            for (int i = 0; i < 6; i++) {
                second.record(List.of(message(TestClinics.SOL, "x" + i, "x" + i, old)));
            }
            second.record(List.of(score("s1", 1)));
            second.close();
            assertThat(Objects.requireNonNull(kept.load(TestClinics.SOL)).entities())
                    .isEmpty();
            clock.advance(Duration.ofHours(1));
            KpiEngine third = engine(TestClinics.directory(TestClinics.sol()), settled, kept);
            third.record(List.of(score("s2", 5)));

            assertSame(third, TestClinics.SOL);
        }
    }

    /** A stand-by takes over that has not got the last three commits. */
    @Test
    void aLogThatLostFactsIsFoldedAgain() {
        for (boolean isFollowed : new boolean[] {false, true}) {
            Replaced replaced = new Replaced();
            log = replaced;
            CellStore kept = CellStore.inMemory();
            KpiEngine engine = engine(TestClinics.directory(TestClinics.sol()), 100, kept);
            for (int i = 0; i < 10; i++) {
                engine.record(List.of(message(TestClinics.SOL, "a" + i, "a" + i, clock.instant())));
            }
            engine.lookNow();
            replaced.loseAllFrom(7);
            if (isFollowed) {
                engine.lookNow();
                assertSame(engine, TestClinics.SOL);
            }
            KpiEngine next = engine(TestClinics.directory(TestClinics.sol()), 100, kept);
            engine.record(List.of(message(TestClinics.SOL, "b", "b", clock.instant())));
            next.record(List.of(message(TestClinics.SOL, "c", "c", clock.instant())));
            engine.lookNow();

            assertSame(engine, TestClinics.SOL);
            assertSame(next, TestClinics.SOL);
        }
    }

    /** What is recorded between the question for the log's end and its answer is no fact that the log has lost. */
    @Test
    void whatIsRecordedWhileTheLogIsAskedIsFoldedOnce() {
        List<KpiEngine> recording = new ArrayList<>();
        AtomicInteger count = new AtomicInteger();
        AtomicInteger wholeReads = new AtomicInteger();
        log = new ForwardingLog() {
            @Override
            public Map<ClinicId, Long> ends() {
                Map<ClinicId, Long> ends = super.ends();
                int n = count.incrementAndGet();
                recording.forEach(
                        each -> each.record(List.of(message(TestClinics.SOL, "m" + n, "c" + n, clock.instant()))));
                return ends;
            }

            @Override
            public long read(ClinicId clinic, long from, Reader reader) {
                wholeReads.addAndGet(from == 0 ? 1 : 0);
                return super.read(clinic, from, reader);
            }
        };
        KpiEngine engine = engine(TestClinics.directory(TestClinics.sol()), 100);
        engine.record(List.of(message(TestClinics.SOL, "0", "c", clock.instant())));
        engine.lookNow();
        recording.add(engine);
        wholeReads.set(0);
        for (int i = 0; i < 5; i++) {
            engine.lookNow();
        }
        recording.clear();

        assertThat(wholeReads).hasValue(0);
        assertSame(engine, TestClinics.SOL);
    }

    @Test
    void aClinicThatCannotBeReadHoldsUpNoOther() {
        for (int shards : new int[] {1, 8}) {
            Damaged damaged = new Damaged();
            log = damaged;
            CellStore kept = CellStore.inMemory();
            KpiEngine engine = TestEngine.builder(clock)
                    .directory(both())
                    .events(log)
                    .cells(kept)
                    .shards(shards)
                    .followEvery(NEVER)
                    .build();
            engine.record(List.of(message(MAR, "1", "c", clock.instant())));
            engine.lookNow();
            KpiEngine other = TestEngine.builder(clock)
                    .directory(both())
                    .events(damaged.log)
                    .build();
            other.record(List.of(message(MAR, "2", "d", clock.instant())));
            damaged.isOn = true;
            engine.record(List.of(message(TestClinics.SOL, "3", "d", clock.instant())));

            assertThat(engine.health().failingSince()).isNull();
            assertThatThrownBy(engine::lookNow).hasMessage("damaged");
            Instant since = clock.instant();
            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(engine::lookNow).hasMessage("damaged");
            assertThat(engine.health().failingSince()).isEqualTo(since);
            assertThat(Objects.requireNonNull(kept.load(TestClinics.SOL)).position())
                    .isEqualTo(1);
            damaged.isOn = false;
            engine.lookNow();
            assertThat(engine.health().failingSince()).isNull();
            assertThat(Objects.requireNonNull(kept.load(MAR)).position()).isEqualTo(2);
            assertSame(engine, MAR);
        }
    }

    /** Who looks after an engine asks it how it is just when a log takes its time. */
    @Test
    @Timeout(20)
    void anEngineTellsHowItIsWhileItsLogHangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        log = new ForwardingLog() {
            @Override
            public Appended append(List<Fact> facts) {
                if (!ends().isEmpty()) {
                    hanging.countDown();
                    awaitLatch(free);
                }
                return super.append(facts);
            }
        };
        KpiEngine engine = engine(both(), 10);
        engine.record(List.of(message(TestClinics.SOL, "1", "c", clock.instant())));
        long before = engine.health().entities();
        Thread writer = new Thread(() -> engine.record(List.of(message(TestClinics.SOL, "2", "d", clock.instant()))));
        writer.start();
        hanging.await();
        try {
            assertThat(engine.health().entities()).isEqualTo(before).isPositive();
        } finally {
            free.countDown();
            writer.join();
        }
        assertThat(engine.health().entities()).isGreaterThan(before);
    }

    @Test
    void anErrorDoesNotEndTheFollowing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        EventLog failing = new ForwardingLog() {
            @Override
            public Map<ClinicId, Long> ends() {
                if (asked.incrementAndGet() == 2) {
                    throw new OutOfMemoryError("once");
                }
                return super.ends();
            }

            @Override
            public boolean isShared() {
                return true;
            }
        };
        KpiEngine engine = TestEngine.builder(clock)
                .events(failing)
                .followEvery(Duration.ofMillis(5))
                .build();
        long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (asked.get() < 5 && System.nanoTime() < patience) {
            Thread.sleep(5);
        }
        engine.close();
        assertThat(asked).hasValueGreaterThanOrEqualTo(5);
    }

    /** Nothing happens in the clinic, but it is folded by other hours from now on. */
    @Test
    void aQuietClinicIsKeptByItsNewCalendar() {
        KpiEngine before = engine(TestClinics.directory(TestClinics.sol()), 1);
        before.record(List.of(new KpiEvent.FeatureUsed("1", TestClinics.SOL, clock.instant(), "reminders")));
        before.close();
        Clinic shut = TestClinics.sol(TestClinics.hours("10:00", "11:00"), Set.of(), ZoneId.of("Europe/Madrid"));
        KpiEngine after = engine(TestClinics.directory(shut), 1);
        after.lookNow();

        assertThat(readBy(TestClinics.directory(shut), TestClinics.SOL).cells().cells())
                .isPositive();
    }

    /** A log that has forgotten facts folds no past anew, but every year has its holidays: what is announced asks for no past. */
    @Test
    void holidaysAreAnnouncedAlthoughFactsAreForgotten() {
        log = new ForwardingLog() {
            @Override
            public long floor(ClinicId clinic) {
                return clock.millis() - 1;
            }
        };
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Madrid"));
        KpiEngine engine = engine(both(), 10);
        engine.record(List.of(message(TestClinics.SOL, "1", "c", clock.instant())));
        engine.lookNow();
        Clinic announced = holiday(today.plusDays(1));
        engine.replaceDirectory(TestEngine.FOUNDER, with(announced));
        assertThat(moment(engine, TestClinics.SOL).calendar()).isEqualTo(ClinicCalendar.of(announced));
        engine.close();
        clock.advance(Duration.ofDays(3));
        KpiEngine next = engine(with(announced), 10);
        next.lookNow();
        assertThat(moment(next, TestClinics.SOL).cells().cells()).isPositive();
        assertThat(readBy(with(announced), TestClinics.SOL).cells().cells()).isPositive();

        ClinicDirectory past = with(holiday(today));
        assertThatThrownBy(() -> next.replaceDirectory(TestEngine.FOUNDER, past))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forgotten facts of clinic sol");
        assertThat(List.of(
                        moment(next, TestClinics.SOL).directory(),
                        moment(next, MAR).directory()))
                .as("no clinic has changed")
                .doesNotContain(past);
    }

    /** What would be folded anew would lack what the log forgets while it is read. */
    @Test
    void whatIsForgottenWhileItIsFoldedAnewIsNotMissing() {
        AtomicBoolean hasForgotten = new AtomicBoolean();
        AtomicBoolean forgets = new AtomicBoolean();
        log = new ForwardingLog() {
            @Override
            public long floor(ClinicId clinic) {
                return hasForgotten.get() ? clock.millis() - 1 : Long.MIN_VALUE;
            }

            @Override
            public long read(ClinicId clinic, long from, Reader reader) {
                hasForgotten.compareAndSet(false, forgets.get());
                return super.read(clinic, from, reader);
            }
        };
        KpiEngine engine = engine(both(), 10);
        engine.record(List.of(message(TestClinics.SOL, "1", "c", clock.instant())));
        engine.lookNow();
        ClinicCalendar before = moment(engine, TestClinics.SOL).calendar();
        forgets.set(true);

        ClinicDirectory past = with(holiday(LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Madrid"))));
        assertThatThrownBy(() -> engine.replaceDirectory(TestEngine.FOUNDER, past))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forgotten facts of clinic sol");

        assertThat(moment(engine, TestClinics.SOL).calendar()).isEqualTo(before);
        assertThat(moment(engine, TestClinics.SOL).cells().cells()).isPositive();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Clinic holiday(LocalDate date) {
        return TestClinics.sol(TestClinics.hours("09:00", "14:00"), Set.of(date), ZoneId.of("Europe/Madrid"));
    }

    /** What others appended while no engine ran is recalled for in batches, not fact by fact. */
    @Test
    void whatCameInAPauseIsFoldedTogether() {
        AtomicInteger recalls = new AtomicInteger();
        log = new ForwardingLog() {
            @Override
            public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
                recalls.incrementAndGet();
                return super.read(clinic, entities, reader);
            }
        };
        KpiEngine before = engine(TestClinics.directory(TestClinics.sol()), 10_000);
        before.record(List.of(message(TestClinics.SOL, "1", "c", clock.instant())));
        before.close();
        Instant left = clock.instant();
        clock.advance(Duration.ofDays(1));
        KpiEngine other = TestEngine.builder(clock).events(log).build();
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            events.add(message(TestClinics.SOL, "m" + i, "c" + i, left.plusMillis(1 + i)));
        }
        other.record(events);
        KpiEngine after = engine(TestClinics.directory(TestClinics.sol()), 10_000);
        recalls.set(0);

        assertSame(after, TestClinics.SOL);
        assertThat(recalls).hasValueLessThan(20);
    }

    @Test
    void anEngineThatOnlyFollowsLetsGo() {
        KpiEngine follower = engine(TestClinics.directory(TestClinics.sol()), 100);
        follower.lookNow();
        moment(follower, TestClinics.SOL);
        KpiEngine other = TestEngine.builder(clock).events(log).build();
        Instant old = clock.instant().minus(Duration.ofDays(60));
        for (int round = 0; round < 10; round++) {
            List<KpiEvent> events = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                events.add(message(TestClinics.SOL, "m" + round + "-" + i, "c" + round + "-" + i, old));
            }
            other.record(events);
            follower.lookNow();
        }
        assertThat(follower.health().entities()).isLessThanOrEqualTo(300);
        assertSame(follower, TestClinics.SOL);
    }

    @Test
    void closingAgainChangesNothing() {
        KpiEngine engine = engine(TestClinics.directory(TestClinics.sol()), 1);
        engine.record(List.of(message(TestClinics.SOL, "1", "c", clock.instant())));
        engine.close();
        Instant closed = Objects.requireNonNull(store.load(TestClinics.SOL)).asOf();
        clock.advance(Duration.ofDays(1));
        engine.close();
        assertThat(Objects.requireNonNull(store.load(TestClinics.SOL)).asOf()).isEqualTo(closed);
    }

    @Test
    void aLeaseOutlastsTheIntervalOfCheckpoints() {
        assertThatThrownBy(() -> TestEngine.builder(clock)
                        .checkpointEvery(Duration.ofSeconds(5))
                        .leaseFor(Duration.ofSeconds(5))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaseFor");
    }

    private KpiEngine engine(ClinicDirectory directory, int settled) {
        return engine(directory, settled, store);
    }

    private KpiEngine engine(ClinicDirectory directory, int settled, CellStore kept) {
        return TestEngine.builder(clock)
                .directory(directory)
                .events(log)
                .cells(kept)
                .shards(1)
                .settledInMemory(settled)
                .followEvery(NEVER)
                .build();
    }

    /** Against an engine that folds everything by itself. */
    private void assertSame(KpiEngine engine, ClinicId clinic) {
        KpiEngine alone =
                TestEngine.builder(clock).directory(both()).events(log).build();
        assertThat(moment(engine, clinic).cells())
                .isEqualTo(moment(alone, clinic).cells());
        assertThat(moment(engine, clinic).activeConversations())
                .isEqualTo(moment(alone, clinic).activeConversations());
    }

    private ClinicMoment readBy(ClinicDirectory directory, ClinicId clinic) {
        return moment(
                TestEngine.builder(clock)
                        .directory(directory)
                        .events(log)
                        .cells(store)
                        .queriesOnly()
                        .build(),
                clinic);
    }

    private ClinicMoment moment(KpiEngine engine, ClinicId clinic) {
        return Objects.requireNonNull(engine.source(clinic)).at(clock.instant());
    }

    private static ClinicDirectory both() {
        return with(TestClinics.sol());
    }

    private static ClinicDirectory with(Clinic sol) {
        ClinicDirectory one = TestClinics.directory(sol);
        Clinic mar = new Clinic(
                MAR,
                "Clínica Mar",
                "grupo-mar",
                sol.vertical(),
                sol.country(),
                sol.zone(),
                sol.currency(),
                sol.locale(),
                sol.goLive(),
                sol.openingHours(),
                sol.holidays(),
                sol.averageRevenuePerVisit(),
                sol.tier(),
                sol.services(),
                sol.baseline(),
                sol.subscriptionFee());
        return new ClinicDirectory(
                Map.of(TestClinics.SOL, sol, MAR, mar), one.tiers(), one.llmPrices(), one.exchangeRates());
    }

    private static KpiEvent message(ClinicId clinic, String id, String conversation, Instant at) {
        return new KpiEvent.Message(id, clinic, at, conversation, "p-" + conversation, Sender.PATIENT, null, null);
    }

    private KpiEvent score(String id, int score) {
        return new KpiEvent.CsatSubmitted(id, TestClinics.SOL, clock.instant(), "c", "p-c", score);
    }

    /** Cannot be read on for one clinic while it is on. */
    private static final class Damaged extends ForwardingLog {

        private boolean isOn;

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            if (isOn && clinic.equals(MAR)) {
                throw new IllegalStateException("damaged");
            }
            return super.read(clinic, from, reader);
        }
    }

    /** Becomes another log under its users. */
    private static final class Replaced implements EventLog {

        private EventLog now = EventLog.inMemory();

        void loseAllFrom(long end) {
            EventLog before = now;
            now = EventLog.inMemory();
            before.read(TestClinics.SOL, 0, (position, fact) -> {
                if (position < end) {
                    now.append(List.of(fact));
                }
            });
        }

        @Override
        public Appended append(List<Fact> facts) {
            return now.append(facts);
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return now.read(clinic, from, reader);
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            return now.read(clinic, entities, reader);
        }

        @Override
        public Map<ClinicId, Long> ends() {
            return now.ends();
        }
    }
}
