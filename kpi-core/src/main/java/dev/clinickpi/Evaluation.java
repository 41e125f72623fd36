package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.view.Figures;
import java.time.DayOfWeek;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one place where formulas are evaluated: a request to one clinic's cells as they stand at one moment. */
record Evaluation(ClinicMoment moment, KpiRequest request) implements Figures {

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
        KpiScope scope = scope(kpi, period(), coverage, KpiScope.ANY_MATURITY);
        Figure figure = kpi.formula().evaluate(scope);
        return result(kpi, scope, figure.isMomentary() ? Coverage.at(asOf()) : coverage, figure);
    }

    @Override
    public ExactResult figure(KpiDefinition kpi, @Nullable Period dates, Coverage coverage, long conversionDays) {
        KpiScope scope = scope(kpi, dates, coverage, conversionDays);
        Figure figure = kpi.formula().evaluate(scope);
        return result(
                kpi,
                scope,
                coverage,
                figure.isMomentary()
                        ? Figure.notApplicable("This KPI is of the moment of the question alone, whatever the period")
                        : figure);
    }

    private KpiScope scope(KpiDefinition kpi, @Nullable Period dates, Coverage coverage, long conversionDays) {
        return KpiScope.of(
                moment.cells(),
                moment.directory(),
                clinic(),
                asOf(),
                moment.activeConversations(),
                dates,
                coverage,
                conversionDays,
                kpi);
    }

    private ExactResult result(KpiDefinition kpi, KpiScope scope, Coverage coverage, Figure figure) {
        return new ExactResult(
                kpi,
                kpi.unit().in(clinic().currency()),
                coverage,
                refresh(kpi),
                asOf(),
                figure,
                scope.peopleBehind(kpi, figure));
    }
}
