package dev.clinickpi.example.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that works with a database of the host's. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
abstract class DatabaseCommand implements Callable<Integer> {

    final Clock clock;

    @Spec
    CommandSpec command;

    @Mixin
    DatabaseLogin login;

    DatabaseCommand(Clock clock) {
        this.clock = clock;
    }

    final ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
