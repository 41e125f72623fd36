package dev.clinickpi.example.cli;

import dev.clinickpi.privacy.audit.AuditExport;
import dev.clinickpi.privacy.audit.ExportVerdict;
import dev.clinickpi.privacy.audit.HeadAnchor;
import dev.clinickpi.privacy.audit.SignedTreeHead;
import dev.clinickpi.privacy.audit.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

    @ArgGroup(exclusive = false)
    private @Nullable Anchored anchored;

    /** Given together or not at all. */
    private static final class Anchored {

        @Option(
                names = "--anchor",
                required = true,
                paramLabel = "FILE",
                description =
                        "A time stamp (RFC 3161, a token in DER) of the earlier head, or of the export's own where none is given.")
        private Path anchor;

        @Option(
                names = "--authority",
                required = true,
                paramLabel = "FILE",
                description =
                        "The certificate that the time stamp is signed with, as PEM; from somebody else than whom the export is from.")
        private Path authority;
    }

    @Override
    public Integer call() throws IOException {
        VerificationKey verificationKey = AuditFiles.key(key, command.commandLine());
        SignedTreeHead earlier = head == null ? null : AuditFiles.head(head, verificationKey, command.commandLine());
        Instant earlierSeen = earlier == null ? null : seen(earlier);
        ExportVerdict verdict;
        try (InputStream in = Files.newInputStream(export)) {
            verdict = earlier == null
                    ? AuditExport.verify(in, verificationKey)
                    : AuditExport.verify(in, verificationKey, earlier);
        }
        if (verdict instanceof ExportVerdict.Intact intact) {
            Instant seen = earlier == null ? seen(intact.head()) : earlierSeen;
            print(intact.head(), earlier, seen);
            return ExitCode.OK;
        }
        print((ExportVerdict.Broken) verdict);
        return ExitCode.NOT_INTACT;
    }

    /** When the authority saw a head; null where no anchor is given. */
    private @Nullable Instant seen(SignedTreeHead of) throws IOException {
        if (anchored == null) {
            return null;
        }
        try {
            return HeadAnchor.parse(Files.readAllBytes(anchored.anchor)).verify(of, authority(anchored.authority));
        } catch (IllegalArgumentException e) {
            throw wrong("--anchor: " + e.getMessage());
        }
    }

    private X509Certificate authority(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (CertificateException e) {
            throw wrong("--authority: the file holds no certificate as PEM");
        }
    }

    private void print(SignedTreeHead signed, @Nullable SignedTreeHead earlier, @Nullable Instant seen) {
        PrintWriter out = command.commandLine().getOut();
        out.println("verdict           intact");
        out.println("entries           " + signed.size());
        out.println("signed at         " + signed.at());
        out.println("root              " + signed.root());
        out.println("key               " + signed.keyId());
        if (earlier != null) {
            out.println("earlier head      " + earlier.size() + " entries at " + earlier.at() + ", unchanged");
        }
        if (seen != null) {
            out.println("time-stamped at   " + seen + (earlier == null ? "" : ", the earlier head"));
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
