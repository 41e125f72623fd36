package dev.clinickpi.example.cli;

import dev.clinickpi.privacy.audit.AuditExport;
import dev.clinickpi.privacy.audit.ExportVerdict;
import dev.clinickpi.privacy.audit.SignedTreeHead;
import dev.clinickpi.privacy.audit.VerificationKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an export of an audit log, with nothing but files. */
@Command(
        name = "verify",
        description =
                "Check that an export of an audit log is what its key signed, and nothing was changed since an earlier head.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class AuditVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "The export, as NDJSON.")
    private Path export;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The public key of the log, as PEM; from somebody else than whom the export is from.")
    private Path key;

    @Option(
            names = "--head",
            paramLabel = "FILE",
            description = "A head of the same log that was kept, or an earlier export, which ends with one.")
    private @Nullable Path head;

    @Override
    public Integer call() throws IOException {
        VerificationKey verificationKey = key();
        SignedTreeHead earlier = head == null ? null : head(head, verificationKey);
        ExportVerdict verdict;
        try (InputStream in = Files.newInputStream(export)) {
            verdict = earlier == null
                    ? AuditExport.verify(in, verificationKey)
                    : AuditExport.verify(in, verificationKey, earlier);
        }
        if (verdict instanceof ExportVerdict.Intact intact) {
            print(intact.head(), earlier);
            return ExitCode.OK;
        }
        print((ExportVerdict.Broken) verdict);
        return ExitCode.NOT_INTACT;
    }

    private VerificationKey key() throws IOException {
        try {
            return VerificationKey.parse(Files.readString(key, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw wrong("--key: " + e.getMessage());
        }
    }

    private SignedTreeHead head(Path file, VerificationKey verificationKey) throws IOException {
        SignedTreeHead read;
        try {
            read = SignedTreeHead.parse(lastLine(file));
        } catch (IllegalArgumentException e) {
            throw wrong("--head: the last line is no head of an audit log: " + e.getMessage());
        }
        if (!read.isSignedBy(verificationKey)) {
            throw wrong("--head: the head is not signed by the key, so nothing can be held against it");
        }
        return read;
    }

    /** A head is ASCII; what else the file holds is not looked at. */
    private static String lastLine(Path file) throws IOException {
        String last = "";
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        return last;
    }

    private void print(SignedTreeHead signed, @Nullable SignedTreeHead earlier) {
        PrintWriter out = command.commandLine().getOut();
        out.println("verdict           intact");
        out.println("entries           " + signed.size());
        out.println("signed at         " + signed.at());
        out.println("root              " + signed.root());
        out.println("key               " + signed.keyId());
        if (earlier != null) {
            out.println("earlier head      " + earlier.size() + " entries at " + earlier.at() + ", unchanged");
        }
        out.flush();
    }

    private void print(ExportVerdict.Broken broken) {
        PrintWriter out = command.commandLine().getOut();
        out.println("verdict           NOT INTACT");
        out.println("line              " + broken.line());
        out.println("reason            " + broken.reason());
        out.flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
