package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportCommandTest {

    @TempDir
    private static Path sample;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeSample() {
        assertThat(CommandRun.of("sample", "--out", sample).status()).isZero();
    }

    @Test
    void speaksTheClinicsLanguage() {
        CommandRun run = report();

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(plain(run.out()))
                .startsWith("""
                        Clínica Sol · del 1 mar 2026 al 31 mar 2026
                        ===========================================
                        Situación a 1 abr 2026, 10:00 (Europe/Madrid)
                        """)
                .containsPattern("Tiempo de respuesta +1,\\d s +\\d+ respuestas · objetivo cumplido: menos de 2,0 s")
                .containsPattern("Ingresos recuperados +[1-9]\\.\\d{3},\\d\\d €")
                .containsPattern("Pasadas a una persona +\\d\\d,\\d %.*conversaciones · sano: entre 15 % y 25 %")
                .containsPattern("    · Limpieza dental +\\d+")
                .containsPattern("Por conversación +0,000\\d+ €")
                .containsPattern("Servicios por los que preguntan .* hasta el 30 mar 2026, 00:00");
    }

    @Test
    void speaksEnglishWhenAsked() {
        assertThat(plain(report("--lang", "en").out()))
                .startsWith("Clínica Sol · 1 Mar 2026 to 31 Mar 2026\n")
                .contains("As of 1 Apr 2026, 10:00 (Europe/Madrid)\n")
                .containsPattern("Response time +1\\.\\d s +\\d+ answers · on target: less than 2\\.0 s")
                .containsPattern("Revenue recovered +€[1-9],\\d{3}\\.\\d\\d")
                .contains("The share of appointments with a known outcome that the patient missed.");
    }

    @ParameterizedTest
    @CsvSource({
        "es, reservado  menos de 5 personas, «Reservado»",
        "en, withheld  fewer than 5 people, \"\"\"Withheld\"\"\""
    })
    void saysWhatIsWithheldAndWhy(String language, String withheld, String footer) throws IOException {
        Path few = firstLines(60);
        String text = report(few, "--lang", language).out();
        assertThat(text).contains(withheld).contains(footer.replace("\"\"\"", "\""));
    }

    @Test
    void theMachinesLanguageAndZoneHaveNoSay() {
        CommandRun here = report();
        CommandRun hereInJson = report("--format", "json");
        CommandRun hereChecked = check();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        try {
            assertThat(report()).isEqualTo(here);
            assertThat(report("--format", "json")).isEqualTo(hereInJson);
            assertThat(check()).isEqualTo(hereChecked);
            Path again = folder.resolve("again");
            assertThat(CommandRun.of("sample", "--out", again).status()).isZero();
            assertThat(again.resolve("events.ndjson")).hasSameTextualContentAs(sample.resolve("events.ndjson"));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void manyFilesPlainOrGzipAreOneInput() throws IOException {
        List<String> lines = Files.readAllLines(sample.resolve("events.ndjson"));
        Path plain = Files.write(folder.resolve("b.ndjson"), lines.subList(0, 400));
        Path gzip = folder.resolve("a.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(String.join("\n", lines.subList(300, lines.size())).getBytes(StandardCharsets.UTF_8));
        }
        String whole = report("--format", "json").out();
        assertThat(report(gzip, plain, "--format", "json").out()).isEqualTo(whole);
        assertThat(report(gzip, "--events", plain, "--format", "json").out()).isEqualTo(whole);
    }

    @Test
    void liveTakesEverythingUpToTheMoment() throws IOException {
        JsonNode kpis = new ObjectMapper()
                .readTree(report("--live", "--format", "json").out())
                .get("kpis");
        assertThat(kpis).hasSize(12).allSatisfy(kpi -> {
            assertThat(kpi.get("refresh").textValue()).isEqualTo("real-time");
        });
        // What is about people ends with the last day that may be told apart, also live.
        assertThat(kpis.get(2).get("partial").booleanValue()).isFalse();
        assertThat(kpis.get(8).get("partial").booleanValue()).isFalse();
        assertThat(kpis.get(2).get("target")).hasToString("{\"below\":2000}");
        assertThat(kpis.get(4).get("target")).hasToString("{\"low\":0.15,\"high\":0.25}");
    }

    @Test
    void aRefusedLineIsCountedOnStandardErrorAndFailsOnlyWhenAsked() throws IOException {
        Path events = spoiled();
        assertThat(report(events).status()).isZero();
        assertThat(report(events).err()).matches("Lines refused: 3 \\(2 × the line .*; 1 × clinicId .*\\)\\R");
        CommandRun strict = report(events, "--strict");
        assertThat(strict.status()).isEqualTo(3);
        assertThat(strict.out()).isEqualTo(report(events).out());
    }

    @Test
    void refusedLinesAreWrittenWhereAskedWithoutTheirContent() throws IOException {
        Path rejects = folder.resolve("rejects.ndjson");
        CommandRun run = report(spoiled(), "--rejects", rejects);
        assertThat(run.err()).isEmpty();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(rejects)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).extracting(line -> line.get("line").intValue()).containsExactlyInAnyOrder(2, 3, 5);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.fieldNames()).toIterable().containsExactly("file", "line", "field", "rule");
            assertThat(line.get("file").textValue()).isEqualTo("spoiled.ndjson");
        });

        report("--rejects", rejects);
        assertThat(rejects).as("another run's refusals are gone").isEmptyFile();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "--from, 2026-04-01, --from must be before --to",
                "--from, 2026-02-30, is no date",
                "--from, yesterday, is no date",
                "--from, 0001-01-01, 1990 to 2199",
                "--to, +999999999-12-31, 1990 to 2199",
                "--as-of, 2026-04-01, is no instant",
                "--clinic, luna, has no clinic luna",
                "--clinic, '', 1 to 64 characters",
                "--events, missing.ndjson, missing.ndjson",
                "--clinics, missing.json, missing.json",
                "--format, xml, --format",
                "--lang, tr, --lang",
                "--colour, red, --colour",
                "--rejects, no/such/folder/f, no/such/folder/f"
            })
    void wrongUsageIsSaidPlainly(String option, String value, String message) {
        List<Object> words = new ArrayList<>(List.of("report"));
        List<Object> usual = List.of(
                "--clinics",
                sample.resolve("clinics.json"),
                "--events",
                sample.resolve("events.ndjson"),
                "--clinic",
                "sol",
                "--from",
                "2026-03-01",
                "--to",
                "2026-04-01");
        for (int i = 0; i < usual.size(); i += 2) {
            if (!usual.get(i).equals(option)) {
                words.addAll(usual.subList(i, i + 2));
            }
        }
        words.addAll(List.of(option, value));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void anInputIsNotOverwrittenByRefusals() throws IOException {
        Path events = spoiled();
        String before = Files.readString(events);
        CommandRun run = report(events, "--rejects", events);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--rejects");
        assertThat(events).hasContent(before);
    }

    @Test
    void everyFaultOfTheReferenceDataIsNamed() throws IOException {
        Path clinics = Files.writeString(
                folder.resolve("clinics.json"),
                Files.readString(sample.resolve("clinics.json"))
                        .replace("Europe/Madrid", "Europe/Nowhere")
                        .replace("\"85.00\"", "\"-1\""));
        CommandRun report = run("report", clinics, List.of(sample.resolve("events.ndjson")), period());
        assertThat(report.status()).isEqualTo(4);
        assertThat(report.out()).isEmpty();
        assertThat(report.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("clinics[0].zone "))
                .anyMatch(line -> line.startsWith("clinics[0].averageRevenuePerVisit[0].amount "));

        CommandRun check = run("check", clinics, List.of(spoiled()), List.of());
        assertThat(check.status()).isEqualTo(4);
        assertThat(check.err()).isEqualTo(report.err());
        assertThat(check.out()).contains("lines refused").contains("2 × the line");
    }

    @Test
    void checkCountsWhatThereIs() throws IOException {
        Path events = spoiled();
        CommandRun run = run("check", sample.resolve("clinics.json"), List.of(events), List.of());
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("events +4\\R")
                .containsPattern("duplicates +1\\R")
                .containsPattern("conflicts +1\\R")
                .containsPattern(" {2}sol +4\\R")
                .containsPattern("lines refused +3\\R")
                .containsPattern("2 × the line .* \\(spoiled.ndjson:2, spoiled.ndjson:3\\)")
                .contains("first  2026-02-28T22:00:00Z");
        assertThat(run("check", sample.resolve("clinics.json"), List.of(events), List.of("--strict"))
                        .status())
                .isEqualTo(3);
    }

    @Test
    void theSampleOverwritesNothing() {
        CommandRun again = CommandRun.of("sample", "--out", sample);
        assertThat(again.status()).isEqualTo(2);
        assertThat(again.err()).contains("clinics.json: it exists already");
    }

    @Test
    void helpIsAnAnswerAndNoCommandIsWrong() {
        assertThat(CommandRun.of("--help").out()).contains("report", "check", "sample");
        assertThat(CommandRun.of("report", "--help").out()).contains("--as-of");
        assertThat(CommandRun.of("report", "--help").status()).isZero();
        assertThat(CommandRun.of().status()).isEqualTo(2);
    }

    private static CommandRun check() {
        return run("check", sample.resolve("clinics.json"), List.of(sample.resolve("events.ndjson")), List.of());
    }

    private static CommandRun report(Object... rest) {
        boolean hasFiles = rest.length > 0 && rest[0] instanceof Path;
        List<Object> more = new ArrayList<>(hasFiles ? List.of() : List.of(sample.resolve("events.ndjson")));
        more.addAll(List.of(rest));
        more.addAll(period());
        return run("report", sample.resolve("clinics.json"), List.of(), more);
    }

    private static List<Object> period() {
        return List.of(
                "--clinic",
                "sol",
                "--from",
                "2026-03-01",
                "--to",
                "2026-04-01",
                "--as-of",
                "2026-04-01T10:00:00+02:00");
    }

    private static CommandRun run(String command, Path clinics, List<Path> events, List<?> rest) {
        List<Object> words = new ArrayList<>(List.of(command, "--clinics", clinics, "--events"));
        words.addAll(events);
        words.addAll(rest);
        return CommandRun.of(words.toArray());
    }

    private Path firstLines(int count) throws IOException {
        List<String> lines = Files.readAllLines(sample.resolve("events.ndjson"));
        return Files.write(folder.resolve("few.ndjson"), lines.subList(0, count));
    }

    /** Two events, two lines that are no JSON, one of another clinic, one twice, and one under the id of another. */
    private Path spoiled() throws IOException {
        List<String> lines = Files.readAllLines(sample.resolve("events.ndjson"));
        String first = lines.get(0);
        return Files.write(
                folder.resolve("spoiled.ndjson"),
                List.of(
                        first,
                        first.substring(0, first.length() / 2),
                        "Ana García",
                        lines.get(1),
                        lines.get(2).replace("\"sol\"", "\"luna\""),
                        first,
                        first.replace("2026-02-28T23", "2026-02-28T22").replace("pro", "starter")));
    }

    /** Without the spaces that keep a number and its unit on one line. */
    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replace('\u202f', ' ');
    }
}
