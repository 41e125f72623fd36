package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints KPIs against the time before the AI receptionist. */
@Command(name = "baseline", description = "KPIs against the time before the AI receptionist.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class BaselineCommand implements Callable<Integer> {

    @Mixin
    private Input input;

    @Mixin
    private Query query;

    @Option(
            names = "--kpi",
            paramLabel = "ID",
            converter = Choices.OfKpi.class,
            description = "The KPI, such as no-show-rate; all that can be compared, unless given.")
    private @Nullable KpiDefinition kpi;

    @Override
    public Integer call() throws IOException {
        return query.answer(input, this::print);
    }

    private void print(ClinicDashboard dashboard, KpiRequest request, Query.Page page) throws IOException {
        List<BaselineComparison> comparisons = comparisons(dashboard, request);
        switch (page.format()) {
            case json -> JsonBaseline.write(comparisons, page.clinic(), request.period(), page.out());
            case text ->
                page.out().print(new TextBaseline(page.clinic(), page.wording()).render(comparisons, request.period()));
        }
    }

    private List<BaselineComparison> comparisons(ClinicDashboard dashboard, KpiRequest request) {
        if (kpi != null) {
            return List.of(dashboard.baseline(kpi, request));
        }
        return Kpi.ALL.stream()
                .map(each -> dashboard.baseline(each, request))
                .filter(comparison -> !(comparison.baseline() instanceof Baseline.Missing))
                .toList();
    }
}
