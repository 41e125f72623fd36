package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints a clinic's KPIs over a period. */
@Command(name = "report", description = "Print a clinic's KPIs over a period.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private Input input;

    @Mixin
    private Query query;

    @Override
    public Integer call() throws IOException {
        return query.answer(input, ReportCommand::print);
    }

    private static void print(ClinicDashboard dashboard, KpiRequest request, Query.Page page) throws IOException {
        KpiReport report = dashboard.report(request);
        switch (page.format()) {
            case json -> JsonReport.write(report, page.out());
            case text -> page.out().print(new TextReport(page.clinic(), page.wording()).render(report));
        }
    }
}
