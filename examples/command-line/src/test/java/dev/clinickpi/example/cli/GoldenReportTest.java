package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import dev.clinickpi.testkit.model.ReferenceFigure;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
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
            "breakdown",
            "breakdownPeriod");

    /** Those that section 6 judges by people; llm-cost has two components that are, and is compared without them. */
    private static final Set<String> OF_PEOPLE = Set.of(
            "revenue-recovered",
            "conversion-rate",
            "no-show-rate",
            "handoff-rate",
            "lead-tiers",
            "top-services",
            "csat",
            "waitlist-conversion");

    private static final Map<GoldenSet, ReferenceModel> MODELS = new EnumMap<>(GoldenSet.class);
    private static final AtomicInteger SHOWN = new AtomicInteger();

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
            if (OF_PEOPLE.contains(id)) {
                assertReleased(id, kpi, golden);
            } else {
                assertKpi(id, kpi, golden.kpis().get(id));
            }
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
            boolean isOfPeople = Set.of("revenueRecovered", "margin").contains(part.getKey());
            if (isOfPeople && actual.get("components").path(part.getKey()).isNull()) {
                continue;
            }
            assertNumber(
                    name,
                    actual.get("components").path(part.getKey()),
                    part.getValue(),
                    tolerance(id, actual, part.getKey()));
        }
        for (JsonNode row : actual.get("breakdown")) {
            String key = row.get("key").textValue();
            assertNumber(
                    id + " " + key, row.get("value"), expected.get("breakdown").path(key), tolerance(id, actual, key));
        }
        assertThat(actual.get("breakdown").size())
                .isEqualTo(expected.path("breakdown").size());
    }

    /** What is about people is true of the period that it names, and nothing of it is there where it is withheld. */
    private static void assertReleased(String id, JsonNode actual, GoldenCase golden) {
        JsonNode expected = golden.kpis().get(id);
        if (expected.get("status").textValue().equals("NOT_APPLICABLE")
                || actual.get("status").textValue().equals("SUPPRESSED")) {
            assertThat(actual.get("status").textValue())
                    .isEqualTo(
                            expected.get("status").textValue().equals("NOT_APPLICABLE")
                                    ? "NOT_APPLICABLE"
                                    : "SUPPRESSED");
            assertThat(actual.get("value").isNull()).isTrue();
            assertThat(actual.get("numerator").isNull()).isTrue();
            return;
        }
        Period named = NamedPeriod.of(actual.get("period"), golden);
        if (named == null) {
            assertKpi(id, actual, expected);
            return;
        }
        SHOWN.incrementAndGet();
        ReferenceFigure exact = model(golden, id, named);
        assertThat(actual.get("status").textValue())
                .as(id)
                .isEqualTo(exact.status().name());
        assertNumber(id, actual.get("value"), JSON.valueToTree(exact.value()), tolerance(id, actual, "value"));
        assertNumber(id, actual.get("numerator"), JSON.valueToTree(exact.numerator()), 0);
        assertNumber(id, actual.get("denominator"), JSON.valueToTree(exact.denominator()), 0);
        assertThat(exact.people().isEmpty() || exact.people().size() >= 5)
                .as(id)
                .isTrue();
        for (Map.Entry<String, JsonNode> part : actual.get("components").properties()) {
            if (!part.getValue().isNull()) {
                assertNumber(
                        id + " " + part.getKey(),
                        part.getValue(),
                        JSON.valueToTree(exact.components().get(part.getKey())),
                        tolerance(id, actual, part.getKey()));
            }
        }
        assertBreakdown(id, actual, golden);
    }

    private static void assertBreakdown(String id, JsonNode actual, GoldenCase golden) {
        JsonNode span = actual.get("breakdownPeriod").isNull() ? actual.get("period") : actual.get("breakdownPeriod");
        Period named = NamedPeriod.of(span, golden);
        for (JsonNode row : actual.get("breakdown")) {
            if (row.get("status").textValue().equals("SUPPRESSED")) {
                assertThat(row.get("value").isNull()).isTrue();
                assertThat(row.get("numerator").isNull()).isTrue();
                assertThat(row.get("denominator").isNull()).isTrue();
            } else {
                ReferenceFigure exact = model(golden, id, named);
                String key = row.get("key").textValue();
                assertNumber(
                        id + " " + key,
                        row.get("value"),
                        JSON.valueToTree(exact.breakdown().get(key)),
                        tolerance(id, actual, key));
            }
        }
    }

    private static ReferenceFigure model(GoldenCase golden, String id, Period period) {
        return MODELS.computeIfAbsent(golden.set(), set -> ReferenceModel.of(set.directory(), set.events()))
                .figures(golden.clinic(), period, golden.asOf())
                .get(id);
    }

    /** So that the comparison above has something to compare. */
    @AfterAll
    static void someFiguresAreShown() {
        assertThat(SHOWN.get()).isGreaterThan(20);
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
