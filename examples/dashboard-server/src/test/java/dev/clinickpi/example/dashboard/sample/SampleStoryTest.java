package dev.clinickpi.example.dashboard.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Verdict;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.Heatmap;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SampleStoryTest {

    private static final LocalDate BEGAN = LocalDate.of(2026, 11, 23);

    private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");

    private static final Period LAST_90 = Period.lastDays(90, BEGAN);

    private static final ClinicDirectory DIRECTORY = SampleClinics.directory(BEGAN);

    private static KpiEngine engine;

    @BeforeAll
    static void tell() {
        engine = KpiEngine.builder()
                .directory(DIRECTORY)
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.inMemory()))
                .audit(AuditLog.inMemory())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
        for (ClinicId clinic : DIRECTORY.clinics().keySet()) {
            var recorded = engine.record(story(clinic));
            assertThat(recorded.rejections()).as(clinic.value()).isEmpty();
            assertThat(recorded.duplicates() + recorded.conflicts())
                    .as("ids are told apart")
                    .isZero();
        }
    }

    private static List<KpiEvent> story(ClinicId clinic) {
        ClinicStory story = ClinicStory.of(DIRECTORY.clinic(clinic).orElseThrow());
        List<KpiEvent> events = new ArrayList<>();
        if (story != null) {
            LocalDate first = BEGAN.minusDays(story.days() - 1L);
            DayStories days = new DayStories(story, first);
            first.datesUntil(BEGAN.plusDays(1)).forEach(date -> events.addAll(days.of(date)));
        }
        events.removeIf(event -> event.at().isAfter(NOW));
        return events;
    }

    private static ClinicDashboard dashboard(String clinic) {
        ClinicId id = ClinicId.of(clinic);
        return engine.open(Principal.clinicAdmin("test", id), id);
    }

    private static BigDecimal before(String clinic, KpiDefinition kpi) {
        BaselineComparison comparison = dashboard(clinic).baseline(kpi, KpiRequest.of(LAST_90));
        assertThat(comparison.baseline()).isInstanceOf(BaselineComparison.Baseline.Measured.class);
        return Objects.requireNonNull(((BaselineComparison.Baseline.Measured) comparison.baseline())
                .result()
                .value());
    }

    private static BigDecimal now(String clinic, KpiDefinition kpi) {
        return Objects.requireNonNull(
                dashboard(clinic).result(kpi, KpiRequest.of(LAST_90)).value());
    }

    @Test
    void itIsTheSameEveryTimeAndHasEveryTypeOfEventThatSaysMore() {
        List<KpiEvent> first = story(ClinicId.of("sol"));
        List<KpiEvent> second = story(ClinicId.of("sol"));
        assertThat(first.size()).isBetween(20_000, 60_000);
        for (int i = 0; i < first.size(); i++) {
            // An event's own text says no more than its type.
            assertThat(first.get(i)).isEqualTo(second.get(i));
        }
        // That a patient is new follows from the first message.
        EnumSet<EventType> expected = EnumSet.complementOf(EnumSet.of(EventType.PATIENT_ONBOARDED));
        assertThat(first.stream().map(KpiEvent::type).distinct()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theReceptionistChangesWhatItShould() {
        for (String clinic : List.of("sol", "luz", "norte", "harbour")) {
            assertThat(now(clinic, Kpi.NO_SHOW_RATE)).as(clinic).isLessThan(before(clinic, Kpi.NO_SHOW_RATE));
            assertThat(now(clinic, Kpi.CONVERSION_RATE)).as(clinic).isGreaterThan(before(clinic, Kpi.CONVERSION_RATE));
            assertThat(now(clinic, Kpi.REVENUE_RECOVERED)).as(clinic).isGreaterThan(BigDecimal.valueOf(500));
        }
    }

    @Test
    void itLearns() {
        ClinicDashboard sol = dashboard("sol");
        LocalDate goLive = SampleClinics.goLive(BEGAN);
        var firstMonth = sol.result(Kpi.RESPONSE_TIME, KpiRequest.of(new Period(goLive, goLive.plusMonths(1))));
        var lastMonth = sol.result(Kpi.RESPONSE_TIME, KpiRequest.of(Period.lastDays(30, BEGAN)));
        assertThat(firstMonth.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(lastMonth.verdict()).isEqualTo(Verdict.MET);
        assertThat(now("sol", Kpi.HANDOFF_RATE)).isBetween(new BigDecimal("0.15"), new BigDecimal("0.25"));
        assertThat(now("sol", Kpi.CSAT)).isBetween(new BigDecimal("4.1"), new BigDecimal("4.8"));
    }

    @Test
    void theWeekHasARhythm() {
        Heatmap heatmap = dashboard("sol").heatmap(LAST_90);
        long monday = messages(heatmap, DayOfWeek.MONDAY, 10);
        assertThat(monday).isGreaterThan(3 * messages(heatmap, DayOfWeek.MONDAY, 3));
        assertThat(monday).isGreaterThan(messages(heatmap, DayOfWeek.SUNDAY, 10));
    }

    private static long messages(Heatmap heatmap, DayOfWeek weekday, int hour) {
        return heatmap.cells().stream()
                .filter(cell -> cell.weekday() == weekday && cell.hour() == hour)
                .findFirst()
                .orElseThrow()
                .messages();
    }

    @Test
    void theSmallClinicIsWithheldAndTheNewOneIsEmpty() {
        assertThat(dashboard("roque").report(Period.lastDays(30, BEGAN)).results())
                .filteredOn(result -> result.status() == Status.SUPPRESSED)
                .hasSizeGreaterThan(3);
        assertThat(dashboard("alba").report(LAST_90).results())
                .allSatisfy(result -> assertThat(result.status()).isNotEqualTo(Status.SUPPRESSED));
        assertThat(dashboard("alba")
                        .result(Kpi.CONVERSION_RATE, KpiRequest.of(LAST_90))
                        .status())
                .isEqualTo(Status.UNDEFINED);
    }

    @Test
    void theDentalSectorHasBenchmarks() {
        var comparison = dashboard("sol").benchmarks(YearMonth.of(2026, 9));
        assertThat(comparison.entries())
                .filteredOn(entry -> entry.sector() != null)
                .hasSizeGreaterThan(3)
                .allSatisfy(entry -> assertThat(entry.sector().median())
                        .isBetween(
                                entry.sector().lowerQuartile(), entry.sector().upperQuartile()));
    }
}
