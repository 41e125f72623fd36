package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.InvalidDirectoryException;
import dev.clinickpi.jdbc.JdbcStoreException;
import dev.clinickpi.jdbc.source.EventSourceException;
import dev.clinickpi.jdbc.source.InvalidMappingException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command {@code clinic-kpi}. */
@Command(
        name = "clinic-kpi",
        description = "The figures of a clinic's AI receptionist, from files and databases.",
        subcommands = {
            ReportCommand.class,
            ViewCommand.class,
            CheckCommand.class,
            ImportCommand.class,
            ScrubCommand.class,
            AuditCommand.class,
            SampleCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:It did what it was asked",
            "2:Wrong usage, or a file or a database cannot be read or written",
            "3:With --strict, lines were rejected",
            "4:The reference data or a mapping does not hold",
            "5:An audit log is not what was signed"
        },
        footerHeading = "%nTo begin with:%n",
        footer = "  clinic-kpi sample --out sample")
public final class ClinicKpi {

    @SuppressWarnings("UnusedVariable") // picocli reads it, and passes it on to the commands below.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Say how it is used.")
    private boolean help;

    private ClinicKpi() {}

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        OutputStream bytes = new FileOutputStream(FileDescriptor.out);
        PrintWriter out = utf8(bytes);
        PrintWriter err = utf8(new FileOutputStream(FileDescriptor.err));
        InputStream in = new FileInputStream(FileDescriptor.in);
        int status =
                commandLine(in, bytes, out, err, isWatched(), Clock.systemUTC()).execute(arguments);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /**
     * The command, ready to be executed.
     *
     * @param in gets read by a command that takes its input from there
     * @param bytes gets answers that need not be text
     * @param out gets answers
     * @param err gets what goes wrong
     * @param isTerminal whether somebody watches {@code err}
     * @param clock says when a command is run
     */
    static CommandLine commandLine(
            InputStream in, OutputStream bytes, PrintWriter out, PrintWriter err, boolean isTerminal, Clock clock) {
        // Hibernate Validator says hello on standard error by way of JBoss Logging, which asks here whom to log to.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        return new CommandLine(new ClinicKpi(), new Commands(in, bytes, err, isTerminal, clock))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, arguments) -> complain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command));
    }

    /** Whether somebody sits there. Since JDK 22 there is a console even where nobody does, unless it is the one named here. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isWatched() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** UTF-8 wherever it runs: what it prints is read by programs too. */
    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int complain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int fail(Exception failure, CommandLine command) throws Exception {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidDirectoryException invalid) {
            invalid.faults().forEach(err::println);
            return ExitCode.REFERENCE_DATA;
        }
        if (failure instanceof InvalidMappingException invalid) {
            invalid.faults().forEach(err::println);
            return ExitCode.REFERENCE_DATA;
        }
        if (failure instanceof EventSourceException || failure instanceof JdbcStoreException) {
            err.println(failure.getMessage());
            describeQuery(failure.getCause(), err);
            return ExitCode.USAGE;
        }
        Exception cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        if (cause instanceof IOException unusable) {
            err.println(describe(unusable));
            return ExitCode.USAGE;
        }
        throw failure;
    }

    /** What is wrong with the words of a query, which is the mapping's; other messages may hold an address or what is in a table. */
    private static void describeQuery(@Nullable Throwable cause, PrintWriter err) {
        if (cause instanceof SQLException refused
                && refused.getSQLState() != null
                && refused.getSQLState().startsWith("42")) {
            err.println(refused.getMessage());
        }
    }

    private static String describe(IOException failure) {
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + reason(file);
        }
        return "A file cannot be read or written to its end";
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already; choose another place, nothing is overwritten";
        }
        return failure instanceof AccessDeniedException ? "access denied" : "it cannot be read or written";
    }
}
