package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.view.Heatmap;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the view Heatmap. */
@Command(name = "heatmap", description = "What happens at which hour of the week.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class HeatmapCommand implements Callable<Integer> {

    @Mixin
    private Input input;

    @Mixin
    private Query query;

    @Override
    public Integer call() throws IOException {
        return query.answer(input, HeatmapCommand::print);
    }

    private static void print(ClinicDashboard dashboard, KpiRequest request, Query.Page page) throws IOException {
        Heatmap view = dashboard.heatmap(request.period());
        switch (page.format()) {
            case json -> JsonView.write(view, page.out());
            case text -> page.out().print(new TextHeatmap(page.clinic(), page.wording()).render(view));
        }
    }
}
