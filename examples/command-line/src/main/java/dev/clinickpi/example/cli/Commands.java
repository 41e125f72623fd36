package dev.clinickpi.example.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands that picocli asks for, and hands them what does not come from the arguments. */
final class Commands implements IFactory {

    private final PrintWriter err;
    private final boolean isTerminal;

    Commands(PrintWriter err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        return type == Input.class
                ? type.cast(new Input(new Progress(err, isTerminal, System::nanoTime)))
                : CommandLine.defaultFactory().create(type);
    }
}
