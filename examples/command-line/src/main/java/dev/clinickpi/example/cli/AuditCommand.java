package dev.clinickpi.example.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with an audit log; each is a command of its own. */
@Command(
        name = "audit",
        description = "Export an audit log, and check what it says of itself.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditExportCommand.class, AuditVerifyCommand.class})
@SuppressWarnings("NullAway.Init") // picocli fills the field before it calls the command.
final class AuditCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(),
                "Name a command: " + String.join(", ", command.subcommands().keySet()));
    }
}
