package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.sector.SectorClinic;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import dev.clinickpi.view.PeriodComparison;
import dev.clinickpi.view.TimeSeries;
import dev.clinickpi.view.Unpublished;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One clinic's dashboard in the hands of one principal: every figure is reached through one, so that of another clinic cannot even be asked for.
 * Each question is checked against the principal's rights at its moment, recorded before it is answered, and answered through publication. Safe for
 * use by many threads.
 */
public final class ClinicDashboard {

    private static final String NOT_MADE = "The benchmarks of a month are made when they are first asked for, from ";

    /** Says nothing of which it is. */
    private static final String WITHHELD =
            "Too few clinics of different owners have published this figure of the month, or one of them could be told from it";

    private final KpiEngine engine;
    private final Principal principal;
    private final ClinicId clinic;
    private final @Nullable PastClinic past;

    /** A dashboard of a past moment, or of each question's own when that is null. */
    ClinicDashboard(KpiEngine engine, Principal principal, ClinicId clinic, @Nullable PastClinic past) {
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
        Clinic reference = engine.directory().clinic(clinic).orElseThrow(AccessControl::denied);
        return LocalDays.in(reference.zone())
                .dateOf(past == null ? engine.clock().instant() : past.moment());
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

    /**
     * What happens at which hour of the week, in real time (section 5.3).
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public Heatmap heatmap(Period period) {
        return answer(KpiRequest.of(period), "heatmap", Heatmap::of);
    }

    /**
     * How far the conversations of a period come, in real time (section 5.4).
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public Funnel funnel(Period period) {
        return answer(KpiRequest.of(period), "funnel", Funnel::of);
    }

    /**
     * How the patients who were onboarded in a period come back, in real time (section 5.5).
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     */
    public CohortTable cohorts(Period period) {
        return answer(KpiRequest.of(period), "cohorts", CohortTable::of);
    }

    /**
     * The KPIs of a closed calendar month beside the benchmarks of the clinic's vertical (section 7). Where nobody has asked for that month's benchmarks before, and the month is ripe, they are
     * made now, as {@link KpiEngine#benchmarks} says.
     *
     * @throws AccessDeniedException if the principal may no longer see the clinic
     * @throws AuditUnavailableException if the read could not be recorded
     * @throws RuntimeException if benchmarks have to be made and a clinic of the vertical cannot be read, or they cannot be kept; ask again
     */
    public SectorComparison benchmarks(YearMonth month) {
        Sectors sectors = engine.sectors();
        KpiReport own = answer(
                KpiRequest.of(Period.month(month.getYear(), month.getMonthValue())),
                "sector benchmarks",
                evaluation -> report(evaluation, Sectors.KPIS));
        String vertical = engine.directory()
                .clinic(clinic)
                .orElseThrow(AccessControl::denied)
                .vertical();
        Instant asked = past == null ? engine.clock().instant() : past.moment();
        List<SectorBenchmark> made =
                sectors.of(principal, vertical, month, asked).orElse(null);
        String reason = made == null ? NOT_MADE + sectors.ripeAt(month) : WITHHELD;
        return new SectorComparison(
                clinic,
                vertical,
                month,
                sectors.ripeAt(month),
                own.results().stream()
                        .map(result -> entry(result, made == null ? List.of() : made, reason))
                        .toList());
    }

    private static SectorComparison.Entry entry(KpiResult own, List<SectorBenchmark> made, String reason) {
        return made.stream()
                .filter(benchmark -> benchmark.kpi().equals(own.id()))
                .findFirst()
                .map(benchmark -> new SectorComparison.Entry(own, benchmark, null))
                .orElseGet(() -> new SectorComparison.Entry(own, null, reason));
    }

    /** What a clinic publishes of a month, for its sector alone: it reaches nobody but the rule that makes benchmarks of it. */
    static SectorClinic published(KpiEngine engine, Clinic clinic, YearMonth month) {
        ClinicMoment.Source source = engine.source(clinic.id());
        if (source == null) {
            throw new IllegalStateException("The reference data is being changed; ask again");
        }
        Evaluation evaluation = evaluation(
                engine,
                source.at(engine.clock().instant()),
                KpiRequest.of(Period.month(month.getYear(), month.getMonthValue())));
        List<ExactResult> exact = Sectors.KPIS.stream().map(evaluation::figure).toList();
        int patients = people(evaluation.figure(Kpi.CONVERSION_RATE), 0);
        List<KpiResult> released = publish(engine, evaluation, same -> new Unpublished<>(exact, results -> results));
        List<SectorClinic.Published> figures = new ArrayList<>();
        for (int i = 0; i < exact.size(); i++) {
            figures.add(new SectorClinic.Published(released.get(i), people(exact.get(i), patients)));
        }
        return new SectorClinic(clinic.owner(), figures);
    }

    /** @param ofVolume behind a figure that has no people of its own */
    private static int people(ExactResult result, int ofVolume) {
        if (result.withheld() != null) {
            return 0;
        }
        return result.people() == null ? ofVolume : result.people().count();
    }

    /**
     * Has a subscriber told of this clinic's live results: at once of all of them, then of those that have changed. What is told is of the newest moment
     * and of nothing between, so a subscriber that takes its time, or asks for few, falls behind in number and never in time. Time is one of the
     * changes: active conversations grow quiet, and what was dated ahead comes to be. The subscription is recorded once, and ends with an error when
     * the principal's right to see the clinic does, and with completion when the engine is closed.
     *
     * @param request the period; its real-time KPIs are told of, all KPIs if it is live
     * @param subscriber is called by one thread at a time: at first by this one, then by those of the engine's executor, at the end by the one that ends it
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
        engine.access()
                .record(
                        principal,
                        AuditRecord.Action.WATCH_FIGURES,
                        clinic,
                        describe(request, "changes of " + (request.live() ? "all KPIs" : "real-time KPIs")),
                        now);
        Watch watch = new Watch(new Watched(request, kpis), subscriber, engine.liveUpdates()::remove);
        subscriber.onSubscribe(watch);
        engine.liveUpdates().add(watch);
    }

    private KpiDefinition known(KpiDefinition kpi) {
        if (!engine.catalogue().contains(kpi)) {
            throw new IllegalArgumentException("The engine has no KPI " + kpi.id() + "; add it with builder().kpi(…)");
        }
        return kpi;
    }

    private KpiReport report(KpiRequest request, List<KpiDefinition> kpis) {
        String what = kpis.size() == 1 ? kpis.get(0).id() : "all KPIs";
        return answer(request, what, evaluation -> report(evaluation, kpis));
    }

    private static Unpublished<KpiReport> report(Evaluation evaluation, List<KpiDefinition> kpis) {
        return new Unpublished<>(
                kpis.stream().map(evaluation::figure).toList(),
                released -> new KpiReport(evaluation.clinic().id(), evaluation.period(), evaluation.asOf(), released));
    }

    /** Every question goes this way: rights, audit record, exact figures, publication, and only then what follows from them. */
    private <V> V answer(KpiRequest request, String what, Function<Evaluation, Unpublished<V>> view) {
        engine.requireOpen();
        Instant now = engine.clock().instant();
        ClinicMoment.Source source = requireAccess(now);
        engine.access().record(principal, AuditRecord.Action.READ_FIGURES, clinic, describe(request, what), now);
        return publish(engine, evaluation(engine, source.at(now), request), view);
    }

    /**
     * Where the moments come from, for who may see the clinic.
     *
     * @throws AccessDeniedException if the principal may not, which is recorded
     */
    private ClinicMoment.Source requireAccess(Instant now) {
        ClinicMoment.Source present = engine.source(clinic);
        if (present == null || !engine.access().mayRead(principal, clinic, now)) {
            engine.access().refuse(principal, AuditRecord.Action.DASHBOARD_REFUSED, clinic, "", now);
            throw AccessControl.denied();
        }
        return past == null ? present : past;
    }

    /** Whatever is about people is computed from what publication has released, whichever way it is asked for. */
    private static Evaluation evaluation(KpiEngine engine, ClinicMoment moment, KpiRequest request) {
        ReleasedCells released =
                engine.publication().released(moment.clinic().id(), moment.asOf(), moment.cells(), moment.erasures());
        return new Evaluation(moment, released, request);
    }

    /** The one place where figures leave. */
    private static <V> V publish(KpiEngine engine, Evaluation evaluation, Function<Evaluation, Unpublished<V>> view) {
        Unpublished<V> unpublished = view.apply(evaluation);
        List<ExactResult> exact = unpublished.figures();
        List<KpiResult> released = engine.publication()
                .release(
                        new PublicationRequest(evaluation.clinic().id(), evaluation.period(), evaluation.asOf()),
                        exact);
        List<String> asked =
                exact.stream().map(result -> result.definition().id()).toList();
        if (!asked.equals(released.stream().map(KpiResult::id).toList())) {
            throw new IllegalStateException("Publication gives one result for each figure, in the same order");
        }
        return unpublished.view().apply(released);
    }

    private static String describe(KpiRequest request, String what) {
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
            ClinicMoment.Source present = engine.source(clinic);
            return present == null ? -1 : present.changes();
        }

        @Override
        public Instant now() {
            return engine.clock().instant();
        }

        @Override
        public KpiReport report() {
            Instant now = now();
            ClinicMoment moment = requireAccess(now).at(now);
            return publish(
                    engine,
                    evaluation(engine, moment, request),
                    evaluation -> ClinicDashboard.report(evaluation, kpis));
        }
    }
}
