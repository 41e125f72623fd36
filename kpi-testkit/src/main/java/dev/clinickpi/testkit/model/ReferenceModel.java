package dev.clinickpi.testkit.model;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What every figure ought to be: the twelve KPIs and the views of {@code kpis.md}, computed from the events themselves by plain loops, exactly and
 * beneath publication. An engine is right when it agrees with this model, whatever the events and in whatever order they came.
 *
 * <p>Each class of the package is a part of the specification and to be read beside it: {@code ClinicHistory} and {@code EventOrder}
 * section 1, {@code LocalCalendar} section 2, {@code Conversation}, {@code Turn}, {@code OpeningSpans} and {@code Appointment} section 3,
 * those that end in {@code Figures} section 4, in {@code View} and {@code SeriesSteps}, {@code EarlierPeriod} and {@code Comparisons} section 5. It takes only data from the core: events, and reference data as the directory holds it.
 */
public final class ReferenceModel {

    private final ClinicDirectory directory;
    private final List<KpiEvent> events;
    private final Function<KpiEvent.Message, Set<String>> servicesInText;

    private ReferenceModel(
            ClinicDirectory directory, List<KpiEvent> events, Function<KpiEvent.Message, Set<String>> servicesInText) {
        this.directory = directory;
        this.events = events;
        this.servicesInText = servicesInText;
    }

    /**
     * The model of what happened. Texts name no service; see {@link #withServicesInText}.
     *
     * @param events in the order that they arrived; of those under one id the first is the event
     */
    public static ReferenceModel of(ClinicDirectory directory, Collection<? extends KpiEvent> events) {
        return new ReferenceModel(directory, List.copyOf(events), message -> Set.of());
    }

    /** The same model with texts that name services, as the privacy gate under test would find them. */
    public ReferenceModel withServicesInText(Function<KpiEvent.Message, Set<String>> services) {
        return new ReferenceModel(directory, events, services);
    }

    /** The twelve figures by id, in the order of section 4, under the {@linkplain ReferenceOptions#standard() standard options}. */
    public Map<String, ReferenceFigure> figures(ClinicId clinic, Period period, Instant asOf) {
        return figures(clinic, period, asOf, ReferenceOptions.standard());
    }

    /**
     * The twelve figures by id, in the order of section 4.
     *
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public Map<String, ReferenceFigure> figures(
            ClinicId clinicId, Period period, Instant asOf, ReferenceOptions options) {
        Question question = question(clinicId, period, asOf, options);
        ConversationFigures conversations = new ConversationFigures(question);
        CareFigures care = new CareFigures(question);
        BusinessFigures business = new BusinessFigures(question);
        Map<String, ReferenceFigure> figures = new LinkedHashMap<>();
        List.of(
                        business.revenueRecovered(),
                        conversations.conversionRate(),
                        conversations.responseTime(),
                        care.noShowRate(),
                        conversations.handoffRate(),
                        conversations.leadTiers(),
                        conversations.topServices(),
                        care.csat(),
                        business.llmCost(),
                        care.waitlistConversion(),
                        conversations.activeConversations(),
                        business.tierUtilization())
                .forEach(figure -> figures.put(figure.id(), figure));
        return figures;
    }

    /**
     * A KPI by a grain (section 5.1), a figure for each step by its start.
     *
     * @param kpi one of the twelve ids; of one that is of the moment alone the steps do not apply
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public Map<Instant, ReferenceFigure> series(
            ClinicId clinicId, String kpi, Grain grain, Period period, Instant asOf, ReferenceOptions options) {
        return new SeriesSteps(question(clinicId, period, asOf, options), grain).figures(kpi);
    }

    /**
     * A KPI of a period against the period before it (section 2).
     *
     * @param kpi one of the twelve ids; one that is of the moment alone does not apply
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public ReferenceComparison comparison(
            ClinicId clinicId, String kpi, Period period, Instant asOf, ReferenceOptions options) {
        return new Comparisons(question(clinicId, period, asOf, options), kpi).withPreviousPeriod();
    }

    /**
     * A KPI of a period against what it was before the AI receptionist (section 5.2).
     *
     * @param kpi one of the twelve ids; one that is of the moment alone does not apply
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public ReferenceComparison baseline(
            ClinicId clinicId, String kpi, Period period, Instant asOf, ReferenceOptions options) {
        return new Comparisons(question(clinicId, period, asOf, options), kpi).withBaseline();
    }

    /**
     * The heatmap of a period (section 5.3).
     *
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public ReferenceHeatmap heatmap(ClinicId clinic, Period period, Instant asOf) {
        return new HeatmapView(question(clinic, period, asOf, ReferenceOptions.standard())).heatmap();
    }

    /**
     * The funnel of a period (section 5.4).
     *
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public ReferenceFunnel funnel(ClinicId clinic, Period period, Instant asOf) {
        return new FunnelView(question(clinic, period, asOf, ReferenceOptions.standard())).funnel();
    }

    /**
     * The cohorts of a period (section 5.5).
     *
     * @throws IllegalArgumentException if the directory has no such clinic
     */
    public ReferenceCohorts cohorts(ClinicId clinic, Period period, Instant asOf) {
        return new CohortView(question(clinic, period, asOf, ReferenceOptions.standard())).cohorts();
    }

    private Question question(ClinicId clinicId, Period period, Instant asOf, ReferenceOptions options) {
        Clinic clinic = directory.clinics().get(clinicId);
        if (clinic == null) {
            throw new IllegalArgumentException("The directory has no clinic of that id: add it to the directory");
        }
        ClinicHistory history = new ClinicHistory(clinic, events, asOf, servicesInText);
        return new Question(directory, clinic, history, period, asOf, options);
    }
}
