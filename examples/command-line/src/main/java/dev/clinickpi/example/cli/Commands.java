package dev.clinickpi.example.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands that picocli asks for, and hands them what does not come from the arguments. */
final class Commands implements IFactory {

    private final InputStream in;
    private final OutputStream bytes;
    private final PrintWriter err;
    private final boolean isTerminal;

    Commands(InputStream in, OutputStream bytes, PrintWriter err, boolean isTerminal) {
        this.in = in;
        this.bytes = bytes;
        this.err = err;
        this.isTerminal = isTerminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ScrubCommand.class) {
            return type.cast(new ScrubCommand(in, bytes));
        }
        return type == Input.class
                ? type.cast(new Input(new Progress(err, isTerminal, System::nanoTime)))
                : CommandLine.defaultFactory().create(type);
    }
}
