package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcAuditStore;
import dev.clinickpi.privacy.audit.SigningKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** From the audit log of a database to a file, and what {@code audit verify} says of it. */
@ParameterizedClass
@EnumSource
class AuditExportCommandTest {

    private static final ClinicKpiSchema SCHEMA = new ClinicKpiSchema("figures");
    private static EmbeddedPostgres server;

    @Parameter
    private Database kind;

    @TempDir
    private Path folder;

    private String url;
    private DriverDataSource database;
    private JdbcAuditStore store;
    private Path signingKey;
    private Path key;

    enum Database {
        H2 {
            @Override
            String make(Path folder) {
                return "jdbc:h2:" + folder.resolve("kpi").toAbsolutePath() + ";WRITE_DELAY=0";
            }
        },
        POSTGRESQL {
            @Override
            String make(Path folder) throws IOException, SQLException {
                if (server == null) {
                    server = EmbeddedPostgres.builder()
                            .setPGStartupWait(Duration.ofMinutes(5))
                            .start();
                }
                String name = "kpi_" + UUID.randomUUID().toString().replace("-", "");
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name);
                }
                return server.getJdbcUrl("postgres", name);
            }
        };

        /** The URL of a new one. */
        abstract String make(Path folder) throws IOException, SQLException;
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @BeforeEach
    void fill() throws Exception {
        url = kind.make(folder);
        database = new DriverDataSource(url, null, null);
        SCHEMA.migrate(database);
        store = JdbcAuditStore.open(database, SCHEMA, Duration.ofSeconds(30));
        AuditRecords.write(store, 1, 9);
        KeyPair pair = pair();
        signingKey = write("signing.pem", privatePem(pair));
        key = write("audit.pem", SigningKey.of(pair).verificationKey().pem());
    }

    @Test
    void whatIsExportedIsVerifiedAndSaysThatItWasExported() throws IOException {
        Path file = folder.resolve("audit.ndjson");

        CommandRun run = export(file, "--as", "Ana Founder");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).containsPattern("entries +10\\R").containsPattern("last entry +10\\R");
        assertThat(Files.readString(file))
                .contains(
                        "\"action\":\"EXPORT_AUDIT_LOG\"",
                        "\"principal\":\"Ana Founder\",\"role\":\"SUPER_ADMIN\"},\"number\":10");
        assertThat(store.read(10, 10)).hasSize(1);
        CommandRun verified = verify(file);
        assertThat(verified.status()).isZero();
        assertThat(verified.out()).contains("verdict           intact", "entries           10");
        // Both say the same of the head.
        assertThat(verified.out()).contains(run.out().substring(run.out().indexOf("signed at")));
    }

    @Test
    void anExportGoesOnFromTheOneBefore() throws IOException {
        Path first = folder.resolve("first.ndjson");
        Path next = folder.resolve("next.ndjson");
        export(first);
        AuditRecords.write(store, 11, 14);

        CommandRun run = export(next, "--head", first, "--from-sequence", 11);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("entries +5\\R").containsPattern("last entry +15\\R");
        assertThat(Files.readString(next)).contains("\"number\":11,").doesNotContain("\"number\":10,");
        CommandRun verified = verify(next, "--head", first);
        assertThat(verified.status()).isZero();
        assertThat(verified.out()).contains("entries           15", "earlier head      10 entries");
        CommandRun alone = verify(next);
        assertThat(alone.status()).isEqualTo(5);
        assertThat(alone.out()).contains("the file begins with entry 11");
    }

    /** A log that was rolled back, say: the head that is held against it is of another one. */
    @Test
    void aLogThatDoesNotGoOnFromAHeadIsNotExported() throws Exception {
        Path other = folder.resolve("other.ndjson");
        export(other);
        Path file = folder.resolve("audit.ndjson");
        url = kind == Database.H2 ? kind.make(Files.createDirectory(folder.resolve("other"))) : kind.make(folder);
        SCHEMA.migrate(new DriverDataSource(url, null, null));

        CommandRun run = export(file, "--head", other);

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains("The audit log has 0 entries and had 10");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatCannotBeDoneIsNotPutOnRecord() throws Exception {
        Path file = folder.resolve("audit.ndjson");
        Path there = write("there.ndjson", "kept");
        Path otherKey = write("other.pem", privatePem(pair()));

        assertRefused(export(there), "it exists already");
        assertThat(there).hasContent("kept");
        assertRefused(export(folder.resolve("no/folder")), "there is no such file or folder");
        assertRefused(export(file, "--from-sequence", 11), "--from-sequence: The log has 9 entries");
        assertRefused(export(file, "--from-sequence", 0), "--from-sequence: The log has 9 entries");
        assertRefused(export(file, "--schema", "Figures"), "--schema: A schema's name has");
        assertRefused(export(file, "--schema", "elsewhere"), "schema");
        assertRefused(export(file, "--head", there), "--head: the last line is no head");
        signingKey = otherKey;
        assertRefused(export(file), "--signing-key: The public key does not belong");
        signingKey = key;
        assertRefused(export(file), "--signing-key: A private key begins with -----BEGIN PRIVATE KEY-----");
        url = "jdbc:none:" + url;
        assertRefused(export(file), "--url must begin with");
        assertThat(file).doesNotExist();
        assertThat(store.read(1, 100)).hasSize(9);
    }

    private static void assertRefused(CommandRun run, String message) {
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private CommandRun export(Path file, Object... more) {
        Object[] all = {"audit", "export", "--url", url, "--signing-key", signingKey, "--key", key, "--out", file};
        return CommandRun.of(join(all, "--schema", more));
    }

    /** The schema of the tests, unless a test names another one. */
    private static Object[] join(Object[] begin, String schema, Object[] more) {
        boolean isNamed = List.of(more).contains(schema);
        List<Object> all = new ArrayList<>(List.of(begin));
        all.addAll(isNamed ? List.of() : List.of(schema, SCHEMA.name()));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private CommandRun verify(Path file, Object... more) {
        List<Object> all = new ArrayList<>(List.of("audit", "verify", file, "--key", key));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray());
    }

    private static KeyPair pair() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static String privatePem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
