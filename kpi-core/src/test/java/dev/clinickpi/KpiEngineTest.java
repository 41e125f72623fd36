package dev.clinickpi;

import static dev.clinickpi.TestClinics.SOL;
import static dev.clinickpi.TestEngine.ANA;
import static dev.clinickpi.TestEngine.FOUNDER;
import static dev.clinickpi.TestEngine.appointment;
import static dev.clinickpi.TestEngine.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.WeeklyHours;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class KpiEngineTest {

    private static final Period MARCH = Period.month(2026, 3);

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final InMemoryAuditLog audit = AuditLog.inMemory();

    @Test
    void cannotBeBuiltWithoutWhatGuardsIt() {
        Map<String, UnaryOperator<KpiEngineBuilder>> without = Map.of(
                "directory",
                        builder -> builder.events(EventLog.inMemory())
                                .privacy(TestEngine.privacy(TestEngine.EXACT))
                                .audit(audit),
                "events",
                        builder -> builder.directory(TestEngine.directory())
                                .privacy(TestEngine.privacy(TestEngine.EXACT))
                                .audit(audit),
                "privacy",
                        builder -> builder.directory(TestEngine.directory())
                                .events(EventLog.inMemory())
                                .audit(audit),
                "audit",
                        builder -> builder.directory(TestEngine.directory())
                                .events(EventLog.inMemory())
                                .privacy(TestEngine.privacy(TestEngine.EXACT)));
        without.forEach((part, given) -> assertThatThrownBy(
                        () -> given.apply(KpiEngine.builder()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(part));
    }

    @Test
    void countsEveryEventOnce() {
        KpiEngine engine = engine();
        KpiEvent first = message("1", Sender.PATIENT, "c", "2026-03-02T10:00:00Z");
        KpiEvent other = message("1", Sender.BOT, "c", "2026-03-02T10:00:00Z");
        KpiEvent unknownClinic =
                new KpiEvent.FeatureUsed("2", ClinicId.of("luna"), Instant.parse("2026-03-02T10:00:00Z"), "a");
        KpiEvent personal = new KpiEvent.FeatureUsed("3", SOL, Instant.parse("2026-03-02T10:00:00Z"), "ana@sol.es");
        RecordResult result = engine.record(List.of(first, first, other, unknownClinic, personal));
        assertThat(result.accepted()).isEqualTo(1);
        assertThat(result.duplicates()).isEqualTo(1);
        assertThat(result.conflicts()).isEqualTo(1);
        assertThat(result.rejected()).isEqualTo(2);
        assertThat(result.rejections())
                .extracting(Rejection::line, Rejection::field)
                .containsExactly(tuple(4L, "clinicId"), tuple(5L, "feature"));
        assertThat(result.rejections().toString()).doesNotContain("luna").doesNotContain("ana@sol.es");
    }

    @Test
    void namesTheFirstRejectionsAndCountsAll() {
        KpiEvent unknown =
                new KpiEvent.FeatureUsed("2", ClinicId.of("luna"), Instant.parse("2026-03-02T10:00:00Z"), "a");
        RecordResult result = engine().record(Collections.nCopies(1_500, unknown));
        assertThat(result.rejected()).isEqualTo(1_500);
        assertThat(result.rejections()).hasSize(RecordResult.MAX_REJECTIONS);
    }

    @Test
    void readsLinesAndNamesTheLineOfWhatItRejects() throws IOException {
        List<Rejection> rejections = new ArrayList<>();
        String lines = """
                {"id":"1","clinicId":"sol","at":"2026-03-02T10:00:00Z","type":"message","conversationId":"c","patientId":"p","from":"patient"}
                {"id":"2","clinicId":"luna","at":"2026-03-02T10:00:00Z","type":"message","conversationId":"c","patientId":"p","from":"patient"}
                nonsense
                {"id":"3","clinicId":"sol","at":"2026-03-02T10:00:05Z","type":"message","conversationId":"c","patientId":"p","from":"bot"}
                """;
        try (EventReader reader = EventReader.of(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))) {
            RecordResult result = engine().record(FOUNDER, reader, rejections::add);
            assertThat(result.accepted()).isEqualTo(2);
            assertThat(result.rejected()).isEqualTo(2);
        }
        assertThat(rejections).extracting(Rejection::line).containsExactly(2L, 3L);
    }

    @Test
    void keepsWhatItReadWhenTheInputBreaks() {
        String line = """
                {"id":"1","clinicId":"sol","at":"2026-03-02T10:00:00Z","type":"message","conversationId":"c","patientId":"p","from":"patient"}
                """;
        InputStream breaking = new SequenceInputStream(
                new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("unplugged");
                    }
                });
        KpiEngine engine = engine();
        assertThatThrownBy(() -> engine.record(FOUNDER, EventReader.of(breaking), rejection -> {}))
                .isInstanceOf(IOException.class);
        assertThat(dashboard(engine).report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);
    }

    @Test
    void anEventAheadOfTheClockWaits() {
        KpiEngine engine = engine();
        engine.record(List.of(message("1", Sender.PATIENT, "c", "2026-03-31T12:00:00.001Z")));
        ClinicDashboard dashboard = dashboard(engine);
        assertThat(dashboard.report(MARCH).result(Kpi.ACTIVE_CONVERSATIONS).value())
                .isEqualByComparingTo("0");
        clock.advance(Duration.ofMillis(1));
        assertThat(dashboard.report(MARCH).result(Kpi.ACTIVE_CONVERSATIONS).value())
                .isEqualByComparingTo("1");
        clock.advance(Duration.ofMinutes(30));
        assertThat(dashboard.report(MARCH).result(Kpi.ACTIVE_CONVERSATIONS).value())
                .isEqualByComparingTo("0");
    }

    @Test
    void theMomentOfAnAnswerNeverGoesBack() {
        KpiEngine engine = engine();
        clock.set("2026-03-20T12:00:00Z");
        engine.record(List.of(message("1", Sender.PATIENT, "c", "2026-03-25T12:00:00Z")));
        KpiReport report = dashboard(engine).report(MARCH);
        assertThat(report.asOf()).isEqualTo(Instant.parse("2026-03-31T12:00:00Z"));
        assertThat(report.result(Kpi.HANDOFF_RATE).n()).isEqualTo(1);
    }

    @Test
    void eachKpiCoversWhatItsRefreshLeaves() {
        KpiReport report = dashboard(engine()).report(MARCH);
        assertThat(report.results())
                .extracting(KpiResult::id)
                .containsExactlyElementsOf(
                        Kpi.ALL.stream().map(KpiDefinition::id).toList());
        assertThat(report.result(Kpi.NO_SHOW_RATE).period().to()).isEqualTo(Instant.parse("2026-03-30T22:00:00Z"));
        assertThat(report.result(Kpi.NO_SHOW_RATE).refresh()).isEqualTo(Refresh.DAILY);
        assertThat(report.result(Kpi.NO_SHOW_RATE).partial()).isTrue();
        assertThat(report.result(Kpi.TOP_SERVICES).period().to()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
        assertThat(report.result(Kpi.ACTIVE_CONVERSATIONS).partial()).isFalse();
        assertThat(report.result(Kpi.ACTIVE_CONVERSATIONS).period().from()).isEqualTo(report.asOf());
        assertThat(report.result(Kpi.LLM_COST).unit()).isEqualTo("EUR");
        assertThat(report.result(Kpi.CSAT).unit()).isEqualTo("score");
    }

    @Test
    void aLiveRequestTakesEverythingInRealTime() {
        KpiReport report = dashboard(engine()).report(KpiRequest.of(MARCH).asLive());
        assertThat(report.result(Kpi.NO_SHOW_RATE).period().to()).isEqualTo(report.asOf());
        assertThat(report.result(Kpi.NO_SHOW_RATE).refresh()).isEqualTo(Refresh.REAL_TIME);
    }

    @Test
    void weeksStartWhereTheRequestSays() {
        KpiRequest request = KpiRequest.of(MARCH).weeksFrom(DayOfWeek.TUESDAY);
        assertThat(dashboard(engine())
                        .result(Kpi.TOP_SERVICES, request)
                        .period()
                        .to())
                .isEqualTo(Instant.parse("2026-03-30T22:00:00Z"));
    }

    @Test
    void aHostsKpiStandsBehindTheTwelve() {
        KpiDefinition own = KpiDefinition.ratio(
                "survey-rate",
                Refresh.REAL_TIME,
                Direction.HIGHER_IS_BETTER,
                new Meaning("Encuestadas.", "Surveyed."),
                Measure.SURVEYED,
                Measure.CONVERSATIONS);
        KpiEngine engine = TestEngine.builder(clock).kpi(own).build();
        engine.record(List.of(
                message("1", Sender.PATIENT, "c", "2026-03-02T10:00:00Z"),
                new KpiEvent.CsatSubmitted("2", SOL, Instant.parse("2026-03-02T11:00:00Z"), "c", "p-c", 5)));
        assertThat(dashboard(engine).report(MARCH).result(own).value()).isEqualByComparingTo("1");
        assertThatThrownBy(() -> TestEngine.builder(clock).kpi(own).kpi(own))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dashboard(engine()).result(own, KpiRequest.of(MARCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("survey-rate");
        assertThatThrownBy(() -> dashboard(engine()).report(MARCH).result(own))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOpenDashboardEndsWithTheAccess() {
        KpiEngine engine = engine();
        ClinicDashboard dashboard = engine.open(
                engine.breakGlass(
                        FOUNDER, "Ticket 4711", Set.of(SOL), clock.instant().plusSeconds(60)),
                SOL);
        assertThat(dashboard.report(MARCH).results()).isNotEmpty();
        clock.advance(Duration.ofSeconds(60));
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aReadWhoseRecordCannotBeWrittenIsRefused() {
        boolean[] full = {false};
        List<String> answered = new ArrayList<>();
        KpiEngine engine = TestEngine.builder(clock)
                .privacy(TestEngine.privacy((request, results) -> {
                    answered.addAll(TestEngine.ids(results));
                    return TestEngine.EXACT.release(request, results);
                }))
                .audit(record -> {
                    if (full[0]) {
                        throw new IllegalStateException("disk full");
                    }
                })
                .build();
        ClinicDashboard dashboard = dashboard(engine);
        full[0] = true;
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> engine.open(ANA, SOL)).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> engine.replaceDirectory(FOUNDER, TestEngine.directory()))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(answered).isEmpty();
    }

    @Test
    void recordsEveryReadBeforeItIsAnswered() {
        ClinicDashboard dashboard = dashboard(engine());
        dashboard.report(MARCH);
        dashboard.result(Kpi.CSAT, KpiRequest.of(MARCH).asLive());
        assertThat(audit.records())
                .extracting(AuditRecord::action, AuditRecord::principal, AuditRecord::clinic, AuditRecord::detail)
                .containsExactly(
                        tuple(Action.OPEN_DASHBOARD, "ana", SOL, ""),
                        tuple(Action.READ_FIGURES, "ana", SOL, "all KPIs from 2026-03-01 to 2026-04-01"),
                        tuple(Action.READ_FIGURES, "ana", SOL, "csat from 2026-03-01 to 2026-04-01, live"));
    }

    @Test
    void publicationMustAnswerForEveryFigure() {
        KpiEngine forgetful = TestEngine.builder(clock)
                .privacy(TestEngine.privacy((request, results) -> List.of()))
                .build();
        assertThatThrownBy(() -> dashboard(forgetful).report(MARCH)).isInstanceOf(IllegalStateException.class);
        KpiEngine mixedUp = TestEngine.builder(clock)
                .privacy(TestEngine.privacy((request, results) -> TestEngine.NOTHING.release(request, results).stream()
                        .map(result -> TestEngine.named("csat", result))
                        .toList()))
                .build();
        assertThatThrownBy(() -> dashboard(mixedUp).report(MARCH)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void pricesApplyAtTheQuestion() {
        KpiEngine engine = engine();
        engine.record(List.of(new KpiEvent.LlmUsed(
                "1", SOL, Instant.parse("2026-03-02T10:00:00Z"), "m", 1_000_000, 0, 0, null, null)));
        ClinicDashboard dashboard = dashboard(engine);
        assertThat(dashboard.report(MARCH).result(Kpi.LLM_COST).value()).isEqualByComparingTo("1");
        ClinicDirectory free = new ClinicDirectory(
                TestEngine.directory().clinics(), TestEngine.directory().tiers(), Map.of(), Map.of());
        engine.replaceDirectory(FOUNDER, free);
        assertThat(dashboard.report(MARCH).result(Kpi.LLM_COST).status()).isEqualTo(Status.UNDEFINED);
    }

    @Test
    void aChangeOfHoursHolidaysOrZoneFoldsAnew() {
        KpiEngine engine = engine();
        engine.record(List.of(
                message("1", Sender.PATIENT, "c", "2026-03-02T20:00:00Z"),
                message("2", Sender.BOT, "c", "2026-03-03T08:30:00Z")));
        ClinicDashboard dashboard = dashboard(engine);
        assertThat(recovered(dashboard)).isEqualTo(0);
        ZoneId madrid = ZoneId.of("Europe/Madrid");
        replace(engine, TestClinics.hours("10:00", "14:00"), Set.of(), madrid);
        assertThat(recovered(dashboard)).isEqualTo(1);
        replace(engine, TestClinics.hours("09:00", "14:00"), Set.of(LocalDate.of(2026, 3, 3)), madrid);
        assertThat(recovered(dashboard)).isEqualTo(1);
        replace(engine, TestClinics.hours("09:00", "14:00"), Set.of(), madrid);
        assertThat(recovered(dashboard)).isEqualTo(0);
        replace(engine, TestClinics.hours("09:00", "14:00"), Set.of(), ZoneId.of("Atlantic/Azores"));
        assertThat(recovered(dashboard)).isEqualTo(1);
    }

    @Test
    void onlyASuperAdminChangesReferenceData() {
        assertThatThrownBy(() -> engine().replaceDirectory(ANA, TestEngine.directory()))
                .isInstanceOf(AccessDeniedException.class);
        engine().replaceDirectory(FOUNDER, TestEngine.directory());
        assertThat(audit.records()).last().extracting(AuditRecord::action).isEqualTo(Action.CHANGE_REFERENCE_DATA);
    }

    @Test
    void aClinicThatLeftTheDirectoryAnswersNothingMore() {
        KpiEngine engine = engine();
        ClinicDashboard dashboard = dashboard(engine);
        engine.replaceDirectory(FOUNDER, new ClinicDirectory(Map.of(), List.of(), Map.of(), Map.of()));
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(dashboard::today).isInstanceOf(AccessDeniedException.class);
        assertThat(engine.record(List.of(message("1", Sender.PATIENT, "c", "2026-03-02T10:00:00Z")))
                        .rejected())
                .isEqualTo(1);
        engine.replaceDirectory(FOUNDER, TestEngine.directory());
        assertThat(dashboard.report(MARCH).results()).hasSize(12);
    }

    @Test
    void startsFromWhatTheLogHas() {
        EventLog log = EventLog.inMemory();
        KpiEngine before = TestEngine.builder(clock).events(log).build();
        before.record(List.of(
                appointment("1", "a", AppointmentStatus.NO_SHOW, "2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z")));
        KpiEngine after = TestEngine.builder(clock).events(log).build();
        assertThat(dashboard(after).report(MARCH).result(Kpi.NO_SHOW_RATE).value())
                .isEqualByComparingTo("1");
    }

    @Test
    void factsThatComeWhileItFoldsAnewCountOnce() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch recorded = new CountDownLatch(1);
        boolean[] slow = {false};
        EventLog log = new ForwardingLog() {
            @Override
            public long read(ClinicId clinic, long from, Reader reader) {
                long end = super.read(clinic, from, reader);
                if (slow[0]) {
                    slow[0] = false;
                    reading.countDown();
                    await(recorded);
                }
                return end;
            }
        };
        KpiEngine engine = TestEngine.builder(clock).events(log).build();
        engine.record(List.of(message("1", Sender.PATIENT, "c", "2026-03-02T10:00:00Z")));
        slow[0] = true;
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            Future<?> change = background.submit(
                    () -> replace(engine, TestClinics.hours("10:00", "14:00"), Set.of(), ZoneId.of("Europe/Madrid")));
            await(reading);
            engine.record(List.of(
                    message("2", Sender.PATIENT, "d", "2026-03-03T10:00:00Z"),
                    new KpiEvent.FeatureUsed("3", SOL, Instant.parse("2026-03-03T10:00:00Z"), "a")));
            assertThat(dashboard(engine).report(MARCH).result(Kpi.HANDOFF_RATE).n())
                    .isEqualTo(2);
            recorded.countDown();
            change.get();
        } finally {
            background.shutdownNow();
        }
        assertThat(dashboard(engine).report(MARCH).result(Kpi.HANDOFF_RATE).n()).isEqualTo(2);
    }

    @Test
    void knowsTheDateAtTheClinic() {
        clock.set("2026-03-31T22:00:00Z");
        assertThat(dashboard(engine()).today()).isEqualTo(LocalDate.of(2026, 4, 1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int recovered(ClinicDashboard dashboard) {
        return dashboard
                .report(MARCH)
                .result(Kpi.REVENUE_RECOVERED)
                .component("recoveredConversations")
                .orElseThrow()
                .intValue();
    }

    private static void replace(
            KpiEngine engine, EffectiveDated<WeeklyHours> hours, Set<LocalDate> holidays, ZoneId zone) {
        engine.replaceDirectory(FOUNDER, TestClinics.directory(TestClinics.sol(hours, holidays, zone)));
    }

    private KpiEngine engine() {
        return TestEngine.builder(clock).audit(audit).build();
    }

    private static ClinicDashboard dashboard(KpiEngine engine) {
        return engine.open(ANA, SOL);
    }
}
