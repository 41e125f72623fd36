package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an engine holds, forgets and remembers while it lives, and how it ends. */
class EngineLifeTest {

    private static final Period MARCH = Period.month(2026, 3);

    private final TestClock clock = new TestClock("2026-06-15T12:00:00Z");

    @Test
    void countsWhatBecameOfEveryEvent() {
        KpiEngine engine = engine(EventLog.inMemory(), 100);
        engine.record(List.of(message("1", "a"), message("1", "a"), message("1", "b"), message("2", "b")));
        engine.record(List.of(new KpiEvent.FeatureUsed("3", ClinicId.of("nowhere"), clock.instant(), "x")));

        EngineHealth health = engine.health();
        assertThat(health.accepted()).isEqualTo(2);
        assertThat(health.duplicates()).isEqualTo(1);
        assertThat(health.conflicts()).isEqualTo(1);
        assertThat(health.rejected()).isEqualTo(1);
        assertThat(health.tooLate()).isZero();
        assertThat(health.entities()).isEqualTo(4);
        assertThat(health.cells()).isPositive();
        assertThat(health.bytes()).isPositive();
        assertThat(health.newestEvent()).isEqualTo(Instant.parse("2026-03-02T10:00:00Z"));
        assertThat(health.lag()).isEqualTo(Duration.between(Instant.parse("2026-03-02T10:00:00Z"), clock.instant()));
    }

    @Test
    void anEngineOfNothingHasNoLag() {
        EngineHealth health = engine(EventLog.inMemory(), 100).health();
        assertThat(health.newestEvent()).isNull();
        assertThat(health.lag()).isNull();
    }

    @Test
    void whatIsDatedAheadIsNoNegativeLag() {
        KpiEngine engine = engine(EventLog.inMemory(), 100);
        engine.record(List.of(TestEngine.message("1", Sender.PATIENT, "a", "2026-06-16T12:00:00Z")));
        assertThat(engine.health().lag()).isEqualTo(Duration.ZERO);
    }

    /** An appointment is missed, its engine forgets it, and then it turns out that it was kept. */
    @Test
    void aLateEventReachesWhatWasLetGo() {
        EventLog log = EventLog.inMemory();
        KpiEngine engine = engine(log, 10);
        engine.record(List.of(
                TestEngine.appointment(
                        "1", "a", AppointmentStatus.CONFIRMED, "2026-03-10T10:00:00Z", "2026-03-01T10:00:00Z"),
                TestEngine.appointment(
                        "2", "a", AppointmentStatus.NO_SHOW, "2026-03-10T10:00:00Z", "2026-03-10T11:00:00Z")));
        for (int i = 0; i < 100; i++) {
            engine.record(List.of(message("m" + i, "c" + i)));
        }
        assertThat(engine.health().entities()).isLessThanOrEqualTo(13);
        assertThat(noShowRate(engine)).isEqualTo("1");

        engine.record(List.of(TestEngine.appointment(
                "3", "a", AppointmentStatus.COMPLETED, "2026-03-10T10:00:00Z", "2026-03-10T12:00:00Z")));

        assertThat(noShowRate(engine)).isEqualTo("0");
        assertThat(engine.health().tooLate()).isZero();
    }

