package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.example.quickstart.SampleEvents;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes files to try the other commands on. */
@Command(name = "sample", description = "Write an invented clinic's reference data and a month of its events.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class SampleCommand implements Callable<Integer> {

    private static final ClinicId SOL = ClinicId.of("sol");
    private static final Period MARCH = Period.month(2026, 3);

    @Spec
    private CommandSpec command;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder to write clinics.json and events.ndjson to. Nothing is overwritten.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        Path clinics = folder.resolve("clinics.json");
        Path events = folder.resolve("events.ndjson");
        try (InputStream json = SampleEvents.clinicsJson()) {
            Files.copy(json, clinics);
        }
        List<KpiEvent> sample = SampleEvents.of(SOL, MARCH);
        try (Writer out = Files.newBufferedWriter(events, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW)) {
            for (KpiEvent event : sample) {
                out.write(EventLine.of(event));
                out.write('\n');
            }
        }
        PrintWriter out = command.commandLine().getOut();
        out.println(sample.size() + " events of clinic " + SOL + ". Try:");
        out.println("  clinic-kpi report --clinics " + clinics + " --events " + events + " --clinic " + SOL + " --from "
                + MARCH.from() + " --to " + MARCH.to() + " --as-of 2026-04-01T08:00:00Z");
        return ExitCode.OK;
    }
}
