package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.example.quickstart.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a host's table to a report, by way of a log that a later import goes on with. */
class ImportCommandTest {

    private static final String MAPPING = """
            {"zone": "Europe/Madrid", "queries": [{
              "name": "uso",
              "sql": ["SELECT 'uso-' || fila AS evento, uso.* FROM uso"],
              "watermark": {"column": "fila", "overlap": 2},
              "fields": {
                "id": {"column": "evento"},
                "clinicId": {"constant": "sol"},
                "type": {"constant": "feature.used"},
                "at": {"column": "cuando"},
                "feature": {"column": "funcion", "values": {"BUZON": "inbox", "RECORDATORIO": "reminders"}}
              }}]}""";

    private static final String SECRET = "s3cret-word";

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException, SQLException {
        CommandRun.write(SampleEvents.clinicsJson(), folder.resolve("clinics.json"));
        Files.writeString(folder.resolve("mapping.json"), MAPPING);
        sql("CREATE TABLE uso (fila INTEGER PRIMARY KEY, cuando TIMESTAMP, funcion VARCHAR(30))");
        sql("INSERT INTO uso VALUES (1, '2026-03-02 10:00:00', 'BUZON'), (2, '2026-03-02 10:00:00', 'Ana 612345678'),"
                + " (3, '2026-03-03 10:00:00', 'BUZON')");
    }

    @Test
    void importsReportsAndGoesOn() throws IOException, SQLException {
        CommandRun first = importing();
        assertThat(first.err()).isEmpty();
        assertThat(first.status()).isZero();
        assertThat(first.out())
                .containsPattern("events stored +2\\R")
                .containsPattern("stored before +0\\R")
                .containsPattern("rows refused +1\\R")
                .contains("1 × feature comes from a value that the mapping has no word for")
                .contains("(uso, fila 2)")
                .doesNotContain("Ana", "612345678");
        assertThat(usedFeatures()).isEqualTo(1);

        sql("INSERT INTO uso VALUES (4, '2026-03-04 10:00:00', 'RECORDATORIO')");
        CommandRun second = importing("--strict", "--rejects", folder.resolve("rejects.ndjson"));
        assertThat(second.status()).isEqualTo(3);
        assertThat(second.out()).containsPattern("events stored +1\\R").containsPattern("stored before +2\\R");
        assertThat(Files.readString(folder.resolve("rejects.ndjson")))
                .contains("\"place\":\"uso, fila 2\"")
                .doesNotContain("Ana");
        assertThat(usedFeatures()).isEqualTo(2);
    }

    /** What the starter tier of the sample offers is two features; the numerator is how many of them were used. */
    private int usedFeatures() throws IOException {
        CommandRun report = CommandRun.of(
                "report",
                "--clinics",
                folder.resolve("clinics.json"),
                "--log",
                folder.resolve("log"),
                "--clinic",
                "sol",
                "--from",
                "2026-03-01",
                "--to",
                "2026-04-01",
                "--as-of",
                "2026-05-01T00:00:00Z",
                "--format",
                "json");
        assertThat(report.err()).isEmpty();
        assertThat(report.status()).isZero();
        for (var kpi : new ObjectMapper().readTree(report.out()).get("kpis")) {
            if (kpi.get("id").textValue().equals("tier-utilization")) {
                return kpi.get("numerator").asInt();
            }
        }
        throw new AssertionError("the report has no tier-utilization");
    }

