package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command answers every golden case with what may be published of it. */
class GoldenReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENVELOPE = Set.of(
            "id",
            "status",
            "reason",
            "value",
            "unit",
            "numerator",
            "denominator",
            "n",
            "partial",
            "period",
            "refresh",
            "definitionVersion",
            "target",
            "verdict",
            "components",
            "breakdown");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        for (GoldenSet set : GoldenSet.values()) {
            Path of = Files.createDirectory(folder.resolve(set.name()));
            CommandRun.write(set.clinicsJson(), of.resolve("clinics.json"));
            CommandRun.write(set.eventsNdjson(), of.resolve("events.ndjson"));
        }
    }

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFiguresAreThoseThatMayBePublished(GoldenCase golden) throws IOException {
        Path of = folder.resolve(golden.set().name());
        CommandRun run = CommandRun.of(
                "report",
                "--clinics",
                of.resolve("clinics.json"),
                "--events",
                of.resolve("events.ndjson"),
                "--clinic",
                golden.clinic(),
                "--from",
                golden.period().from(),
                "--to",
                golden.period().to(),
                "--as-of",
                golden.asOf(),
                "--format",
                "json");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).doesNotContainPattern(":-?[0-9.]+[eE]");
        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("clinic").textValue()).isEqualTo(golden.clinic().value());
        assertThat(report.get("from").textValue())
                .isEqualTo(golden.period().from().toString());
        assertThat(report.get("to").textValue()).isEqualTo(golden.period().to().toString());
        assertThat(report.get("asOf").textValue()).isEqualTo(golden.asOf().toString());
        List<String> ids = new ArrayList<>();
        for (JsonNode kpi : report.get("kpis")) {
            String id = kpi.get("id").textValue();
            ids.add(id);
            assertThat(kpi.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(ENVELOPE);
            assertKpi(id, kpi, golden.kpis().get(id));
        }
        assertThat(ids).containsExactlyInAnyOrderElementsOf(golden.kpis().keySet());
    }

    private static void assertKpi(String id, JsonNode actual, JsonNode expected) {
        assertThat(actual.get("status").textValue())
                .as(id)
                .isEqualTo(expected.get("status").textValue());
        assertThat(actual.get("partial").booleanValue())
                .as(id)
                .isEqualTo(expected.get("partial").booleanValue());
        if (expected.get("status").textValue().equals("SUPPRESSED")) {
            assertThat(actual.get("reason").textValue()).as(id).isNotBlank();
            for (String field : List.of("value", "unit", "numerator", "denominator", "n", "verdict", "target")) {
                assertThat(actual.get(field).isNull()).as(id + " " + field).isTrue();
            }
            assertThat(actual.get("components")).as(id).isEmpty();
            assertThat(actual.get("breakdown")).as(id).isEmpty();
            return;
        }
        for (String field : List.of("value", "numerator", "denominator")) {
            if (expected.has(field)) {
                assertNumber(id + " " + field, actual.get(field), expected.get(field), tolerance(id, actual, field));
            }
        }
        for (Map.Entry<String, JsonNode> part : expected.path("components").properties()) {
            String name = id + " " + part.getKey();
            assertNumber(
                    name,
                    actual.get("components").path(part.getKey()),
                    part.getValue(),
                    tolerance(id, actual, part.getKey()));
        }
        if (expected.has("breakdown")) {
            assertBreakdown(id, actual, expected);
        }
    }

    private static void assertBreakdown(String id, JsonNode actual, JsonNode expected) {
        List<String> hidden = new ArrayList<>();
        expected.path("hidden").forEach(key -> hidden.add(key.textValue()));
        List<String> shown = new ArrayList<>();
        List<String> withheld = new ArrayList<>();
        for (JsonNode row : actual.get("breakdown")) {
            String key = row.get("key").textValue();
            if (row.get("status").textValue().equals("SUPPRESSED")) {
                withheld.add(key);
                assertThat(row.get("value").isNull()).isTrue();
                assertThat(row.get("numerator").isNull()).isTrue();
                assertThat(row.get("denominator").isNull()).isTrue();
            } else {
                shown.add(key);
                assertNumber(
                        id + " " + key,
                        row.get("value"),
                        expected.get("breakdown").path(key),
                        tolerance(id, actual, key));
            }
        }
        List<String> expectedShown = new ArrayList<>();
        expected.get("breakdown").fieldNames().forEachRemaining(expectedShown::add);
        expectedShown.removeAll(hidden);
        assertThat(withheld).as(id).containsExactlyInAnyOrderElementsOf(hidden);
        if (id.equals("top-services")) {
            assertThat(shown).containsExactlyElementsOf(expectedShown);
        } else {
            assertThat(shown).as(id).containsExactlyInAnyOrderElementsOf(expectedShown);
        }
    }

    /** Money may differ by 10⁻⁹ of itself, durations by a thousandth; nothing else, but for the last bits of a double. */
    private static double tolerance(String id, JsonNode actual, String field) {
        if (id.equals("response-time")
                && !Set.of("count", "unanswered", "denominator").contains(field)) {
            return 1e-3;
        }
        return id.equals("llm-cost") || id.equals("revenue-recovered") ? 1e-9 : 1e-15;
    }

    private static void assertNumber(String name, JsonNode actual, JsonNode expected, double relative) {
        if (expected.isTextual()) {
            assertThat(actual.textValue()).as(name).isEqualTo(expected.textValue());
        } else if (expected.isNull() || expected.isMissingNode()) {
            assertThat(actual.isNull() || actual.isMissingNode()).as(name).isTrue();
        } else {
            assertThat(actual.isNumber()).as(name + " " + actual).isTrue();
            double value = expected.doubleValue();
            assertThat(actual.doubleValue()).as(name).isCloseTo(value, within(Math.abs(value) * relative));
        }
    }
}
