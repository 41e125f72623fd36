package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import dev.clinickpi.testkit.model.ReferenceComparison;
import dev.clinickpi.testkit.model.ReferenceFigure;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.testkit.model.ReferenceOptions;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command prints the series and comparisons of the golden clinics as the reference model has them, but for what too few people stand behind. */
class GoldenSeriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KPIS = List.of("conversion-rate", "no-show-rate", "llm-cost");
    private static final List<Grain> GRAINS = List.of(Grain.DAY, Grain.WEEK, Grain.MONTH);

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

    /** Each KPI at one grain in each case, and at every grain in some. */
    @ParameterizedTest
    @MethodSource("cases")
    void aSeriesIsTheModels(GoldenCase golden) throws IOException {
        for (int i = 0; i < KPIS.size(); i++) {
            String kpi = KPIS.get(i);
            Grain grain = GRAINS.get((i + cases().indexOf(golden)) % GRAINS.size());
            JsonNode series =
                    JSON.readTree(run(golden, "series", "--kpi", kpi, "--grain", grain.id(), "--format", "json"));
            assertThat(series.get("kpi").textValue()).isEqualTo(kpi);
            assertThat(series.get("grain").textValue()).isEqualTo(grain.id());
            assertPoints(series.get("points"), expected(golden, kpi, grain), golden, kpi);
        }
    }

    private static Map<Instant, ReferenceFigure> expected(GoldenCase golden, String kpi, Grain grain) {
        return model(golden)
                .series(golden.clinic(), kpi, grain, golden.period(), golden.asOf(), ReferenceOptions.standard());
    }

    private static void assertPoints(
            JsonNode points, Map<Instant, ReferenceFigure> expected, GoldenCase golden, String kpi) {
        List<Instant> starts = new ArrayList<>();
        for (JsonNode point : points) {
            assertThat(point.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("start", "value", "n", "from", "to", "partial", "status");
            Instant start = OffsetDateTime.parse(point.get("start").textValue()).toInstant();
            starts.add(start);
            ReferenceFigure figure = expected.get(start);
            assertThat(figure).as("a step from %s", start).isNotNull();
            assertThat(point.get("partial").booleanValue() || !figure.partial()).isTrue();
            assertReleased(point, figure, golden, kpi);
        }
        assertThat(starts).containsExactlyElementsOf(expected.keySet());
    }

    /** What is about people is true of the period that the point names. */
    private static void assertReleased(JsonNode point, ReferenceFigure figure, GoldenCase golden, String kpi) {
        Period named = NamedPeriod.of(point, golden);
        if (figure.people().isEmpty() && !point.get("status").textValue().equals("SUPPRESSED") || named == null) {
            if (!point.get("status").textValue().equals("SUPPRESSED")) {
                assertFigure(point, figure);
            }
        } else if (!point.get("status").textValue().equals("SUPPRESSED")) {
            ReferenceFigure exact =
                    model(golden).figures(golden.clinic(), named, golden.asOf()).get(kpi);
            assertFigure(point, exact);
            assertThat(exact.people().isEmpty() || exact.people().size() >= StandardPrivacy.LEAST_GROUP)
                    .isTrue();
        } else {
            assertThat(point.get("value").isNull()).isTrue();
            assertThat(point.get("n").isNull()).isTrue();
        }
    }

    private static void assertFigure(JsonNode actual, ReferenceFigure figure) {
        boolean isWithheld = !figure.people().isEmpty() && figure.people().size() < StandardPrivacy.LEAST_GROUP;
        assertThat(actual.get("status").textValue())
                .isEqualTo(isWithheld ? "SUPPRESSED" : figure.status().name());
        assertThat(actual.get("n").isNull()).isEqualTo(isWithheld);
        assertNumber(actual.get("value"), isWithheld ? null : figure.value());
    }

    /** One KPI in each case. */
    @ParameterizedTest
    @MethodSource("cases")
    void aBaselineIsTheModels(GoldenCase golden) throws IOException {
        String kpi = KPIS.get(cases().indexOf(golden) % KPIS.size());
        JsonNode comparison = JSON.readTree(run(golden, "baseline", "--kpi", kpi, "--format", "json"))
                .get("kpis")
                .get(0);
        ReferenceComparison expected = model(golden)
                .baseline(golden.clinic(), kpi, golden.period(), golden.asOf(), ReferenceOptions.standard());
        JsonNode current = comparison.get("current");
        JsonNode before = comparison.get("baseline");
        assertSide(current, expected.current(), golden, kpi);
        if (expected.before() != null) {
            assertThat(before.get("source").textValue()).isEqualTo("measured");
            assertSide(before, expected.before(), golden, kpi);
        } else if (!before.get("source").textValue().equals("measured")) {
            assertThat(before.get("source").textValue())
                    .isEqualTo(expected.configured() == null ? "none" : "configured");
            assertNumber(before.path("value"), expected.configured());
        }
        boolean isShown = !current.get("value").isNull()
                && !before.path("value").isNull()
                && !before.path("value").isMissingNode();
        assertThat(comparison.get("difference").get("value").isNull()).isEqualTo(!isShown);
        if (isShown) {
            double difference =
                    current.get("value").doubleValue() - before.get("value").doubleValue();
            assertThat(comparison.get("difference").get("value").doubleValue())
                    .isCloseTo(difference, within(Math.abs(current.get("value").doubleValue()) * 1e-12 + 1e-12));
        } else {
            assertThat(comparison.get("interval").isNull()).isTrue();
        }
    }

    /** Conversions are counted at the maturity of what was asked for, so they are compared where that is what is answered for. */
    private static void assertSide(JsonNode side, ReferenceFigure exact, GoldenCase golden, String kpi) {
        boolean isWhole = Instant.parse(side.get("from").textValue()).equals(exact.from())
                && Instant.parse(side.get("to").textValue()).equals(exact.to());
        if (exact.people().isEmpty() && !side.get("status").textValue().equals("SUPPRESSED")) {
            assertFigure(side, exact);
        } else if (side.get("status").textValue().equals("SUPPRESSED")) {
            assertThat(side.get("value").isNull()).isTrue();
            assertThat(side.get("numerator").isNull()).isTrue();
        } else if (isWhole) {
            assertFigure(side, exact);
        } else if (!kpi.equals("conversion-rate")) {
            assertFigure(
                    side,
                    model(golden)
                            .figures(golden.clinic(), NamedPeriod.of(side, golden), golden.asOf())
                            .get(kpi));
        }
    }

    @ParameterizedTest
    @CsvSource({"es, Ausencias por semanas, según la clínica", "en, No-shows by week, as the clinic states it"})
    void textIsDrawn(String language, String title, String source) {
        GoldenCase golden = cases().stream()
                .filter(each -> each.set() == GoldenSet.ZONES)
                .findFirst()
                .orElseThrow();
        String series = run(golden, "series", "--kpi", "no-show-rate", "--grain", "week", "--lang", language);
        assertThat(series).contains(title).containsPattern("[▁▂▃▄▅▆▇█·×]{6}\n").contains("▁ 0");
        assertThat(run(golden, "baseline", "--lang", language)).contains(source);
    }

    @ParameterizedTest
    @CsvSource({
        "series, --kpi, no-shows, --grain, week",
        "series, --kpi, csat, --grain, fortnight",
        "baseline, --kpi, no-shows, --format, json"
    })
    void whatThereIsNotIsWrongUsage(String view, String option, String value, String other, String otherValue) {
        CommandRun run = CommandRun.of("view", view, option, value, other, otherValue);
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("is none of");
    }

    private static String run(GoldenCase golden, String view, Object... rest) {
        Path of = folder.resolve(golden.set().name());
        List<Object> words = new ArrayList<>(List.of("view", view));
        words.addAll(List.of("--clinics", of.resolve("clinics.json"), "--events", of.resolve("events.ndjson")));
        words.addAll(List.of("--clinic", golden.clinic(), "--as-of", golden.asOf()));
        words.addAll(List.of(
                "--from", golden.period().from(), "--to", golden.period().to()));
        words.addAll(Stream.of(rest).toList());
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out();
    }

    private static ReferenceModel model(GoldenCase golden) {
        return ReferenceModel.of(golden.set().directory(), golden.set().events());
    }

    private static void assertNumber(JsonNode actual, @Nullable BigDecimal expected) {
        if (expected == null) {
            assertThat(actual.isNull() || actual.isMissingNode()).isTrue();
        } else {
            double value = expected.doubleValue();
            assertThat(actual.isNumber()).isTrue();
            assertThat(actual.doubleValue()).isCloseTo(value, within(Math.abs(value) * 1e-12));
        }
    }
}
