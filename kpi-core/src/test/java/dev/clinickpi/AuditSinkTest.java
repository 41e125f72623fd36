package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clinickpi.GuardedMethods.Guarded;
import dev.clinickpi.GuardedMethods.Right;
import dev.clinickpi.GuardedMethods.Scene;
import dev.clinickpi.GuardedMethods.Sinks;
import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An audit log that is down, full or slow: every method that somebody needs a right for refuses, whoever asks, nothing comes out of it, and it works again
 * when the log does.
 */
class AuditSinkTest {

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final Sinks sinks = new Sinks();
    private final Sink sink = new Sink();

    @TestFactory
    Stream<DynamicTest> nothingComesOutWhileRecordsAreRefused() {
        return tests((method, scene) -> {
            sink.trouble = () -> {
                throw new IllegalStateException("No space left on device");
            };
            assertRefused(catchThrowable(() -> method.call().in(scene)));
            sink.trouble = () -> {};
            method.call().in(scene);
        });
    }

    /** The log's own limit ends the wait. Until then nothing has come out, and after it nothing does. */
    @TestFactory
    Stream<DynamicTest> nothingComesOutWhileARecordWaits() {
        return tests((method, scene) -> {
            CountDownLatch waits = new CountDownLatch(1);
            CountDownLatch limit = new CountDownLatch(1);
            sink.trouble = () -> {
                waits.countDown();
                await(limit);
                throw new IllegalStateException("The log took longer than its limit");
            };
            ExecutorService caller = Executors.newSingleThreadExecutor();
            try {
                Future<?> answer = caller.submit(() -> method.call().in(scene));
                await(waits);
                assertThatThrownBy(() -> answer.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                assertThat(sinks.seen).hasValue(0);
                limit.countDown();
                assertRefused(catchThrowable(() -> answer.get(20, TimeUnit.SECONDS)));
            } finally {
                caller.shutdownNow();
            }
        });
    }

    /** Each method by each who is allowed it, and one who is not: to say no is on record, too. */
    private Stream<DynamicTest> tests(Trial trial) {
        return GuardedMethods.ALL.entrySet().stream()
                .filter(method -> method.getValue().right() != Right.NOTHING)
                .flatMap(method -> Stream.of("allowed", "let in", "refused")
                        .filter(who ->
                                !who.equals("let in") || method.getValue().right() == Right.FIGURES)
                        .map(who -> DynamicTest.dynamicTest(
                                method.getKey() + ", " + who, () -> run(trial, method.getValue(), who))));
    }

    private void run(Trial trial, Guarded method, String who) throws Exception {
        sink.trouble = () -> {};
        sinks.seen.set(0);
        try (KpiEngine engine = TestEngine.builder(clock)
                .directory(TwoClinics.directory())
                .events(sinks.forgetful)
                .audit(sink)
                .privacy(TestEngine.privacy((request, results) -> {
                    sinks.seen.incrementAndGet();
                    return TestEngine.EXACT.release(request, results);
                }))
                .build()) {
            Principal principal = switch (who) {
                case "allowed" ->
                    Set.of(Right.FIGURES, Right.ERASE_PATIENT).contains(method.right())
                            ? TestEngine.ANA
                            : TestEngine.FOUNDER;
                case "let in" ->
                    engine.breakGlass(
                            TestEngine.FOUNDER,
                            GuardedMethods.REASON,
                            Set.of(TwoClinics.SOL),
                            clock.instant().plusSeconds(60));
                default -> Principal.clinicAdmin("eva", TwoClinics.MAR);
            };
            Principal other = GuardedMethods.accessOfAnother(
                    engine, TwoClinics.SOL, clock.instant().plusSeconds(60));
            Scene scene = new Scene(engine, clock.instant(), principal, TwoClinics.SOL, other, sinks);
            try {
                trial.run(method, scene);
            } catch (AccessDeniedException e) {
                assertThat(who).isEqualTo("refused");
                assertThat(sinks.seen).hasValue(0);
            }
        }
    }

    private void assertRefused(Throwable thrown) {
        Throwable said = thrown instanceof ExecutionException ? thrown.getCause() : thrown;
        assertThat(said).isInstanceOf(AuditUnavailableException.class).hasMessageContaining("was refused");
        assertThat(sinks.seen).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is tried on a method. */
    @FunctionalInterface
    private interface Trial {
        void run(Guarded method, Scene scene) throws Exception;
    }

    /** A log that can be read whatever becomes of records. */
    private static final class Sink implements AuditStore {

        private final InMemoryAuditLog log = AuditLog.inMemory();
        volatile Runnable trouble = () -> {};

        @Override
        public void write(AuditRecord record) {
            trouble.run();
            log.write(record);
        }

        @Override
        public List<Entry> read(long from, int limit) {
            return log.read(from, limit);
        }
    }
}
