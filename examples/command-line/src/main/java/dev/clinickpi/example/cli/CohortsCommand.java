package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.view.CohortTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the view CohortTable. */
@Command(name = "cohorts", description = "How many new patients come back in the months after, and what they bring.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class CohortsCommand implements Callable<Integer> {

    @Mixin
    private Input input;

    @Mixin
    private Query query;

    @Override
    public Integer call() throws IOException {
        return query.answer(input, CohortsCommand::print);
    }

    private static void print(ClinicDashboard dashboard, KpiRequest request, Query.Page page) throws IOException {
        CohortTable view = dashboard.cohorts(request.period());
        switch (page.format()) {
            case json -> JsonView.write(view, page.out());
            case text -> page.out().print(new TextCohortTable(page.clinic(), page.wording()).render(view));
        }
    }
}
