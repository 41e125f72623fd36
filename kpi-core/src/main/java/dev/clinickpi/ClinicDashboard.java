package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.clinic.Clinic;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One clinic's dashboard in the hands of one principal: every figure is reached through one, so that of another clinic cannot even be asked for.
 * Each question is checked against the principal's rights at its moment, recorded before it is answered, and answered through publication. Safe for
 * use by many threads.
 */
public final class ClinicDashboard {

    private final KpiEngine engine;
    private final Principal principal;
    private final ClinicId clinic;
    private final @Nullable ClinicMoment past;

    /** A dashboard of a past moment, or of each question's own when that is null. */
    ClinicDashboard(KpiEngine engine, Principal principal, ClinicId clinic, @Nullable ClinicMoment past) {
        this.engine = engine;
        this.principal = principal;
        this.clinic = clinic;
        this.past = past;
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
        return LocalDays.in(reference.zone())
                .dateOf(past == null ? engine.clock().instant() : past.asOf());
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
        return answer(request, engine.catalogue());
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
        return answer(request, List.of(kpi)).result(kpi);
    }

    /**
     * Has a subscriber told of this clinic's live results: at once of all of them, then of those that have changed. What is told is of the newest moment
     * and of nothing between, so a subscriber that takes its time, or asks for few, falls behind in number and never in time. Time is one of the
     * changes: active conversations grow quiet, and what was dated ahead comes to be. The subscription is recorded once, and ends with an error when
     * the principal's right to see the clinic does, and with completion when the engine is closed.
     *
     * @param request the period; its real-time KPIs are told of, all KPIs if it is live
     * @param subscriber is called by one thread at a time, of the engine's executor
     * @throws IllegalStateException if this is a dashboard of a past moment, or the engine is closed
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the subscription could not be recorded
     */
    public void watch(KpiRequest request, Flow.Subscriber<? super KpiReport> subscriber) {
        if (past != null) {
            throw new IllegalStateException("The past does not change; open the dashboard of the present to watch it");
        }
        engine.requireOpen();
        List<KpiDefinition> kpis = engine.catalogue().stream()
                .filter(kpi -> request.live() || kpi.refresh() == Refresh.REAL_TIME)
                .toList();
        Instant now = engine.clock().instant();
        requireAccess(now);
        engine.audit(principal, AuditRecord.Action.WATCH_FIGURES, clinic, describe(request, kpis), now);
        Watch watch = new Watch(new Watched(request, kpis), subscriber, engine.liveUpdates()::remove);
        subscriber.onSubscribe(watch);
        engine.liveUpdates().add(watch);
    }

    private KpiReport answer(KpiRequest request, List<KpiDefinition> kpis) {
        engine.requireOpen();
        Instant now = engine.clock().instant();
        ClinicMoment.Source source = requireAccess(now);
        engine.audit(principal, AuditRecord.Action.READ_FIGURES, clinic, describe(request, kpis), now);
        return answer(request, kpis, source.at(now));
    }

    private KpiReport answer(KpiRequest request, List<KpiDefinition> kpis, ClinicMoment moment) {
        return publish(request, evaluate(moment, request, kpis), moment.asOf());
    }

    /**
     * Where the moments come from, for who may see the clinic.
     *
     * @throws AccessDeniedException if the principal may not, which is recorded
     */
    private ClinicMoment.Source requireAccess(Instant now) {
        ClinicState state = engine.state(clinic);
        if (state == null || !principal.mayRead(clinic, now)) {
            engine.audit(principal, AuditRecord.Action.DASHBOARD_REFUSED, clinic, "", now);
            throw KpiEngine.denied();
        }
        ClinicMoment then = past;
        return then == null ? state : asked -> then;
    }

    private static List<ExactResult> evaluate(ClinicMoment moment, KpiRequest request, List<KpiDefinition> kpis) {
        List<ExactResult> results = new ArrayList<>(kpis.size());
        for (KpiDefinition kpi : kpis) {
            Refresh refresh = request.live() ? Refresh.REAL_TIME : kpi.refresh();
            Coverage coverage = refresh.covered(
                    request.period(), moment.asOf(), moment.calendar().days().zone(), request.weekStart());
            KpiScope scope = KpiScope.of(
                    moment.cells(),
                    moment.directory(),
                    moment.clinic(),
                    moment.asOf(),
                    moment.activeConversations(),
                    request.period(),
                    coverage,
                    kpi);
            Figure figure = kpi.formula().evaluate(scope);
            results.add(new ExactResult(
                    kpi,
                    kpi.unit() == Unit.MONEY
                            ? moment.clinic().currency()
                            : kpi.unit().id(),
                    figure.isMomentary() ? Coverage.at(moment.asOf()) : coverage,
                    refresh,
                    moment.asOf(),
                    figure,
                    scope.peopleBehind(kpi, figure)));
        }
        return results;
    }

    /** The one place where figures leave. */
    private KpiReport publish(KpiRequest request, List<ExactResult> exact, Instant asOf) {
        List<KpiResult> released =
                engine.publication().release(new PublicationRequest(clinic, request.period(), asOf), exact);
        List<String> asked =
                exact.stream().map(result -> result.definition().id()).toList();
        if (!asked.equals(released.stream().map(KpiResult::id).toList())) {
            throw new IllegalStateException("Publication gives one result for each figure, in the same order");
        }
        return new KpiReport(clinic, request.period(), asOf, released);
    }

    private static String describe(KpiRequest request, List<KpiDefinition> kpis) {
        String what = kpis.size() == 1 ? kpis.get(0).id() : "all KPIs";
        return what + " from " + request.period().from() + " to "
                + request.period().to() + (request.live() ? ", live" : "");
    }

    /** What a subscriber watches: every report is checked and published like any other. */
    private final class Watched implements Watch.Answers {

        private final KpiRequest request;
        private final List<KpiDefinition> kpis;

        Watched(KpiRequest request, List<KpiDefinition> kpis) {
            this.request = request;
            this.kpis = kpis;
        }

        @Override
        public long changes() {
            ClinicState state = engine.state(clinic);
            return state == null ? -1 : state.changes();
        }

        @Override
        public Instant now() {
            return engine.clock().instant();
        }

        @Override
        public KpiReport report() {
            Instant now = now();
            return answer(request, kpis, requireAccess(now).at(now));
        }
    }
}
