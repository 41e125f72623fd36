package dev.clinickpi.example.quickstart;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** From nothing to a clinic's figures: an engine, a month of events, a report. Copy from here. */
public final class Quickstart {

    /** A KPI of one's own: which share of the conversations ended with a rating. It stands behind the twelve in every report. */
    static final KpiDefinition SURVEY_RATE = KpiDefinition.ratio(
            "survey-rate",
            Refresh.DAILY,
            Direction.HIGHER_IS_BETTER,
            new Meaning(
                    "Qué parte de las conversaciones recibió una nota.", "The share of conversations that were rated."),
            Measure.SURVEYED,
            Measure.CONVERSATIONS);

    private static final ClinicId SOL = ClinicId.of("sol");

    private Quickstart() {}

    /** Prints the figures of the sample month as they stood on the morning after it. */
    public static void main(String[] arguments) {
        KpiReport march = march(Clock.fixed(Instant.parse("2026-04-01T08:00:00Z"), ZoneOffset.UTC));
        System.out.println(
                SOL + " from " + march.period().from() + " to " + march.period().to());
        march.results().forEach(result -> System.out.println(line(result)));
    }

    /**
     * The report on March 2026.
     *
     * @param clock says what has happened yet; a host that leaves it out gets the system's
     */
    static KpiReport march(Clock clock) {
        KpiEngine engine = KpiEngine.builder()
                .directory(SampleEvents.directory())
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.inMemory()))
                .audit(AuditLog.inMemory())
                .clock(clock)
                .kpi(SURVEY_RATE)
                .build();

        engine.record(SampleEvents.of(SOL, Period.month(2026, 3)));

        ClinicDashboard sol = engine.open(Principal.clinicAdmin("ana", SOL), SOL);
        return sol.report(Period.month(2026, 3));
    }

    private static String line(KpiResult result) {
        BigDecimal value = result.value();
        String shown = value == null
                ? result.status() + ": " + result.reason()
                : value.round(new MathContext(4)).toPlainString() + " " + result.unit();
        return "  " + result.id() + " ".repeat(22 - result.id().length()) + shown;
    }
}
