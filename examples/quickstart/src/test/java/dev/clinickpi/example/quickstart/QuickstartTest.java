package dev.clinickpi.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiReport;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.kpi.Verdict;
import dev.clinickpi.time.Period;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private static final Instant MORNING_AFTER = Instant.parse("2026-04-01T08:00:00Z");

    private final KpiReport march = Quickstart.march(Clock.fixed(MORNING_AFTER, ZoneOffset.UTC));

    @Test
    void theSampleMonthIsLivelyEnoughForEveryFigure() {
        assertThat(march.asOf()).isEqualTo(MORNING_AFTER);
        assertThat(march.results()).hasSize(Kpi.ALL.size() + 1);
        assertThat(march.results()).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(Status.OK);
            assertThat(result.value()).isNotNull();
        });
    }

    @Test
    void theFiguresAreThoseOfAnOrdinaryClinic() {
        assertThat(march.result(Kpi.RESPONSE_TIME).verdict()).isEqualTo(Verdict.MET);
        assertThat(march.result(Kpi.HANDOFF_RATE).verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(march.result(Kpi.NO_SHOW_RATE).value()).isBetween(new BigDecimal("0.05"), new BigDecimal("0.25"));
        assertThat(march.result(Kpi.TOP_SERVICES).breakdown())
                .extracting(KpiResult.Row::key)
                .contains("implant", "cleaning");
        assertThat(march.result(Kpi.LLM_COST).component("unpriced")).hasValue(BigDecimal.ZERO);
    }

    @Test
    void theHostsOwnKpiStandsBehindTheTwelve() {
        assertThat(march.results()).last().isEqualTo(march.result(Quickstart.SURVEY_RATE));
        assertThat(march.result(Quickstart.SURVEY_RATE).value()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
    }

    @Test
    void theSampleIsTheSameEveryTimeAndHasEveryTypeOfEvent() {
        List<KpiEvent> events = SampleEvents.of(ClinicId.of("sol"), Period.month(2026, 3));
        assertThat(events).isEqualTo(SampleEvents.of(ClinicId.of("sol"), Period.month(2026, 3)));
        assertThat(events).extracting(KpiEvent::type).contains(EventType.values());
        assertThat(events).extracting(KpiEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void itPrintsALineForEachFigure() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Quickstart.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .first()
                .isEqualTo("sol from 2026-03-01 to 2026-04-01");
        march.results()
                .forEach(result ->
                        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("  " + result.id() + " "));
    }
}
