package dev.clinickpi.example.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints one view of a clinic's figures; each view is a command of its own. */
@Command(
        name = "view",
        description = "Print one view of a clinic's figures.",
        synopsisSubcommandLabel = "VIEW",
        subcommands = {
            SeriesCommand.class,
            BaselineCommand.class,
            HeatmapCommand.class,
            FunnelCommand.class,
            CohortsCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli fills the field before it calls the command.
final class ViewCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(),
                "Name a view: " + String.join(", ", command.subcommands().keySet()));
    }
}
