package dev.clinickpi.example.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands that picocli asks for, and hands them what does not come from the arguments. */
final class Commands implements IFactory {

    private final InputStream in;
    private final OutputStream bytes;
    private final PrintWriter err;
    private final boolean isTerminal;
    private final Clock clock;

    Commands(InputStream in, OutputStream bytes, PrintWriter err, boolean isTerminal, Clock clock) {
        this.in = in;
        this.bytes = bytes;
        this.err = err;
        this.isTerminal = isTerminal;
        this.clock = clock;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ScrubCommand.class) {
            return type.cast(new ScrubCommand(in, bytes));
        }
        if (type == Input.class) {
            return type.cast(new Input(new Progress(err, isTerminal, System::nanoTime)));
        }
        if (type == Query.class) {
            return type.cast(new Query(clock));
        }
        if (type == ImportCommand.class) {
            return type.cast(new ImportCommand(clock));
        }
        return type == AuditExportCommand.class
                ? type.cast(new AuditExportCommand(clock))
                : CommandLine.defaultFactory().create(type);
    }
}
