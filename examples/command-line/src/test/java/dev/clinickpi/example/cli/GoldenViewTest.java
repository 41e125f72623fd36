package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import dev.clinickpi.testkit.model.ReferenceCohorts;
import dev.clinickpi.testkit.model.ReferenceFunnel;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        assertThat(cells).hasSize(7 * 24);
        for (JsonNode cell : cells) {
            String key = key(cell);
            assertThat(cell.get("messages").longValue())
                    .as(key)
                    .isEqualTo(expected.get("messages").path(key).asLong());
            assertThat(cell.get("conversations").longValue())
                    .as(key)
                    .isEqualTo(expected.get("conversations").path(key).asLong());
            // Hours of the week and blocks of days cut each other into too few: only what no conversation began in is
            // shown.
            boolean isHidden = cell.get("conversations").longValue() > 0;
            assertThat(cell.get("status").textValue()).as(key).isEqualTo(isHidden ? "SUPPRESSED" : "OK");
            assertThat(cell.get("conversions").isNull()).as(key).isEqualTo(isHidden);
            if (!isHidden) {
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
        JsonNode view = view("funnel", golden);
        Period named = NamedPeriod.of(view.get("covered"), golden);
        if (named == null) {
            return;
        }
        ReferenceFunnel exact = model(golden).funnel(golden.clinic(), named, golden.asOf());
        Map<String, Long> expected = Map.of(
                "messages", exact.messages(),
                "conversations", exact.conversations(),
                "qualified", exact.qualified(),
                "booked", exact.booked(),
                "completed", exact.completed());
        List<String> ids = new ArrayList<>();
        double previous = 0;
        for (JsonNode stage : view.get("stages")) {
            String id = stage.get("id").textValue();
            ids.add(id);
            double count = expected.get(id);
            boolean isVolume = ids.size() <= 2;
            if (stage.get("status").textValue().equals("SUPPRESSED")) {
                assertThat(isVolume).as(id).isFalse();
                for (String field : List.of("count", "ofFirst", "ofPrevious", "pending")) {
                    assertThat(stage.get(field).isNull()).as(id + " " + field).isTrue();
                }
            } else {
                assertThat(stage.get("count").doubleValue()).as(id).isEqualTo(count);
                double first = exact.conversations();
                assertShare(id, stage.get("ofFirst"), count, id.equals("messages") ? 0 : first);
                assertShare(id, stage.get("ofPrevious"), count, isVolume ? 0 : previous);
                if (!isVolume) {
                    assertThat(exact.people().isEmpty() || exact.people().size() >= LEAST_GROUP)
                            .isTrue();
                }
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
        for (JsonNode cohort : view("cohorts", golden).get("cohorts")) {
            YearMonth month = YearMonth.parse(cohort.get("month").textValue());
            if (cohort.get("size").isNull()) {
                assertThat(cohort.get("status").textValue()).isEqualTo("SUPPRESSED");
                for (JsonNode cell : cohort.get("cells")) {
                    assertThat(cell.get("patients").isNull()).isTrue();
                    assertThat(cell.get("revenue").isNull()).isTrue();
                }
            } else {
                Period named = NamedPeriod.of(cohort.get("covered"), golden);
                ReferenceCohorts.Cohort exact = model(golden)
                        .cohorts(golden.clinic(), named, golden.asOf())
                        .cohorts()
                        .get(month);
                assertThat(cohort.get("size").intValue())
                        .isEqualTo(exact.people().size());
                assertThat(exact.people().size()).isGreaterThanOrEqualTo(LEAST_GROUP);
                for (JsonNode cell : cohort.get("cells")) {
                    assertCell(cell, exact.cells().get(cell.get("offset").intValue()));
                }
            }
        }
    }

    private static void assertCell(JsonNode cell, ReferenceCohorts.Cell exact) {
        if (!cell.get("patients").isNull()) {
            assertThat(cell.get("patients").intValue()).isEqualTo(exact.people().size());
        }
        if (!cell.get("revenue").isNull()) {
            double revenue = exact.revenue().doubleValue();
            assertThat(exact.payers().isEmpty() || exact.payers().size() >= LEAST_GROUP)
                    .isTrue();
            assertThat(cell.get("revenue").doubleValue()).isCloseTo(revenue, within(revenue * 1e-9));
        }
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
