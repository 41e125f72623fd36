package dev.clinickpi.example.cli;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.InvalidDirectoryException;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads everything as a report would and says what it found. */
@Command(name = "check", description = "Say what the files hold and what is wrong with them.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Mixin
    private Input input;

    @Option(names = "--strict", description = "End with status 3 when a line was refused.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        if (!input.hasEvents()) {
            throw new ParameterException(command.commandLine(), "Missing required option: '--events=FILE'");
        }
        input.check();
        @Nullable InvalidDirectoryException invalid = null;
        @Nullable KpiEngine engine = null;
        try {
            engine = engine(input.directory());
        } catch (InvalidDirectoryException e) {
            // The events are looked at all the same: who mends files wants to hear of all faults at once.
            invalid = e;
        }
        try (Rejections rejections = Rejections.to(null)) {
            Census census = new Census(engine, rejections);
            input.forEachFile(census::read);
            census.print(command.commandLine().getOut());
            if (invalid != null) {
                throw invalid;
            }
            return ExitCode.of(rejections, strict);
        }
    }

    private static KpiEngine engine(ClinicDirectory directory) {
        return KpiEngine.builder()
                .directory(directory)
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.inMemory()))
                .audit(AuditLog.inMemory())
                .build();
    }
}
