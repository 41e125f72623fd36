package dev.clinickpi.benchmarks;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.benchmarks.FoldedClinics.FoldedClinic;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiScope;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import dev.clinickpi.view.TimeSeries;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Questions about one clinic of ten thousand events over 90 days. A view gets a method here. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReportBenchmark {

    private static final ClinicId CLINIC = ClinicId.of("clinic-0");
    private static final Period PERIOD = new Period(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 5, 31));

    private Workload workload;
    private Clinic clinic;
    private FoldedClinic folded;
    private ClinicDashboard dashboard;

    /** Folds the log once for each way to ask. */
    @Setup
    public void prepare() {
        workload = Workload.of(MadeLog.Order.SHUFFLED_WITHIN_A_DAY);
        StandardPrivacy privacy = StandardPrivacy.with(KeyProvider.inMemory());
        FoldedClinics folds = workload.folds();
        for (Fact fact : workload.admitted(privacy.gate())) {
            folds.accept(fact);
        }
        clinic = Objects.requireNonNull(workload.directory().clinics().get(CLINIC));
        folded = folds.of(CLINIC);
        KpiEngine engine = Engines.of(workload.directory(), workload.now(), EventLog.inMemory(), privacy);
        engine.record(workload.events());
        dashboard = engine.open(Principal.clinicAdmin("ana", CLINIC), CLINIC);
    }

    /** The twelve formulas alone. */
    @Benchmark
    public void formulas(Blackhole sink) {
        for (KpiDefinition kpi : Kpi.ALL) {
            Coverage coverage = kpi.refresh()
                    .covered(PERIOD, workload.now(), folded.calendar().days().zone(), DayOfWeek.MONDAY);
            KpiScope scope = KpiScope.of(
                    folded.cells(),
                    ReleasedCells.unguarded(folded.cells()),
                    workload.directory(),
                    clinic,
                    workload.now(),
                    0,
                    PERIOD,
                    coverage,
                    KpiScope.ANY_MATURITY,
                    kpi);
            sink.consume(kpi.formula().evaluate(scope));
        }
    }

    /** Conversions by day. */
    @Benchmark
    public TimeSeries series() {
        return dashboard.series(Kpi.CONVERSION_RATE, Grain.DAY, KpiRequest.of(PERIOD));
    }

    /** No-shows against the 90 days before the receptionist. */
    @Benchmark
    public BaselineComparison baseline() {
        return dashboard.baseline(Kpi.NO_SHOW_RATE, KpiRequest.of(PERIOD));
    }

    /** Weekday by hour. */
    @Benchmark
    public Heatmap heatmap() {
        return dashboard.heatmap(PERIOD);
    }

    /** Message to completed appointment. */
    @Benchmark
    public Funnel funnel() {
        return dashboard.funnel(PERIOD);
    }

    /** Months since onboarding. */
    @Benchmark
    public CohortTable cohorts() {
        return dashboard.cohorts(PERIOD);
    }

    /** The same through a dashboard: rights, audit record, formulas, publication. */
    @Benchmark
    public KpiReport dashboard() {
        return dashboard.report(PERIOD);
    }

    /** The clinic's cells added to none. */
    @Benchmark
    public CellTable mergeCells() {
        CellTable merged = new CellTable(folded.calendar().days());
        merged.addAll(folded.cells());
        return merged;
    }
}
