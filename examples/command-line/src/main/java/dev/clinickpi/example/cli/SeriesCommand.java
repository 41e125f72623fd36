package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.time.Grain;
import dev.clinickpi.view.TimeSeries;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a KPI over time. */
@Command(name = "series", description = "A KPI by hour, day, week, month or year.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class SeriesCommand implements Callable<Integer> {

    @Mixin
    private Input input;

    @Mixin
    private Query query;

    @Option(
            names = "--kpi",
            required = true,
            paramLabel = "ID",
            converter = Choices.OfKpi.class,
            description = "The KPI, such as no-show-rate.")
    private KpiDefinition kpi;

    @Option(
            names = "--grain",
            required = true,
            paramLabel = "hour|day|week|month|year",
            converter = Choices.OfGrain.class,
            description = "How long a step is.")
    private Grain grain;

    @Override
    public Integer call() throws IOException {
        return query.answer(input, this::print);
    }

    private void print(ClinicDashboard dashboard, KpiRequest request, Query.Page page) throws IOException {
        TimeSeries series = dashboard.series(kpi, grain, request);
        switch (page.format()) {
            case json -> JsonSeries.write(series, page.clinic().zone(), page.out());
            case text -> page.out().print(new TextSeries(page.clinic(), page.wording()).render(series));
        }
    }
}
