package dev.clinickpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.view.Figures;
import java.time.DayOfWeek;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one place where formulas are evaluated: a request to one clinic's cells as they stand at one moment. */
record Evaluation(ClinicMoment moment, ReleasedCells released, KpiRequest request) implements Figures {

    /** Says nothing of how many there are. */
    private static final String NOT_YET =
            "Figures about people are shown in steps of days that enough people stand behind;"
                    + " too few do so far in what was asked for";

    private static final String OF_THE_MOMENT = "This KPI is of the moment of the question alone, whatever the period";

    @Override
    public Clinic clinic() {
        return moment.clinic();
    }

    @Override
    public ClinicCalendar calendar() {
        return moment.calendar();
    }

    @Override
    public Instant asOf() {
        return moment.asOf();
    }

    @Override
    public Period period() {
        return request.period();
    }

    @Override
    public DayOfWeek weekStart() {
        return request.weekStart();
    }

    @Override
    public Refresh refresh(KpiDefinition kpi) {
        return request.live() ? Refresh.REAL_TIME : kpi.refresh();
    }

    /** A KPI's figure of the request, as a report has it. */
    ExactResult figure(KpiDefinition kpi) {
        Coverage coverage = refresh(kpi).covered(period(), asOf(), clinic().zone(), weekStart());
        return evaluate(kpi, period(), coverage, KpiScope.ANY_MATURITY, true);
    }

    @Override
    public ExactResult figure(KpiDefinition kpi, @Nullable Period dates, Coverage coverage, long conversionDays) {
        return evaluate(kpi, dates, coverage, conversionDays, false);
    }

    private ExactResult evaluate(
            KpiDefinition kpi, @Nullable Period dates, Coverage asked, long conversionDays, boolean showsMoment) {
        Measure population = kpi.population();
        Coverage snapped = population == null ? asked : released.snap(population, asked);
        if (snapped == null) {
            KpiScope nothing = scope(kpi, dates, asked, conversionDays).overNothing(kpi);
            return result(kpi, nothing, asked, kpi.formula().evaluate(nothing), NOT_YET);
        }
        KpiScope scope = scope(kpi, dates, snapped, conversionDays);
        Figure figure = kpi.formula().evaluate(scope);
        String withheld = scope.readsUnreleased() ? NOT_YET : null;
        if (!figure.isMomentary()) {
            return result(kpi, scope, snapped, figure, withheld);
        }
        return showsMoment
                ? result(kpi, scope, Coverage.at(asOf()), figure, withheld)
                : result(kpi, scope, snapped, Figure.notApplicable(OF_THE_MOMENT), withheld);
    }

    private KpiScope scope(KpiDefinition kpi, @Nullable Period dates, Coverage coverage, long conversionDays) {
        return KpiScope.of(
                moment.cells(),
                released,
                moment.directory(),
                clinic(),
                asOf(),
                moment.activeConversations(),
                dates,
                coverage,
                conversionDays,
                kpi);
    }

    /** That a KPI does not apply to a clinic says nothing of people, and is never withheld. */
    private ExactResult result(
            KpiDefinition kpi, KpiScope scope, Coverage coverage, Figure figure, @Nullable String withheld) {
        return new ExactResult(
                kpi,
                kpi.unit().in(clinic().currency()),
                coverage,
                refresh(kpi),
                asOf(),
                figure,
                scope.peopleBehind(kpi, figure),
                figure.status() == Status.NOT_APPLICABLE ? null : withheld);
    }
}
