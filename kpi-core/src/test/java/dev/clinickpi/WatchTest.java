package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final KpiRequest MARCH = KpiRequest.of(Period.month(2026, 3));
    private static final long PATIENCE_SECONDS = 20;

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final InMemoryAuditLog audit = AuditLog.inMemory();
    private final List<KpiEngine> engines = new ArrayList<>();

    @AfterEach
    void close() {
        engines.forEach(KpiEngine::close);
    }

    @Test
    void tellsOfAllRealTimeResultsAndThenOfThoseThatChanged() throws Exception {
        KpiEngine engine = engine();
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine).watch(MARCH, viewer);

        assertThat(ids(viewer.next()))
                .isEqualTo(Kpi.ALL.stream()
                        .filter(kpi -> kpi.refresh() == Refresh.REAL_TIME)
                        .map(KpiDefinition::id)
                        .toList());

        engine.record(List.of(message("1", "2026-03-31T11:59:00Z")));
        KpiReport changed = viewer.next();
        assertThat(ids(changed))
                .contains("active-conversations", "handoff-rate")
                .doesNotContain("conversion-rate");
        assertThat(active(changed)).isEqualTo(1);
    }

    @Test
    void aLiveRequestIsToldOfEveryKpi() throws Exception {
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine()).watch(MARCH.asLive(), viewer);
        assertThat(viewer.next().results()).hasSameSizeAs(Kpi.ALL);
    }

    @Test
    void timeAloneMakesConversationsQuietAndEventsComeTrue() throws Exception {
        KpiEngine engine = engine();
        engine.record(List.of(message("1", "2026-03-31T11:50:00Z"), message("2", "2026-03-31T12:10:00Z")));
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine).watch(MARCH, viewer);
        assertThat(active(viewer.next())).isEqualTo(1);

        clock.set("2026-03-31T12:10:00Z");
        assertThat(active(viewer.next())).isEqualTo(2);
        clock.set("2026-03-31T12:20:00Z");
        assertThat(active(viewer.next())).isEqualTo(1);
        clock.set("2026-03-31T12:40:00Z");
        assertThat(active(viewer.next())).isZero();
    }

    @Test
    void whoIsSlowGetsTheNewestAndNothingBetween() throws Exception {
        KpiEngine engine = engine();
        CountDownLatch busy = new CountDownLatch(1);
        Viewer viewer = new Viewer(Long.MAX_VALUE) {
            @Override
            public void onNext(KpiReport report) {
                super.onNext(report);
                awaitQuietly(busy);
            }
        };
        dashboard(engine).watch(MARCH, viewer);
        viewer.next();
        for (int i = 0; i < 50; i++) {
            engine.record(List.of(message("m" + i, "2026-03-31T11:59:00Z")));
            Thread.sleep(2);
        }
        busy.countDown();
        assertThat(active(viewer.next())).isEqualTo(50);
        assertThat(viewer.reports).isEmpty();
    }

    @Test
    void nobodyIsToldMoreThanWasAskedFor() throws Exception {
        KpiEngine engine = engine();
        Viewer viewer = new Viewer(1);
        dashboard(engine).watch(MARCH, viewer);
        viewer.next();
        engine.record(List.of(message("1", "2026-03-31T11:59:00Z")));
        engine.record(List.of(message("2", "2026-03-31T11:59:30Z")));
        assertThat(viewer.reports.poll(200, TimeUnit.MILLISECONDS)).isNull();
        viewer.subscription().request(1);
        assertThat(active(viewer.next())).isEqualTo(2);
    }

    @Test
    void whoAsksForNothingIsInError() throws Exception {
        Viewer viewer = new Viewer(0);
        dashboard(engine()).watch(MARCH, viewer);
        assertThat(viewer.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(viewer.error).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoCancelsHearsNoMore() throws Exception {
        KpiEngine engine = engine();
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine).watch(MARCH, viewer);
        viewer.next();
        viewer.subscription().cancel();
        engine.record(List.of(message("1", "2026-03-31T11:59:00Z")));
        assertThat(viewer.reports.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(viewer.end.getCount()).isEqualTo(1);
    }

    @Test
    void isRecordedOnce() throws Exception {
        KpiEngine engine = engine();
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine).watch(MARCH, viewer);
        viewer.next();
        engine.record(List.of(message("1", "2026-03-31T11:59:00Z")));
        viewer.next();
        assertThat(audit.records())
                .extracting(AuditRecord::action)
                .containsExactly(AuditRecord.Action.OPEN_DASHBOARD, AuditRecord.Action.WATCH_FIGURES);
    }

    @Test
    void isRefusedWhereItCannotBeRecorded() {
        boolean[] full = {false};
        KpiEngine engine = TestEngine.builder(clock)
                .audit(record -> {
                    if (full[0]) {
                        throw new IllegalStateException("disk full");
                    }
                })
                .build();
        engines.add(engine);
        ClinicDashboard dashboard = dashboard(engine);
        full[0] = true;
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        assertThatThrownBy(() -> dashboard.watch(MARCH, viewer)).isInstanceOf(AuditUnavailableException.class);
        assertThat(viewer.subscription).isNull();
    }

    @Test
    void goesThroughPublication() throws Exception {
        KpiEngine engine = TestEngine.builder(clock)
                .privacy(TestEngine.privacy(TestEngine.NOTHING))
                .liveEvery(Duration.ofMillis(5))
                .build();
        engines.add(engine);
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine).watch(MARCH, viewer);
        assertThat(viewer.next().results())
                .isNotEmpty()
                .extracting(KpiResult::status)
                .containsOnly(Status.SUPPRESSED);
    }

    @Test
    void endsWithTheRightToSeeTheClinic() throws Exception {
        KpiEngine engine = engine();
        Principal helper = engine.breakGlass(
                TestEngine.FOUNDER, "Ticket 4711", Set.of(TestClinics.SOL), Instant.parse("2026-03-31T12:30:00Z"));
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        engine.open(helper, TestClinics.SOL).watch(MARCH, viewer);
        viewer.next();
        clock.set("2026-03-31T12:30:00Z");
        assertThat(viewer.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(viewer.error).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void endsWithTheEngine() throws Exception {
        KpiEngine engine = engine();
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        ClinicDashboard dashboard = dashboard(engine);
        dashboard.watch(MARCH, viewer);
        viewer.next();
        engine.close();
        assertThat(viewer.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(viewer.error).isNull();
        assertThatThrownBy(() -> dashboard.watch(MARCH, new Viewer(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoFailsAtTheEndSpoilsNobodyElses() throws Exception {
        KpiEngine engine = engine();
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Viewer viewer = new Viewer(Long.MAX_VALUE) {
                @Override
                public void onComplete() {
                    super.onComplete();
                    throw new IllegalStateException("a viewer's bug");
                }
            };
            dashboard(engine).watch(MARCH, viewer);
            viewer.next();
            viewers.add(viewer);
        }
        engine.close();
        for (Viewer viewer : viewers) {
            assertThat(viewer.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whomTheExecutorRefusesIsTold() throws Exception {
        KpiEngine engine = TestEngine.builder(clock)
                .liveEvery(Duration.ofMillis(5))
                .liveExecutor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .build();
        engines.add(engine);
        Viewer viewer = new Viewer(Long.MAX_VALUE);
        dashboard(engine).watch(MARCH, viewer);
        assertThat(viewer.end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(viewer.error).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void thePastIsNotWatched() {
        ClinicDashboard past =
                engine().asOf(Instant.parse("2026-03-01T00:00:00Z")).open(TestEngine.ANA, TestClinics.SOL);
        assertThatThrownBy(() -> past.watch(MARCH, new Viewer(1))).isInstanceOf(IllegalStateException.class);
    }

    private KpiEngine engine() {
        KpiEngine engine = TestEngine.builder(clock)
                .audit(audit)
                .liveEvery(Duration.ofMillis(5))
                .build();
        engines.add(engine);
        return engine;
    }

    private static ClinicDashboard dashboard(KpiEngine engine) {
        return engine.open(TestEngine.ANA, TestClinics.SOL);
    }

    private static KpiEvent message(String id, String at) {
        return TestEngine.message(id, Sender.PATIENT, "c" + id, at);
    }

    private static List<String> ids(KpiReport report) {
        return report.results().stream().map(KpiResult::id).toList();
    }

    private static int active(KpiReport report) {
        return Objects.requireNonNull(report.result(Kpi.ACTIVE_CONVERSATIONS).value())
                .intValueExact();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what it is told. */
    private static class Viewer implements Flow.Subscriber<KpiReport> {

        final BlockingQueue<KpiReport> reports = new LinkedBlockingQueue<>();
        final CountDownLatch end = new CountDownLatch(1);
        private final long first;
        volatile Flow.@Nullable Subscription subscription;
        volatile @Nullable Throwable error;

        Viewer(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(first);
        }

        @Override
        public void onNext(KpiReport report) {
            reports.add(report);
        }

        @Override
        public void onError(Throwable throwable) {
            error = throwable;
            end.countDown();
        }

        @Override
        public void onComplete() {
            end.countDown();
        }

        Flow.Subscription subscription() {
            return Objects.requireNonNull(subscription);
        }

        KpiReport next() throws InterruptedException {
            KpiReport report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(report).as("what the viewer is told").isNotNull();
            return report;
        }
    }
}
