package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.kpi.Unit;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import dev.clinickpi.view.ViewFigure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One clinic's dashboard in the hands of one principal: every figure is reached through one, so that of another clinic cannot even be asked for.
 * Each question is checked against the principal's rights at its moment, recorded before it is answered, and answered through publication. Safe for
 * use by many threads.
 */
public final class ClinicDashboard {

    private final KpiEngine engine;
    private final Principal principal;
    private final ClinicId clinic;

    ClinicDashboard(KpiEngine engine, Principal principal, ClinicId clinic) {
        this.engine = engine;
        this.principal = principal;
        this.clinic = clinic;
    }

    /** The clinic. */
    public ClinicId clinic() {
        return clinic;
    }

    /**
     * Today's date at the clinic, for periods that end with it.
     *
     * @throws AccessDeniedException if the clinic is no longer in the reference data
     */
    public LocalDate today() {
        Clinic reference = engine.directory().clinic(clinic).orElseThrow(KpiEngine::denied);
        return LocalDays.in(reference.zone()).dateOf(engine.clock().instant());
    }

    /** Every KPI of the engine over a period, each by its own refresh. As {@link #report(KpiRequest)}. */
    public KpiReport report(Period period) {
        return report(KpiRequest.of(period));
    }

    /**
     * Every KPI of the engine.
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public KpiReport report(KpiRequest request) {
        return report(request, engine.catalogue());
    }

    /**
     * One KPI.
     *
     * @throws IllegalArgumentException if the engine does not have it
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public KpiResult result(KpiDefinition kpi, KpiRequest request) {
        if (!engine.catalogue().contains(kpi)) {
            throw new IllegalArgumentException("The engine has no KPI " + kpi.id() + "; add it with builder().kpi(…)");
        }
        return report(request, List.of(kpi)).result(kpi);
    }

    /**
     * What happens at which hour of the week, in real time.
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public Heatmap heatmap(Period period) {
        Answer answer = answer("heatmap", KpiRequest.of(period), Heatmap.figures(period));
        return Heatmap.of(clinic, period, answer.calendar, answer.released);
    }

    /**
     * How far the conversations of a period come, in real time.
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public Funnel funnel(Period period) {
        return Funnel.of(clinic, period, answer("funnel", KpiRequest.of(period), Funnel.figures(period)).released);
    }

    /**
     * How the patients who were onboarded in a period come back, in real time.
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public CohortTable cohorts(Period period) {
        Answer answer = answer("cohorts", KpiRequest.of(period), CohortTable.figures(period));
        return CohortTable.of(clinic, period, answer.reference.currency(), answer.calendar.days(), answer.released);
    }

    private KpiReport report(KpiRequest request, List<KpiDefinition> kpis) {
        String what = kpis.size() == 1 ? kpis.get(0).id() : "all KPIs";
        List<ViewFigure> figures =
                kpis.stream().map(kpi -> new ViewFigure(kpi, request.period())).toList();
        Answer answer = answer(what, request, figures);
        return new KpiReport(clinic, request.period(), answer.asOf, answer.released);
    }

    private Answer answer(String what, KpiRequest request, List<ViewFigure> figures) {
        Instant now = engine.clock().instant();
        ClinicState state = engine.state(clinic);
        if (state == null || !principal.mayRead(clinic, now)) {
            engine.audit(principal, AuditRecord.Action.DASHBOARD_REFUSED, clinic, "", now);
            throw KpiEngine.denied();
        }
        engine.audit(principal, AuditRecord.Action.READ_FIGURES, clinic, describe(what, request), now);
        Evaluated evaluated = state.ask(
                now,
                (cells, directory, reference, asOf) -> new Evaluated(
                        evaluate(cells, directory, reference, asOf, request, figures),
                        cells.calendar(),
                        reference,
                        asOf));
        return publish(request, evaluated);
    }

    private static List<ExactResult> evaluate(
            ClinicCells cells,
            ClinicDirectory directory,
            Clinic reference,
            Instant asOf,
            KpiRequest request,
            List<ViewFigure> figures) {
        int active = cells.activeConversations();
        List<ExactResult> results = new ArrayList<>(figures.size());
        for (ViewFigure asked : figures) {
            KpiDefinition kpi = asked.definition();
            Refresh refresh = request.live() ? Refresh.REAL_TIME : kpi.refresh();
            Coverage coverage = refresh.covered(
                    asked.period(), asOf, cells.calendar().days().zone(), request.weekStart());
            KpiScope scope =
                    KpiScope.of(cells.cells(), directory, reference, asOf, active, asked.period(), coverage, kpi);
            Figure figure = kpi.formula().evaluate(scope);
            results.add(new ExactResult(
                    kpi,
                    kpi.unit() == Unit.MONEY ? reference.currency() : kpi.unit().id(),
                    figure.isMomentary() ? Coverage.at(asOf) : coverage,
                    refresh,
                    asOf,
                    figure,
                    scope.peopleBehind(kpi, figure)));
        }
        return results;
    }

    /** The one place where figures leave. */
    private Answer publish(KpiRequest request, Evaluated evaluated) {
        List<ExactResult> exact = evaluated.exact;
        List<KpiResult> released =
                engine.publication().release(new PublicationRequest(clinic, request.period(), evaluated.asOf), exact);
        List<String> asked =
                exact.stream().map(result -> result.definition().id()).toList();
        if (!asked.equals(released.stream().map(KpiResult::id).toList())) {
            throw new IllegalStateException("Publication gives one result for each figure, in the same order");
        }
        return new Answer(released, evaluated.calendar, evaluated.reference, evaluated.asOf);
    }

    private static String describe(String what, KpiRequest request) {
        return what + " from " + request.period().from() + " to "
                + request.period().to() + (request.live() ? ", live" : "");
    }

    /** Exact figures, and what of the clinic they were evaluated under. */
    private record Evaluated(List<ExactResult> exact, ClinicCalendar calendar, Clinic reference, Instant asOf) {}

    /** What was released of them. */
    private record Answer(List<KpiResult> released, ClinicCalendar calendar, Clinic reference, Instant asOf) {}
}
