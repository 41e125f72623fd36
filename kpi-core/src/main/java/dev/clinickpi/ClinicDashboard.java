package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.PeriodComparison;
import dev.clinickpi.view.TimeSeries;
import dev.clinickpi.view.Unpublished;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

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
        return report(request, List.of(known(kpi))).result(kpi);
    }

    /**
     * A KPI by hour, day, week, month or year: a point for every step that the period reaches into (section 5.1).
     *
     * <p>A KPI of the moment alone, such as the active conversations, has no past to show: its points do not apply.
     *
     * @throws IllegalArgumentException if the engine does not have the KPI
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public TimeSeries series(KpiDefinition kpi, Grain grain, KpiRequest request) {
        String what = known(kpi).id() + " by " + grain.id();
        return answer(request, what, figures -> TimeSeries.of(figures, kpi, grain));
    }

    /**
     * A KPI of the period against the period before it (section 2). One of the moment alone does not apply.
     *
     * @throws IllegalArgumentException if the engine does not have the KPI
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public PeriodComparison comparison(KpiDefinition kpi, KpiRequest request) {
        String what = known(kpi).id() + " against the period before";
        return answer(request, what, figures -> PeriodComparison.of(figures, kpi));
    }

    /**
     * A KPI of the period against what it was before the AI receptionist took over (section 5.2). One of the moment alone does not apply.
     *
     * @throws IllegalArgumentException if the engine does not have the KPI
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public BaselineComparison baseline(KpiDefinition kpi, KpiRequest request) {
        String what = known(kpi).id() + " against the baseline";
        return answer(request, what, figures -> BaselineComparison.of(figures, kpi));
    }

    private KpiDefinition known(KpiDefinition kpi) {
        if (!engine.catalogue().contains(kpi)) {
            throw new IllegalArgumentException("The engine has no KPI " + kpi.id() + "; add it with builder().kpi(…)");
        }
        return kpi;
    }

    private KpiReport report(KpiRequest request, List<KpiDefinition> kpis) {
        String what = kpis.size() == 1 ? kpis.get(0).id() : "all KPIs";
        return answer(
                request,
                what,
                evaluation -> new Unpublished<>(
                        kpis.stream().map(evaluation::figure).toList(),
                        released -> new KpiReport(clinic, request.period(), evaluation.asOf(), released)));
    }

    /** Every question goes this way: rights, audit record, exact figures, publication, and only then what follows from them. */
    private <V> V answer(KpiRequest request, String what, Function<Evaluation, Unpublished<V>> view) {
        Instant now = engine.clock().instant();
        ClinicState state = engine.state(clinic);
        if (state == null || !principal.mayRead(clinic, now)) {
            engine.audit(principal, AuditRecord.Action.DASHBOARD_REFUSED, clinic, "", now);
            throw KpiEngine.denied();
        }
        engine.audit(principal, AuditRecord.Action.READ_FIGURES, clinic, describe(request, what), now);
        Answer<V> answer = state.ask(
                now,
                (cells, directory, reference, asOf) ->
                        new Answer<>(asOf, view.apply(new Evaluation(cells, directory, reference, asOf, request))));
        return publish(request, answer);
    }

    /** The one place where figures leave. */
    private <V> V publish(KpiRequest request, Answer<V> answer) {
        List<ExactResult> exact = answer.unpublished.figures();
        List<KpiResult> released =
                engine.publication().release(new PublicationRequest(clinic, request.period(), answer.asOf), exact);
        List<String> asked =
                exact.stream().map(result -> result.definition().id()).toList();
        if (!asked.equals(released.stream().map(KpiResult::id).toList())) {
            throw new IllegalStateException("Publication gives one result for each figure, in the same order");
        }
        return answer.unpublished.view().apply(released);
    }

    private static String describe(KpiRequest request, String what) {
        return what + " from " + request.period().from() + " to "
                + request.period().to() + (request.live() ? ", live" : "");
    }

    private record Answer<V>(Instant asOf, Unpublished<V> unpublished) {}
}
