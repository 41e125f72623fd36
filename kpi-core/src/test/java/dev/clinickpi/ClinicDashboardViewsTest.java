package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Funnel.Stage;
import dev.clinickpi.view.Heatmap;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clinic is in Madrid, open from Monday to Friday, 9 to 14. */
class ClinicDashboardViewsTest {

    private static final Period MARCH = Period.month(2026, 3);

    private final TestClock clock = new TestClock("2026-04-10T12:00:00Z");

    /** March 2026 has five Sundays, Mondays and Tuesdays; on the fifth Sunday two o'clock is left out. */
    @ParameterizedTest(name = "{0} at {1}: occurs {2} times, open {3}")
    @CsvSource({
        "MONDAY, 0, 5, false",
        "MONDAY, 8, 5, false",
        "MONDAY, 9, 5, true",
        "MONDAY, 13, 5, true",
        "MONDAY, 14, 5, false",
        "WEDNESDAY, 9, 4, true",
        "SUNDAY, 1, 5, false",
        "SUNDAY, 2, 4, false",
        "SUNDAY, 3, 5, false",
        "SUNDAY, 10, 5, false",
    })
    void aHeatmapKnowsHowOftenAnHourOccurred(DayOfWeek weekday, int hour, BigDecimal hours, boolean open) {
        Heatmap.Cell cell = dashboard(TestEngine.EXACT).heatmap(MARCH).cell(weekday, hour);
        assertThat(cell.weekday()).isEqualTo(weekday);
        assertThat(cell.hour()).isEqualTo(hour);
        assertThat(cell.exposureHours()).isEqualByComparingTo(hours);
        assertThat(cell.open()).isEqualTo(open);
    }

    @ParameterizedTest(name = "closing at {0}: open {1}")
    @CsvSource({"14:31, true", "14:30, false"})
    void anHourIsOpenWhenMoreThanHalfOfItIs(String closing, boolean open) {
        Clinic clinic = TestClinics.sol(TestClinics.hours("09:00", closing), Set.of(), ZoneId.of("Europe/Madrid"));
        KpiEngine engine = TestEngine.builder(clock)
                .directory(TestClinics.directory(clinic))
                .build();
        Heatmap heatmap = engine.open(TestEngine.ANA, TestClinics.SOL).heatmap(MARCH);
        assertThat(heatmap.cell(DayOfWeek.FRIDAY, 14).open()).isEqualTo(open);
    }

    @Test
    void aHeatmapEndsAtTheMoment() {
        clock.set("2026-03-02T08:45:00Z");
        Heatmap heatmap = dashboard(TestEngine.EXACT, patient("m1", "c1", "2026-03-02T08:45:00Z"))
                .heatmap(MARCH);
        Heatmap.Cell cell = heatmap.cell(DayOfWeek.MONDAY, 9);
        assertThat(heatmap.partial()).isTrue();
        assertThat(cell.exposureHours()).isEqualByComparingTo("0.75");
        assertThat(cell.messagesPerHour())
                .hasValueSatisfying(
                        rate -> assertThat(rate).isEqualByComparingTo("1.333333333333333333333333333333333"));
        assertThat(heatmap.cell(DayOfWeek.MONDAY, 10).messagesPerHour()).isEmpty();
        assertThat(heatmap.cell(DayOfWeek.MONDAY, 10).messages()).isZero();
    }

