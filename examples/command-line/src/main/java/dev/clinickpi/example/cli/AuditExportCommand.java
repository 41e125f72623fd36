package dev.clinickpi.example.cli;

import dev.clinickpi.access.Principal;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcAuditStore;
import dev.clinickpi.privacy.audit.AuditTamperedException;
import dev.clinickpi.privacy.audit.MerkleAuditLog;
import dev.clinickpi.privacy.audit.SignedTreeHead;
import dev.clinickpi.privacy.audit.SigningKey;
import dev.clinickpi.privacy.audit.VerificationKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the audit log of a database to a file. That it did is an entry of the log, and in the file. */
@Command(
        name = "export",
        description = {
            "Write the audit log of a database to a file that \"audit verify\" checks. That it was exported is put on record first.",
            "docs/audit.md says what the file holds and whom the head at its end binds."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls the command.
final class AuditExportCommand extends DatabaseCommand {

    /** A page of a thousand entries takes some milliseconds; the rest is waiting for others. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "clinic_kpi",
            description = "The schema of the tables; ${DEFAULT-VALUE}, unless given.")
    private String schema;

    @Option(
            names = "--signing-key",
            required = true,
            paramLabel = "FILE",
            description = "The private key of the log, as \"openssl genpkey -algorithm ed25519\" writes it.")
    private Path signingKey;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The public key of the log, as \"openssl pkey -pubout\" writes it; the one to verify with.")
    private Path key;

    @Option(
            names = "--head",
            paramLabel = "FILE",
            description =
                    "A head of the log that was kept, or an earlier export: nothing is written unless the log goes on from it.")
    private @Nullable Path head;

    @Option(
            names = "--from-sequence",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number of the first entry, for whoever has an export of those before.")
    private long from;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "command-line",
            description = "Who exports it, as the log is to name you; ${DEFAULT-VALUE}, unless given.")
    private String name;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write, as NDJSON. It must not be there yet.")
    private Path out;

    AuditExportCommand(Clock clock) {
        super(clock);
    }

    @Override
    public Integer call() throws IOException {
        login.check();
        VerificationKey verificationKey = AuditFiles.key(key, command.commandLine());
        SigningKey signing = signingKey(verificationKey);
        SignedTreeHead known = head == null ? null : AuditFiles.head(head, verificationKey, command.commandLine());
        try {
            print(write(open(signing, known)));
            return ExitCode.OK;
        } catch (AuditTamperedException e) {
            command.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOT_INTACT;
        }
    }

    private SigningKey signingKey(VerificationKey verificationKey) throws IOException {
        try {
            return SigningKey.parse(AuditFiles.text(signingKey), verificationKey);
        } catch (IllegalArgumentException e) {
            throw wrong("--signing-key: " + e.getMessage());
        }
    }

    private MerkleAuditLog open(SigningKey signing, @Nullable SignedTreeHead known) {
        JdbcAuditStore store = store(schema());
        return known == null
                ? MerkleAuditLog.open(store, signing, clock)
                : MerkleAuditLog.open(store, signing, clock, known);
    }

    private JdbcAuditStore store(ClinicKpiSchema tables) {
        try {
            return JdbcAuditStore.open(login.database(), tables, LIMIT);
        } catch (IllegalArgumentException e) {
            throw wrong("--url: " + e.getMessage());
        }
    }

    private ClinicKpiSchema schema() {
        try {
            return new ClinicKpiSchema(schema);
        } catch (IllegalArgumentException e) {
            throw wrong("--schema: " + e.getMessage());
        }
    }

    /** The file is made first, so that nothing is put on record that then has no place to go; and nothing stays of it that is no export. */
    private SignedTreeHead write(MerkleAuditLog log) throws IOException {
        Principal principal = Principal.superAdmin(name);
        OutputStream file = Files.newOutputStream(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean isWhole = false;
        try (OutputStream buffered = new BufferedOutputStream(file)) {
            SignedTreeHead signed = log.export(principal, from, buffered);
            isWhole = true;
            return signed;
        } catch (IllegalArgumentException e) {
            throw wrong("--from-sequence: " + e.getMessage());
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(out);
            }
        }
    }

    private void print(SignedTreeHead signed) {
        PrintWriter answers = command.commandLine().getOut();
        answers.println("entries           " + (signed.size() - from + 1));
        answers.println("last entry        " + signed.size());
        answers.println("signed at         " + signed.at());
        answers.println("root              " + signed.root());
        answers.println("key               " + signed.keyId());
        answers.flush();
    }
}