    /** The facts are stored, so their clinic answers with them as soon as the log can be read again, and not before. */
    @Test
    void whatTheLogFailedToRecallIsFoldedAgain() {
        BrokenLog log = new BrokenLog();
        KpiEngine engine = engine(log, 1);
        engine.record(List.of(message("1", "a")));
        engine.record(List.of(message("2", "b")));
        engine.record(List.of(message("3", "c")));
        log.broken = true;
        List<KpiEvent> late = List.of(new KpiEvent.ConversationHandedOff("4", TestClinics.SOL, clock.instant(), "a"));
        assertThatThrownBy(() -> engine.record(late)).isInstanceOf(IllegalStateException.class);
        ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(IllegalStateException.class);

        log.broken = false;
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).numerator()).isEqualByComparingTo("1");
        assertThat(engine.record(late).duplicates()).isEqualTo(1);
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(3);
    }

    /** The word of a commit is lost: the log has the facts, and who handed them in was told that it failed. */
    @Test
    void whatTheLogStoredWithoutSayingSoIsFolded() {
        BrokenLog log = new BrokenLog();
        KpiEngine engine = engine(log, 100);
        engine.record(List.of(message("1", "a")));
        ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);
        log.losesItsWord = true;
        log.broken = true;
        assertThatThrownBy(() -> engine.record(List.of(message("2", "b")))).isInstanceOf(IllegalStateException.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);

        log.losesItsWord = false;
        log.broken = false;
        assertThat(engine.record(List.of(message("2", "b"))).duplicates()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(2);
    }

    /** Appointments that name a conversation of which no message ever comes. */
    @Test
    void aConversationWithoutMessagesSettles() {
        KpiEngine engine = engine(EventLog.inMemory(), 10);
        for (int i = 0; i < 100; i++) {
            engine.record(List.of(new KpiEvent.ConversationHandedOff(
                    "h" + i, TestClinics.SOL, Instant.parse("2026-03-02T10:00:00Z"), "c" + i)));
        }
        assertThat(engine.health().entities()).isLessThanOrEqualTo(11);
    }

    @Test
    void aStartLetsGoOfWhatHasSettled() {
        EventLog log = EventLog.inMemory();
        KpiEngine before = engine(log, 1_000);
        for (int i = 0; i < 100; i++) {
            before.record(List.of(message("m" + i, "c" + i)));
        }
        assertThat(before.health().entities()).isEqualTo(200);
        KpiEngine after = engine(log, 10);
        assertThat(after.health().entities()).isLessThanOrEqualTo(10);
        after.record(List.of(new KpiEvent.ConversationHandedOff(
                "late", TestClinics.SOL, Instant.parse("2026-03-02T10:01:00Z"), "c7")));
        assertThat(after.open(TestEngine.ANA, TestClinics.SOL)
                        .report(MARCH)
                        .result(Kpi.HANDOFF_RATE)
                        .numerator())
                .isEqualByComparingTo("1");
    }

    @Test
    void aListIsRecordedWholeThoughTheEngineIsClosedMeanwhile() throws Exception {
        StuckLog log = new StuckLog();
        KpiEngine engine = engine(log, 100);
        List<KpiEvent> events = new ArrayList<>();
        for (int i = 0; i < 3_500; i++) {
            events.add(message("m" + i, "c" + i));
        }
        ExecutorService background = Executors.newFixedThreadPool(2);
        try {
            log.stuck = new CountDownLatch(1);
            Future<RecordResult> writing = background.submit(() -> engine.record(events));
            assertThat(log.appending.await(20, TimeUnit.SECONDS)).isTrue();
            Future<?> closing = background.submit(engine::close);
            log.stuck.countDown();
            closing.get();
            assertThat(writing.get().accepted()).isEqualTo(3_500);
        } finally {
            log.stuck.countDown();
            background.shutdownNow();
        }
    }

    @Test
    void whatIsNotSettledStaysInMemory() {
        KpiEngine engine = engine(EventLog.inMemory(), 10);
        for (int i = 0; i < 100; i++) {
            engine.record(List.of(TestEngine.message("m" + i, Sender.PATIENT, "c" + i, "2026-06-15T11:00:00Z")));
        }
        assertThat(engine.health().entities()).isBetween(100L, 113L);
        clock.advance(Duration.ofDays(31));
        engine.record(List.of(TestEngine.message("last", Sender.PATIENT, "last", "2026-06-15T11:00:00Z")));
        assertThat(engine.health().entities()).isLessThanOrEqualTo(13);
    }

    @Test
    void whatTheLogWillNotKeepIsTooLate() {
        ForgetfulLog log = new ForgetfulLog();
        KpiEngine engine = engine(log, 100);
        log.floor = Instant.parse("2026-03-03T00:00:00Z").toEpochMilli();
        RecordResult result = engine.record(
                List.of(message("1", "a"), TestEngine.message("2", Sender.PATIENT, "b", "2026-03-03T00:00:00Z")));
        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.tooLate()).isEqualTo(1);
        assertThat(engine.health().tooLate()).isEqualTo(1);
        assertThatThrownBy(() -> engine.asOf(clock.instant()).open(TestEngine.ANA, TestClinics.SOL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forgotten");
    }

    @Test
    void aPastMomentKnowsNothingOfWhatCameAfterIt() {
        KpiEngine engine = engine(EventLog.inMemory(), 100);
        engine.record(List.of(
                TestEngine.appointment(
                        "1", "a", AppointmentStatus.CONFIRMED, "2026-03-10T10:00:00Z", "2026-03-01T10:00:00Z"),
                TestEngine.appointment(
                        "2", "a", AppointmentStatus.NO_SHOW, "2026-03-10T10:00:00Z", "2026-03-12T11:00:00Z")));
        assertThat(noShowRate(engine)).isEqualTo("1");
        ClinicDashboard past =
                engine.asOf(Instant.parse("2026-03-12T00:00:00Z")).open(TestEngine.ANA, TestClinics.SOL);
        assertThat(past.today()).isEqualTo("2026-03-12");
        KpiReport then = past.report(MARCH);
        assertThat(then.asOf()).isEqualTo(Instant.parse("2026-03-12T00:00:00Z"));
        assertThat(then.result(Kpi.NO_SHOW_RATE).value()).isNull();
        assertThat(then.result(Kpi.NO_SHOW_RATE).partial()).isTrue();
        assertThatThrownBy(() -> engine.asOf(clock.instant().plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReaderHasItsAnswerWhileTheLogIsStuck() throws Exception {
        StuckLog log = new StuckLog();
        KpiEngine engine = engine(log, 100);
        engine.record(List.of(message("1", "a")));
        ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);

        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            log.stuck = new CountDownLatch(1);
            Future<RecordResult> writing = background.submit(() -> engine.record(List.of(message("2", "b"))));
            assertThat(log.appending.await(20, TimeUnit.SECONDS)).isTrue();
            clock.advance(Duration.ofMinutes(1));

            assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);
            assertThat(writing.isDone()).isFalse();

            log.stuck.countDown();
            assertThat(writing.get().accepted()).isEqualTo(1);
            assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(2);
        } finally {
            log.stuck.countDown();
            background.shutdownNow();
        }
    }

    /** An entity is being recalled, and the log takes its time over it. */
    @Test
    void aReaderHasItsAnswerWhileARecallIsStuck() throws Exception {
        StuckLog log = new StuckLog();
        KpiEngine engine = engine(log, 1);
        for (String conversation : List.of("a", "b", "c")) {
            engine.record(List.of(message("m" + conversation, conversation)));
        }
        ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
        assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).numerator()).isEqualByComparingTo("0");
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            log.recallStuck = new CountDownLatch(1);
            Future<RecordResult> writing = background.submit(() -> engine.record(
                    List.of(new KpiEvent.ConversationHandedOff("late", TestClinics.SOL, clock.instant(), "a"))));
            assertThat(log.recalling.await(20, TimeUnit.SECONDS)).isTrue();
            clock.advance(Duration.ofMinutes(1));

            assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).numerator())
                    .isEqualByComparingTo("0");
            assertThat(writing.isDone()).isFalse();

            log.recallStuck.countDown();
            writing.get();
            assertThat(dashboard.report(MARCH).result(Kpi.HANDOFF_RATE).numerator())
                    .isEqualByComparingTo("1");
        } finally {
            log.recallStuck.countDown();
            background.shutdownNow();
        }
    }

    @Test
    void closingWaitsForWhatIsBeingRecordedAndRefusesTheRest() throws Exception {
        StuckLog log = new StuckLog();
        KpiEngine engine = engine(log, 100);
        ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
        ExecutorService background = Executors.newFixedThreadPool(2);
        try {
            log.stuck = new CountDownLatch(1);
            Future<RecordResult> writing = background.submit(() -> engine.record(List.of(message("1", "a"))));
            assertThat(log.appending.await(20, TimeUnit.SECONDS)).isTrue();
            Future<?> closing = background.submit(engine::close);
            Thread.sleep(50);
            assertThat(closing.isDone()).isFalse();
            log.stuck.countDown();
            closing.get();
            assertThat(writing.get().accepted()).isEqualTo(1);
        } finally {
            log.stuck.countDown();
            background.shutdownNow();
        }
        assertThatThrownBy(() -> engine.record(List.of(message("2", "b")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> engine.open(TestEngine.ANA, TestClinics.SOL))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(IllegalStateException.class);
        engine.close();
    }

    @Test
    void settingsArePositive() {
        KpiEngineBuilder builder = TestEngine.builder(clock);
        assertThatThrownBy(() -> builder.shards(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.settledInMemory(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.liveEvery(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private KpiEngine engine(EventLog log, int settledInMemory) {
        return TestEngine.builder(clock)
                .events(log)
                .shards(1)
                .settledInMemory(settledInMemory)
                .build();
    }

    private static String noShowRate(KpiEngine engine) {
        return String.valueOf(engine.open(TestEngine.ANA, TestClinics.SOL)
                .report(MARCH)
                .result(Kpi.NO_SHOW_RATE)
                .value());
    }

    private static KpiEvent message(String id, String conversation) {
        return TestEngine.message(id, Sender.PATIENT, conversation, "2026-03-02T10:00:00Z");
    }

    /** Keeps nothing from before its floor. */
    private static final class ForgetfulLog extends ForwardingLog {

        private long floor = Long.MIN_VALUE;

        @Override
        public Appended append(List<Fact> facts) {
            List<Fact> young = facts.stream().filter(fact -> fact.at() >= floor).toList();
            Appended appended = log.append(young);
            List<Outcome> outcomes = facts.stream()
                    .map(fact -> fact.at() < floor
                            ? Outcome.TOO_LATE
                            : appended.outcomes().get(young.indexOf(fact)))
                    .toList();
            return new Appended(outcomes, appended.ends());
        }

        @Override
        public long floor(ClinicId clinic) {
            return floor;
        }
    }

    /** Cannot be read while it is broken, and may store without saying so. */
    private static final class BrokenLog extends ForwardingLog {

        private boolean broken;
        private boolean losesItsWord;

        @Override
        public Appended append(List<Fact> facts) {
            Appended appended = log.append(facts);
            if (losesItsWord) {
                throw new IllegalStateException("the connection was cut");
            }
            return appended;
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            requireWhole();
            return log.read(clinic, from, reader);
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            requireWhole();
            return log.read(clinic, entities, reader);
        }

        private void requireWhole() {
            if (broken) {
                throw new IllegalStateException("the disk is gone");
            }
        }
    }

    /** Takes as long as a test wants. */
    private static final class StuckLog extends ForwardingLog {

        private final CountDownLatch appending = new CountDownLatch(1);
        private final CountDownLatch recalling = new CountDownLatch(1);
        private volatile CountDownLatch stuck = new CountDownLatch(0);
        private volatile CountDownLatch recallStuck = new CountDownLatch(0);

        @Override
        public Appended append(List<Fact> facts) {
            if (stuck.getCount() > 0) {
                appending.countDown();
            }
            waitFor(stuck);
            return log.append(facts);
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            if (recallStuck.getCount() > 0) {
                recalling.countDown();
            }
            waitFor(recallStuck);
            return log.read(clinic, entities, reader);
        }

        private static void waitFor(CountDownLatch latch) {
            try {
                assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