    @Test
    void aHeatmapCountsMessagesByThemselvesAndConversationsAtTheirStart() {
        Heatmap heatmap = dashboard(
                        TestEngine.EXACT,
                        patient("m1", "c1", "2026-03-02T08:10:00Z"),
                        patient("m2", "c1", "2026-03-02T09:10:00Z"),
                        appointment("e1", "a1", "c1", AppointmentStatus.CONFIRMED, "2026-03-02T09:20:00Z", null))
                .heatmap(MARCH);
        Heatmap.Cell nine = heatmap.cell(DayOfWeek.MONDAY, 9);
        Heatmap.Cell ten = heatmap.cell(DayOfWeek.MONDAY, 10);
        assertThat(List.of(nine.messages(), nine.conversations(), nine.conversions()))
                .containsExactly(1L, 1L, 1L);
        assertThat(List.of(ten.messages(), ten.conversations(), ten.conversions()))
                .containsExactly(1L, 0L, 0L);
        assertThat(nine.conversationsPerHour()).contains(new BigDecimal("0.2"));
        assertThat(nine.conversionsPerHour()).contains(new BigDecimal("0.2"));
    }

    /** What is withheld is null, but none of no conversations is no secret. */
    @Test
    void aHeatmapWithoutItsConversionsStillShowsItsVolumes() {
        TestEngine.Rule volumes = (request, results) -> results.stream()
                .map(result -> result.people() == null
                        ? result.release(part -> true, row -> true)
                        : result.suppress("withheld"))
                .toList();
        Heatmap heatmap =
                dashboard(volumes, patient("m1", "c1", "2026-03-02T08:10:00Z")).heatmap(MARCH);
        Heatmap.Cell nine = heatmap.cell(DayOfWeek.MONDAY, 9);
        assertThat(nine.status()).isEqualTo(Status.SUPPRESSED);
        assertThat(nine.messages()).isEqualTo(1);
        assertThat(nine.conversions()).isNull();
        assertThat(nine.conversionsPerHour()).isEmpty();
        assertThat(heatmap.cell(DayOfWeek.MONDAY, 10).status()).isEqualTo(Status.OK);
        assertThat(heatmap.cell(DayOfWeek.MONDAY, 10).conversions()).isZero();
    }

    @Test
    void aFunnelCountsStagesAndWhatMayStillCome() {
        Funnel funnel = dashboard(
                        TestEngine.EXACT,
                        patient("m1", "c1", "2026-03-02T08:10:00Z"),
                        patient("m2", "c2", "2026-03-20T08:10:00Z"),
                        patient("m3", "c3", "2026-03-20T08:10:00Z"),
                        patient("m4", "c4", "2026-03-20T08:10:00Z"),
                        patient("m5", "c4", "2026-03-20T08:10:00Z"),
                        new KpiEvent.LeadScored(
                                "s1",
                                TestClinics.SOL,
                                Instant.parse("2026-03-20T09:00:00Z"),
                                "c2",
                                KpiEvent.LeadTier.HOT),
                        appointment("e3", "a3", "c3", AppointmentStatus.CANCELLED, "2026-03-21T09:00:00Z", null),
                        appointment("e4", "a4", "c4", AppointmentStatus.COMPLETED, "2026-03-21T09:00:00Z", null))
                .funnel(MARCH);
        assertThat(funnel.partial()).isFalse();
        assertThat(funnel.stages())
                .containsExactly(
                        new Stage(Stage.Id.MESSAGES, 5L, null, null, null),
                        new Stage(Stage.Id.CONVERSATIONS, 4L, new BigDecimal("1"), null, 2L),
                        new Stage(Stage.Id.QUALIFIED, 3L, new BigDecimal("0.75"), new BigDecimal("0.75"), 2L),
                        new Stage(
                                Stage.Id.BOOKED,
                                2L,
                                new BigDecimal("0.5"),
                                new BigDecimal("0.6666666666666666666666666666666667"),
                                1L),
                        new Stage(Stage.Id.COMPLETED, 1L, new BigDecimal("0.25"), new BigDecimal("0.5"), 0L));
    }

    @Test
    void aFunnelOfNothingHasNoRates() {
        assertThat(dashboard(TestEngine.EXACT).funnel(MARCH).stages()).allSatisfy(stage -> {
            assertThat(stage.status()).isEqualTo(Status.OK);
            assertThat(stage.count()).isZero();
            assertThat(stage.ofFirst()).isNull();
            assertThat(stage.ofPrevious()).isNull();
        });
    }

