package dev.clinickpi.example.cli;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a clinic's KPIs over a period. */
@Command(name = "report", description = "Print a clinic's KPIs over a period.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private Input input;

    @Option(names = "--clinic", required = true, paramLabel = "ID", description = "The clinic.")
    private String clinicId;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATE",
            converter = Moments.OfDate.class,
            description = "The first day, in the clinic's zone.")
    private LocalDate from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DATE",
            converter = Moments.OfDate.class,
            description = "The day after the last.")
    private LocalDate to;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            converter = Moments.OfInstant.class,
            description = "The moment of the question; what happens later does not exist yet. Now, unless given.")
    private @Nullable Instant asOf;

    @Option(names = "--live", description = "Take every KPI up to the moment of the question.")
    private boolean live;

    @Option(names = "--format", paramLabel = "text|json", description = "text, unless given.")
    private Format format = Format.text;

    @Option(
            names = "--lang",
            paramLabel = "es|en",
            description = "The language of the text; the clinic's, unless given.")
    private @Nullable Language language;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write a line of JSON for each line refused.")
    private @Nullable Path rejects;

    @Option(names = "--strict", description = "End with status 3 when a line was refused.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        Period period = period();
        input.check();
        if (rejects != null) {
            input.spare(rejects);
        }
        ClinicDirectory directory = input.directory();
        Clinic clinic = clinic(directory);
        Instant now = asOf == null ? Clock.systemUTC().instant() : asOf;
        KpiEngine engine = KpiEngine.builder()
                .directory(directory)
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.inMemory()))
                .audit(AuditLog.inMemory())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
        try (Rejections rejections = Rejections.to(rejects)) {
            input.forEachFile((file, events) -> engine.record(events, refused -> rejections.add(file, refused)));
            KpiRequest request = KpiRequest.of(period);
            Principal principal = Principal.clinicAdmin("command-line", clinic.id());
            print(clinic, engine.open(principal, clinic.id()).report(live ? request.asLive() : request));
            if (rejects == null && rejections.count() > 0) {
                command.commandLine()
                        .getErr()
                        .println("Lines refused: " + rejections.count() + " (" + rejections.summary() + ")");
            }
            return ExitCode.of(rejections, strict);
        }
    }

    private Period period() {
        if (!from.isBefore(to)) {
            throw wrong("--from must be before --to, which is the day after the last");
        }
        return new Period(from, to);
    }

    private Clinic clinic(ClinicDirectory directory) {
        if (!ClinicId.isValid(clinicId)) {
            throw wrong("--clinic must have 1 to 64 characters and no white space among them");
        }
        return directory
                .clinic(ClinicId.of(clinicId))
                .orElseThrow(() -> wrong("--clinic: the reference data has no clinic " + clinicId));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private void print(Clinic clinic, KpiReport report) throws IOException {
        switch (format) {
            case json -> JsonReport.write(report, command.commandLine().getOut());
            case text -> {
                Language spoken = language == null ? Language.of(clinic.locale()) : language;
                command.commandLine().getOut().print(new TextReport(clinic, new Wording(spoken)).render(report));
            }
        }
        command.commandLine().getOut().flush();
    }

    /** The forms of a report, named as they are typed. */
    enum Format {
        text,
        json
    }
}
