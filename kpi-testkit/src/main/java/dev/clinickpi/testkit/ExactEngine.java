package dev.clinickpi.testkit;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiEngineBuilder;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A real engine on a clock of its own that hands out what lies beneath publication: exact figures and the people behind them. For tests alone; it
 * guards nobody's privacy.
 */
public final class ExactEngine {

    private static final Principal SUPER_ADMIN = Principal.superAdmin("testkit");

    private final SettableClock clock;
    private final Everything publication = new Everything();
    private final KpiEngine engine;

    /**
     * An engine of nothing yet, in memory.
     *
     * @param now where its clock stands
     */
    public ExactEngine(ClinicDirectory directory, Instant now) {
        this(directory, now, EventLog.inMemory());
    }

    /** An engine of what a log has. */
    public ExactEngine(ClinicDirectory directory, Instant now, EventLog log) {
        this(directory, now, log, builder -> builder);
    }

    /**
     * An engine of what a log has.
     *
     * @param settings further settings
     */
    public ExactEngine(ClinicDirectory directory, Instant now, EventLog log, UnaryOperator<KpiEngineBuilder> settings) {
        this.clock = new SettableClock(now);
        this.engine = settings.apply(KpiEngine.builder()
                        .directory(directory)
                        .events(log)
                        .audit(AuditLog.inMemory())
                        .clock(clock)
                        .privacy(new Unguarded(new PlainGate(), publication)))
                .build();
    }

    /** Takes events in. */
    public RecordResult record(List<? extends KpiEvent> events) {
        return engine.record(events);
    }

    /** Moves the clock. */
    public void setClock(Instant now) {
        clock.set(now);
    }

    /** Replaces the reference data. */
    public void replaceDirectory(ClinicDirectory next) {
        engine.replaceDirectory(SUPER_ADMIN, next);
    }

    /** The exact results of every KPI by id, in the order of the report. */
    public Map<String, ExactResult> exact(ClinicId clinic, KpiRequest request) {
        return byId(ask(clinic, dashboard -> dashboard.report(request)));
    }

    /** The exact results of every KPI as of a past moment, by id. */
    public Map<String, ExactResult> exactAsOf(Instant moment, ClinicId clinic, KpiRequest request) {
        KpiReport report = engine.asOf(moment)
                .open(Principal.clinicAdmin("testkit", clinic), clinic)
                .report(request);
        return byId(new Exact<>(report, publication.latest));
    }

    private static Map<String, ExactResult> byId(Exact<KpiReport> report) {
        Map<String, ExactResult> byId = new LinkedHashMap<>();
        report.figures().forEach(result -> byId.put(result.definition().id(), result));
        return byId;
    }

    /** Any answer of a clinic's dashboard, and the exact figures that it was released from. */
    public <V> Exact<V> ask(ClinicId clinic, Function<ClinicDashboard, V> question) {
        V answer = question.apply(engine.open(Principal.clinicAdmin("testkit", clinic), clinic));
        return new Exact<>(answer, publication.latest);
    }

    /**
     * An answer with everything released.
     *
     * @param answer what the dashboard gave
     * @param figures what lies beneath its publication, in the order that it was handed over
     */
    public record Exact<V>(V answer, List<ExactResult> figures) {

        /** Copies the list. */
        public Exact {
            figures = List.copyOf(figures);
        }
    }

    /** The engine itself. */
    public KpiEngine engine() {
        return engine;
    }

    private record Unguarded(PrivacyGate gate, Publication publication) implements Privacy {}

    /** Releases everything and keeps the figures of the latest request. */
    private static final class Everything implements Publication {

        private List<ExactResult> latest = List.of();

        @Override
        public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
            return ReleasedCells.unguarded(cells);
        }

        @Override
        public void erase(ClinicId clinic, long patient, long erasures) {}

        @Override
        public void eraseClinic(ClinicId clinic, long erasures) {}

        @Override
        public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
            latest = results;
            return results.stream()
                    .map(result -> result.release(component -> true, row -> true))
                    .toList();
        }
    }
}
