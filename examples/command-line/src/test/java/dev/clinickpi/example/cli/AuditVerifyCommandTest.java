package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.privacy.audit.MerkleAuditLog;
import dev.clinickpi.privacy.audit.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifyCommandTest {

    @TempDir
    private Path folder;

    private final SigningKey signingKey = SigningKey.generate();
    private final MerkleAuditLog log = MerkleAuditLog.open(
            AuditLog.inMemory(), signingKey, Clock.fixed(AuditRecords.BEGIN.plusSeconds(3_600), ZoneOffset.UTC));
    private Path key;
    private Path head;
    private Path export;

    @BeforeEach
    void write() throws IOException {
        key = write("audit.pem", signingKey.verificationKey().pem());
        AuditRecords.write(log, 1, 10);
        head = write("head.json", log.head().json() + "\n");
        AuditRecords.write(log, 11, 19);
        export = write("audit.ndjson", export());
    }

    /** That it was exported is an entry of it. */
    private String export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        log.export(Principal.superAdmin("founder"), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void whatIsIntactIsSaidToBe() {
        CommandRun run = CommandRun.of("audit", "verify", export, "--key", key);

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(String.format(
                        "verdict           intact%n"
                                + "entries           20%n"
                                + "signed at         2026-03-01T10:00:00Z%n"
                                + "root              %s%n"
                                + "key               %s%n",
                        log.head().root(), signingKey.verificationKey().id()));
    }

    @Test
    void anEarlierHeadIsHeldAgainstIt() throws IOException {
        CommandRun run = CommandRun.of("audit", "verify", export, "--key", key, "--head", head);

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("earlier head      10 entries at 2026-03-01T10:00:00Z, unchanged");
        AuditRecords.write(log, 21, 24);
        Path longer = write("longer.ndjson", export());
        assertThat(CommandRun.of("audit", "verify", longer, "--key", key, "--head", export)
                        .out())
                .contains("entries           25", "earlier head      20 entries");
    }

    @Test
    void aRollbackIsShownByALaterExport() throws IOException {
        AuditRecords.write(log, 21, 25);
        Path longer = write("longer.ndjson", export());

        CommandRun run = CommandRun.of("audit", "verify", export, "--key", key, "--head", longer);

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.out()).contains("NOT INTACT", "went back");
    }

    @Test
    void theEntryThatWasChangedIsNamed() throws IOException {
        Path altered = write("altered.ndjson", Files.readString(export).replace("report 7\"", "report 8\""));

        CommandRun run = CommandRun.of("audit", "verify", altered, "--key", key);

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(String.format("verdict           NOT INTACT%n"
                        + "line              7%n"
                        + "reason            it is not what was recorded: its hash does not fit its root%n"));
    }

    @Test
    void anotherKeyProvesNothing() throws IOException {
        Path other = write("other.pem", SigningKey.generate().verificationKey().pem());

        CommandRun run = CommandRun.of("audit", "verify", export, "--key", other);

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.out()).contains("line              21", "another key");
        CommandRun withHead = CommandRun.of("audit", "verify", export, "--key", other, "--head", head);
        assertThat(withHead.status()).isEqualTo(2);
        assertThat(withHead.err()).contains("--head: the head is not signed by the key");
    }

    @Test
    void whatCannotBeReadIsWrongUsage() throws IOException {
        Path missing = folder.resolve("missing");
        assertUsage("--key", "audit", "verify", export);
        assertUsage("missing: there is no such file", "audit", "verify", missing, "--key", key);
        assertUsage("missing: there is no such file", "audit", "verify", export, "--key", missing);
        assertUsage("missing: there is no such file", "audit", "verify", export, "--key", key, "--head", missing);
        assertUsage("--key: A public key begins with", "audit", "verify", export, "--key", export);
        assertUsage("--head: the last line is no head", "audit", "verify", export, "--key", key, "--head", key);
        assertUsage("Name a command: export, verify", "audit");
    }

    /** An authority has stamped the head of three entries; the export has one more. All files are made ones, the stamp by OpenSSL. */
    @Test
    void anAuthoritySaysWhenItSawAHead() throws Exception {
        CommandRun run = verifyMade("--head", made("head.json"), "--anchor", made("anchor.der"));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("entries           4", "earlier head      3 entries")
                .contains("time-stamped at   2026-11-23T09:56:52Z, the earlier head");
        assertThat(verifyMade("--anchor", made("anchor.der")).err())
                .contains("--anchor: The anchor is of another head");
        assertThat(verifyMade("--anchor", made("head.json")).err()).contains("--anchor: It is no time-stamp token");
        assertUsage("--authority", "audit", "verify", export, "--key", key, "--anchor", head);
        assertUsage(
                "--authority: the file holds no certificate",
                "audit",
                "verify",
                made("audit.ndjson"),
                "--key",
                made("audit.pem"),
                "--anchor",
                made("anchor.der"),
                "--authority",
                key);
    }

    private static CommandRun verifyMade(Object... more) throws Exception {
        List<Object> all =
                new ArrayList<>(List.of("audit", "verify", made("audit.ndjson"), "--key", made("audit.pem")));
        all.addAll(List.of("--authority", made("authority.pem")));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray());
    }

    private static Path made(String name) throws URISyntaxException {
        return Path.of(
                AuditVerifyCommandTest.class.getResource("/audit/" + name).toURI());
    }

    private static void assertUsage(String message, Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }
}
