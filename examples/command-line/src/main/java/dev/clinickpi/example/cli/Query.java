package dev.clinickpi.example.cli;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that answers from files is asked: whose figures, over which days, as of when and in which form. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anything asks for them.
final class Query {

    private static final Principal OPERATOR = Principal.superAdmin("command-line");

    private final Clock clock;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

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

    @Option(names = "--log", paramLabel = "FILE", description = "Instead of events, the log that import fills.")
    private @Nullable Path log;

    @Option(names = "--rejects", paramLabel = "FILE", description = "Write a line of JSON for each line refused.")
    private @Nullable Path rejects;

    @Option(names = "--strict", description = "End with status 3 when a line was refused.")
    private boolean strict;

    Query(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads the files, asks and prints.
     *
     * @return the exit status
     * @throws ParameterException if an option is wrong
     */
    int answer(Input input, Answer answer) throws IOException {
        Period period = period();
        checkSources(input);
        input.check();
        if (rejects != null) {
            input.spare(rejects);
        }
        ClinicDirectory directory = input.directory();
        Clinic clinic = clinic(directory);
        Instant now = asOf == null ? clock.instant() : asOf;
        try (Rejections rejections = Rejections.to(rejects);
                LogFile file = log == null ? null : LogFile.open(log)) {
            KpiEngine engine = engine(
                    directory,
                    file == null ? EventLog.inMemory() : file.events(),
                    file == null ? PublicationStore.inMemory() : file.released(),
                    file == null ? AuditLog.inMemory() : file.audit(clock),
                    now);
            input.forEachFile(
                    (name, events) -> engine.record(OPERATOR, events, refused -> rejections.add(name, refused)));
            KpiRequest request = KpiRequest.of(period);
            Principal principal = Principal.clinicAdmin("command-line", clinic.id());
            ClinicDashboard dashboard = engine.open(principal, clinic.id());
            PrintWriter out = command.commandLine().getOut();
            answer.print(dashboard, live ? request.asLive() : request, new Page(clinic, format, wording(clinic), out));
            out.flush();
            if (rejects == null && rejections.count() > 0) {
                command.commandLine()
                        .getErr()
                        .println("Lines refused: " + rejections.count() + " (" + rejections.summary() + ")");
            }
            return ExitCode.of(rejections, strict);
        }
    }

    private void checkSources(Input input) {
        if (input.hasEvents() == (log != null)) {
            throw wrong("Give either --events or --log: files of events, or the log that import fills");
        }
        if (log != null && (!LogFile.canBeNamed(log) || !LogFile.exists(log))) {
            throw wrong("--log: there is no log there; clinic-kpi import makes one");
        }
    }

    private static KpiEngine engine(
            ClinicDirectory directory, EventLog events, PublicationStore released, AuditLog audit, Instant now) {
        return KpiEngine.builder()
                .directory(directory)
                .events(events)
                .privacy(StandardPrivacy.with(KeyProvider.inMemory(), StandardPrivacy.LEAST_GROUP, released))
                .audit(audit)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
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

    private Wording wording(Clinic clinic) {
        return new Wording(language == null ? Language.of(clinic.locale()) : language);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** What a command does with the dashboard that it is handed. */
    @FunctionalInterface
    interface Answer {

        /** Asks and prints. */
        void print(ClinicDashboard dashboard, KpiRequest request, Page page) throws IOException;
    }

    /**
     * What an answer is printed on.
     *
     * @param clinic whose figures they are
     * @param format text or JSON
     * @param wording the language of the text
     * @param out takes it
     */
    record Page(Clinic clinic, Format format, Wording wording, PrintWriter out) {}

    /** The forms of an answer, named as they are typed. */
    enum Format {
        text,
        json
    }
}