    @Test
    void cohortsGoByMonthOfOnboardingAndMonthsSince() {
        CohortTable table = dashboard(
                        TestEngine.EXACT,
                        onboarded("o1", "p1", "2026-02-27T09:00:00Z"),
                        onboarded("o2", "p2", "2026-02-28T23:30:00Z"),
                        visit("v1", "p1", "2026-02-28T09:00:00Z", "10.50", "EUR"),
                        visit("v2", "p1", "2026-04-01T09:00:00Z", "20", "EUR"),
                        visit("v3", "p1", "2026-04-02T09:00:00Z", "30", "USD"),
                        visit("v4", "p2", "2026-03-03T09:00:00Z", "8", "USD"))
                .cohorts(new Period(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 1)));
        assertThat(table.currency()).isEqualTo("EUR");
        assertThat(table.cohorts())
                .containsExactly(
                        new CohortTable.Cohort(
                                YearMonth.of(2026, 2),
                                Period.month(2026, 2).span(ZoneId.of("Europe/Madrid")),
                                1L,
                                false,
                                List.of(
                                        cell(0, 1, "10.5", 0, false),
                                        cell(1, 0, "0", 0, false),
                                        cell(2, 1, "35", 0, true))),
                        new CohortTable.Cohort(
                                YearMonth.of(2026, 3),
                                Period.month(2026, 3).span(ZoneId.of("Europe/Madrid")),
                                1L,
                                false,
                                List.of(cell(0, 1, "0", 1, false), cell(1, 0, "0", 0, true))));
    }

    @ParameterizedTest(name = "from {0} to {1} as of {2}: cohort partial {3}, first month partial {4}")
    @CsvSource({
        "2026-03-01, 2026-04-01, 2026-04-10T12:00:00Z, false, false",
        "2026-03-02, 2026-04-01, 2026-04-10T12:00:00Z, true, true",
        "2026-03-01, 2026-03-31, 2026-04-10T12:00:00Z, true, true",
        "2026-03-01, 2026-04-01, 2026-03-31T21:59:59.999Z, true, true",
        "2026-03-01, 2026-04-01, 2026-03-31T22:00:00Z, false, false",
    })
    void aCohortIsPartialUntilItsMonthIsOverAndWhenThePeriodCutsIt(
            LocalDate from, LocalDate to, String asOf, boolean cohortPartial, boolean cellPartial) {
        clock.set(asOf);
        CohortTable.Cohort cohort = dashboard(TestEngine.EXACT, onboarded("o1", "p1", "2026-03-10T09:00:00Z"))
                .cohorts(new Period(from, to))
                .cohort(YearMonth.of(2026, 3))
                .orElseThrow();
        assertThat(cohort.partial()).isEqualTo(cohortPartial);
        assertThat(cohort.cells().get(0).partial()).isEqualTo(cellPartial);
    }

    /** A month that is hidden so that another may not be had by subtraction is hidden with all its months since. */
    @Test
    void aCohortIsWithheldWhereItsMonthIs() {
        TestEngine.Rule withoutMonths = (request, results) -> results.stream()
                .map(result -> result.release(part -> true, row -> !row.key().startsWith("2026-")))
                .toList();
        CohortTable.Cohort cohort = dashboard(withoutMonths, onboarded("o1", "p1", "2026-03-10T09:00:00Z"))
                .cohorts(MARCH)
                .cohort(YearMonth.of(2026, 3))
                .orElseThrow();
        assertThat(cohort.status()).isEqualTo(Status.SUPPRESSED);
        assertThat(cohort.size()).isNull();
        assertThat(cohort.cells()).hasSize(2).allSatisfy(cell -> {
            assertThat(cell.status()).isEqualTo(Status.SUPPRESSED);
            assertThat(cell.patients()).isNull();
            assertThat(cell.revenue()).isNull();
        });
    }

    @Test
    void revenueMayBeWithheldBesideItsPatients() {
        TestEngine.Rule withoutRevenue = (request, results) -> results.stream()
                .map(result -> result.release(part -> !part.id().startsWith("revenue-"), row -> true))
                .toList();
        CohortTable.Cohort cohort = dashboard(withoutRevenue, visit("v1", "p1", "2026-03-03T09:00:00Z", "10", "EUR"))
                .cohorts(MARCH)
                .cohort(YearMonth.of(2026, 3))
                .orElseThrow();
        assertThat(cohort.cells().get(0).patients()).isEqualTo(1);
        assertThat(cohort.cells().get(0).revenue()).isNull();
        assertThat(cohort.cells().get(1).revenue()).isZero();
    }

    @Test
    void everyViewSaysInTheAuditTrailWhatItRead() {
        InMemoryAuditLog audit = AuditLog.inMemory();
        KpiEngine engine = TestEngine.builder(clock).audit(audit).build();
        ClinicDashboard dashboard = engine.open(TestEngine.ANA, TestClinics.SOL);
        dashboard.heatmap(MARCH);
        dashboard.funnel(MARCH);
        dashboard.cohorts(MARCH);
        assertThat(audit.records())
                .filteredOn(record -> record.action() == AuditRecord.Action.READ_FIGURES)
                .extracting(AuditRecord::detail)
                .containsExactly(
                        "heatmap from 2026-03-01 to 2026-04-01",
                        "funnel from 2026-03-01 to 2026-04-01",
                        "cohorts from 2026-03-01 to 2026-04-01");
    }

    @Test
    void aViewIsRefusedOnceTheRightHasExpired() {
        KpiEngine engine = TestEngine.builder(clock).build();
        Principal service = engine.breakGlass(
                TestEngine.FOUNDER,
                "restore drill",
                Set.of(TestClinics.SOL),
                clock.instant().plusSeconds(60));
        ClinicDashboard dashboard = engine.open(service, TestClinics.SOL);
        clock.set("2026-04-10T12:01:01Z");
        assertThatThrownBy(() -> dashboard.heatmap(MARCH)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> dashboard.funnel(MARCH)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> dashboard.cohorts(MARCH)).isInstanceOf(AccessDeniedException.class);
    }

    private static CohortTable.Cell cell(int offset, long patients, String revenue, long unpriced, boolean partial) {
        return new CohortTable.Cell(offset, patients, new BigDecimal(revenue), unpriced, partial);
    }

    private ClinicDashboard dashboard(TestEngine.Rule publication, KpiEvent... events) {
        KpiEngine engine = TestEngine.builder(clock)
                .privacy(TestEngine.privacy(publication))
                .build();
        assertThat(engine.record(List.of(events)).accepted()).isEqualTo(events.length);
        return engine.open(TestEngine.ANA, TestClinics.SOL);
    }

    private static KpiEvent patient(String id, String conversation, String at) {
        return TestEngine.message(id, Sender.PATIENT, conversation, at);
    }

    private static KpiEvent onboarded(String id, String patient, String at) {
        return new KpiEvent.PatientOnboarded(id, TestClinics.SOL, Instant.parse(at), patient);
    }

    private static KpiEvent visit(String id, String patient, String startsAt, String amount, String currency) {
        Instant at = Instant.parse(startsAt);
        return new KpiEvent.Appointment(
                id,
                TestClinics.SOL,
                at,
                "a-" + id,
                patient,
                AppointmentStatus.COMPLETED,
                at,
                null,
                null,
                new Money(new BigDecimal(amount), currency));
    }

    private static KpiEvent appointment(
            String id, String appointment, String conversation, AppointmentStatus status, String at, Money value) {
        return new KpiEvent.Appointment(
                id,
                TestClinics.SOL,
                Instant.parse(at),
                appointment,
                "p-" + conversation,
                status,
                Instant.parse(at),
                conversation,
                null,
                value);
    }
}
