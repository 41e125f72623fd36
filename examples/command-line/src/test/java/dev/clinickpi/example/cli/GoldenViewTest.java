package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import dev.clinickpi.testkit.model.ReferenceCohorts;
import dev.clinickpi.testkit.model.ReferenceHeatmap;
import dev.clinickpi.testkit.model.ReferenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The views that the command prints are the golden ones but for what section 6 hides. */
class GoldenViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_GROUP = 5;

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
    void heatmap(GoldenCase golden) throws IOException {
        JsonNode cells = view("heatmap", golden).get("cells");
        JsonNode expected = golden.views().get("heatmap");
        ReferenceHeatmap model = model(golden).heatmap(golden.clinic(), golden.period(), golden.asOf());
        Map<String, Set<String>> people = new LinkedHashMap<>();
        assertThat(cells).hasSize(7 * 24);
        for (JsonNode cell : cells) {
            people.put(
                    key(cell),
                    model.cell(weekday(cell), cell.get("hour").intValue()).people());
        }
        Set<String> hidden = hidden(people);
        assertThat(people).hasSize(7 * 24);
        for (JsonNode cell : cells) {
            String key = key(cell);
            assertThat(cell.get("messages").longValue())
                    .as(key)
                    .isEqualTo(expected.get("messages").path(key).asLong());
            assertThat(cell.get("conversations").longValue())
                    .as(key)
                    .isEqualTo(expected.get("conversations").path(key).asLong());
            assertThat(cell.get("status").textValue()).as(key).isEqualTo(hidden.contains(key) ? "SUPPRESSED" : "OK");
            assertThat(cell.get("conversions").isNull()).as(key).isEqualTo(hidden.contains(key));
            if (!hidden.contains(key)) {
                assertThat(cell.get("conversions").longValue())
                        .as(key)
                        .isEqualTo(expected.get("conversions").path(key).asLong());
            }
            JsonNode exposure = golden.views().get("exposure").path(key);
            assertThat(cell.get("exposureHours").doubleValue())
                    .as(key)
                    .isCloseTo(exposure.path(0).asDouble(), within(1e-9));
            assertThat(cell.get("open").booleanValue())
                    .as(key)
                    .isEqualTo(exposure.path(1).asBoolean());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void funnel(GoldenCase golden) throws IOException {
        JsonNode expected = golden.views().get("funnel");
        int people = golden.views().get("people").get("conversations").intValue();
        boolean isHidden = people > 0 && people < LEAST_GROUP;
        List<String> ids = new ArrayList<>();
        double previous = 0;
        for (JsonNode stage : view("funnel", golden).get("stages")) {
            String id = stage.get("id").textValue();
            ids.add(id);
            double count = expected.get(id).doubleValue();
            boolean isVolume = ids.size() <= 2;
            if (isHidden && !isVolume) {
                assertThat(stage.get("status").textValue()).isEqualTo("SUPPRESSED");
                for (String field : List.of("count", "ofFirst", "ofPrevious", "pending")) {
                    assertThat(stage.get(field).isNull()).as(id + " " + field).isTrue();
                }
            } else {
                assertThat(stage.get("status").textValue()).isEqualTo("OK");
                assertThat(stage.get("count").doubleValue()).as(id).isEqualTo(count);
                double first = expected.get("conversations").doubleValue();
                assertShare(id, stage.get("ofFirst"), count, id.equals("messages") ? 0 : first);
                assertShare(id, stage.get("ofPrevious"), count, isVolume ? 0 : previous);
            }
            previous = count;
        }
        assertThat(ids).containsExactly("messages", "conversations", "qualified", "booked", "completed");
    }

    private static void assertShare(String id, JsonNode share, double part, double whole) {
        assertThat(share.isNull()).as(id).isEqualTo(whole == 0);
        if (whole > 0) {
            assertThat(share.doubleValue()).as(id).isCloseTo(part / whole, within(1e-15));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cohorts(GoldenCase golden) throws IOException {
        JsonNode expected = golden.views().get("cohorts");
        Map<String, Set<String>> people = new LinkedHashMap<>();
        Map<YearMonth, ReferenceCohorts.Cohort> model = model(golden)
                .cohorts(golden.clinic(), golden.period(), golden.asOf())
                .cohorts();
        model.forEach((month, cohort) -> people.put(month.toString(), cohort.people()));
        Set<String> hidden = hidden(people);
        List<String> months = new ArrayList<>();
        for (JsonNode cohort : view("cohorts", golden).get("cohorts")) {
            String month = cohort.get("month").textValue();
            months.add(month);
            JsonNode cells = cohort.get("cells");
            assertThat(cells).as(month).hasSameSizeAs(expected.get(month).get("cells"));
            assertThat(cohort.get("status").textValue())
                    .as(month)
                    .isEqualTo(hidden.contains(month) ? "SUPPRESSED" : "OK");
            assertThat(cohort.get("size").isNull()).as(month).isEqualTo(hidden.contains(month));
            if (!hidden.contains(month)) {
                assertThat(cohort.get("size")).isEqualTo(expected.get(month).get("size"));
            }
            for (JsonNode cell : cells) {
                String offset = cell.get("offset").toString();
                assertCell(
                        month + "+" + offset,
                        cell,
                        expected.get(month).get("cells").get(offset),
                        cohort);
            }
        }
        assertThat(months)
                .containsExactlyElementsOf(people.keySet().stream().sorted().toList());
    }

    private static void assertCell(String what, JsonNode cell, JsonNode expected, JsonNode cohort) {
        assertThat(cell.get("status")).as(what).isEqualTo(cohort.get("status"));
        if (cohort.get("size").isNull()) {
            assertThat(cell.get("patients").isNull()).as(what).isTrue();
            assertThat(cell.get("revenue").isNull()).as(what).isTrue();
            return;
        }
        assertThat(cell.get("patients")).as(what).isEqualTo(expected.get("patients"));
        assertThat(cell.get("revenue").isNull())
                .as(what)
                .isEqualTo(expected.get("revenue").isNull());
        if (!expected.get("revenue").isNull()) {
            double revenue = expected.get("revenue").doubleValue();
            assertThat(cell.get("revenue").doubleValue()).as(what).isCloseTo(revenue, within(revenue * 1e-9));
        }
    }

    /** Section 6: rows of too few, then the fewest of the others until the hidden ones are enough together. */
    private static Set<String> hidden(Map<String, Set<String>> people) {
        Set<String> hidden = new HashSet<>();
        Set<String> together = new HashSet<>();
        List<String> keys = people.entrySet().stream()
                .filter(row -> !row.getValue().isEmpty())
                .sorted(Comparator.<Map.Entry<String, Set<String>>>comparingInt(
                                row -> row.getValue().size())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        for (String key : keys) {
            boolean isSubtractable = !together.isEmpty() && together.size() < LEAST_GROUP;
            if (people.get(key).size() < LEAST_GROUP || isSubtractable) {
                hidden.add(key);
                together.addAll(people.get(key));
            }
        }
        return hidden;
    }

    private static JsonNode view(String name, GoldenCase golden) throws IOException {
        Path of = folder.resolve(golden.set().name());
        List<Object> words = new ArrayList<>(List.of("view", name));
        words.addAll(List.of("--clinics", of.resolve("clinics.json"), "--events", of.resolve("events.ndjson")));
        words.addAll(List.of("--clinic", golden.clinic(), "--as-of", golden.asOf(), "--format", "json"));
        words.addAll(List.of(
                "--from", golden.period().from(), "--to", golden.period().to()));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).doesNotContainPattern(":-?[0-9.]+[eE]");
        JsonNode view = JSON.readTree(run.out());
        assertThat(view.get("clinic").textValue()).isEqualTo(golden.clinic().value());
        assertThat(view.get("from").textValue())
                .isEqualTo(golden.period().from().toString());
        assertThat(view.get("to").textValue()).isEqualTo(golden.period().to().toString());
        assertThat(view.get("asOf").textValue()).isEqualTo(golden.asOf().toString());
        return view;
    }

    private static ReferenceModel model(GoldenCase golden) {
        return ReferenceModel.of(golden.set().directory(), golden.set().events());
    }

    private static DayOfWeek weekday(JsonNode cell) {
        return DayOfWeek.of(cell.get("weekday").intValue());
    }

    private static String key(JsonNode cell) {
        return String.format(
                Locale.ROOT,
                "%d-%02d",
                cell.get("weekday").intValue(),
                cell.get("hour").intValue());
    }
}
