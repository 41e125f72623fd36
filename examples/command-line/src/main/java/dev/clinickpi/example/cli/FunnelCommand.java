package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.view.Funnel;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the view Funnel. */
@Command(name = "funnel", description = "How far conversations come, from a message to a completed appointment.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class FunnelCommand implements Callable<Integer> {

    @Mixin
    private Input input;

    @Mixin
    private Query query;

    @Override
    public Integer call() throws IOException {
        return query.answer(input, FunnelCommand::print);
    }

    private static void print(ClinicDashboard dashboard, KpiRequest request, Query.Page page) throws IOException {
        Funnel view = dashboard.funnel(request.period());
        switch (page.format()) {
            case json -> JsonView.write(view, page.out());
            case text -> page.out().print(new TextFunnel(page.clinic(), page.wording()).render(view));
        }
    }
}