    /** Dated by when it was done, not by the moment that was asked about. */
    @Test
    void whoImportedAndReadIsKeptBesideTheLog() throws Exception {
        importing();
        usedFeatures();

        List<String> kept = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + folder.resolve("log"), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT action, clinic, at FROM clinic_kpi.kpi_audit ORDER BY audit_no")) {
            while (rows.next()) {
                kept.add(rows.getString(1) + " " + rows.getString(2));
                assertThat(rows.getObject(3, Instant.class)).isEqualTo(CommandRun.NOW);
            }
        }
        assertThat(kept).containsSubsequence("IMPORT_EVENTS null", "OPEN_DASHBOARD sol", "READ_FIGURES sol");
    }

    @Test
    void theKeyIsItsOwnersAndTheLogIsUselessWithoutIt() throws IOException {
        importing();
        Path key = folder.resolve("key");
        assertThat(Files.readString(key)).matches("[0-9a-f]{64}\\R");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");

        Files.move(key, folder.resolve("elsewhere"));
        CommandRun without = importing();
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err()).contains("--key: there is no such file");
        assertThat(key).doesNotExist();

        Files.writeString(key, "Ana");
        assertThat(importing().err())
                .contains("--key must be a file that import made")
                .doesNotContain("Ana");
    }

    @Test
    void watermarksOfAnotherLogAreRefused() {
        importing();
        CommandRun other =
                importing("--log", folder.resolve("other"), "--watermarks", folder.resolve("log.watermarks.json"));
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("says how far another log was filled");
    }

    @Test
    void everyFaultOfTheMappingIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("mapping.json"),
                MAPPING.replace("Europe/Madrid", "Madrid").replace("inbox", ""));
        CommandRun run = importing();
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("zone must be a zone"))
                .anyMatch(line -> line.startsWith("queries[0].fields.feature.values.BUZON must have 1 to 64"));
        assertThat(LogFile.exists(folder.resolve("log"))).isFalse();
    }

    @Test
    void aQueryThatTheDatabaseRefusesIsExplained() throws IOException {
        Files.writeString(folder.resolve("mapping.json"), MAPPING.replace("FROM uso\"", "FROM usos\""));
        CommandRun run = importing();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("The query of mapping uso could not be read (SQL state 42")
                .contains("USOS");
    }

    @ParameterizedTest
    @CsvSource({
        "--url, jdbc:nosql:x?password=s3cret-word, --url must begin with",
        "--url, jdbc:postgresql://localhost:1/x?password=s3cret-word, SQL state 08001",
        "--password, s3cret-wrong, SQL state 28000",
        "--mapping, none.json, there is no file there",
        "--log, a;b, without a semicolon"
    })
    void whatIsWrongIsSaidWithoutASecret(String option, String value, String message) {
        CommandRun run = importing(option, value);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).doesNotContain("s3cret", "Exception");
    }

    @Test
    void aReportIsOfFilesOrOfALog() {
        List<Object> words = new ArrayList<>(List.of(
                "report",
                "--clinics",
                folder.resolve("clinics.json"),
                "--clinic",
                "sol",
                "--from",
                "2026-03-01",
                "--to",
                "2026-04-01"));
        assertThat(CommandRun.of(words.toArray()).err()).contains("Give either --events or --log");
        words.addAll(List.of("--log", folder.resolve("none")));
        assertThat(CommandRun.of(words.toArray()).err()).contains("there is no log there");
        assertThat(LogFile.exists(folder.resolve("none"))).isFalse();
        assertThat(CommandRun.of("check", "--clinics", folder.resolve("clinics.json"))
                        .err())
                .contains("Missing required option: '--events=FILE'");
    }

    /** The usual options, with some replaced or added. */
    private CommandRun importing(Object... rest) {
        List<Object> words = new ArrayList<>(List.of(rest));
        List<Object> usual = List.of(
                "--url",
                url,
                "--user",
                "kpi",
                "--password",
                SECRET,
                "--mapping",
                folder.resolve("mapping.json"),
                "--clinics",
                folder.resolve("clinics.json"),
                "--log",
                folder.resolve("log"),
                "--key",
                folder.resolve("key"));
        for (int i = 0; i < usual.size(); i += 2) {
            if (!words.contains(usual.get(i))) {
                words.addAll(usual.subList(i, i + 2));
            }
        }
        words.add(0, "import");
        return CommandRun.of(words.toArray());
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "kpi", SECRET);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
