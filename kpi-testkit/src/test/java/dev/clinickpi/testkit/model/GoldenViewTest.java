package dev.clinickpi.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.testkit.golden.GoldenCase;
import java.time.DayOfWeek;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference model's views against an independent reading of the specification. */
class GoldenViewTest {

    private static final double HOUR_MILLIS = 3_600_000;

    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    void heatmap(GoldenCase golden) {
        ReferenceHeatmap heatmap = model(golden).heatmap(golden.clinic(), golden.period(), golden.asOf());
        JsonNode expected = golden.views().get("heatmap");
        for (DayOfWeek weekday : DayOfWeek.values()) {
            for (int hour = 0; hour < 24; hour++) {
                String key = String.format(Locale.ROOT, "%d-%02d", weekday.getValue(), hour);
                ReferenceHeatmap.Cell cell = heatmap.cell(weekday, hour);
                assertThat(cell.messages())
                        .as(key)
                        .isEqualTo(expected.get("messages").path(key).asLong());
                assertThat(cell.conversations())
                        .as(key)
                        .isEqualTo(expected.get("conversations").path(key).asLong());
                assertThat(cell.conversions())
                        .as(key)
                        .isEqualTo(expected.get("conversions").path(key).asLong());
                assertThat(cell.people())
                        .as(key)
                        .hasSize(
                                golden.views().get("conversionPeople").path(key).asInt());
                JsonNode exposure = golden.views().get("exposure").path(key);
                assertThat(cell.exposureMillis() / HOUR_MILLIS)
                        .as(key)
                        .isCloseTo(exposure.path(0).asDouble(), within(1e-9));
                assertThat(cell.open()).as(key).isEqualTo(exposure.path(1).asBoolean());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    void funnel(GoldenCase golden) {
        ReferenceFunnel funnel = model(golden).funnel(golden.clinic(), golden.period(), golden.asOf());
        Map<String, Long> stages = Map.of(
                "messages", funnel.messages(),
                "conversations", funnel.conversations(),
                "qualified", funnel.qualified(),
                "booked", funnel.booked(),
                "completed", funnel.completed());
        golden.views()
                .get("funnel")
                .properties()
                .forEach(stage -> assertThat(stages)
                        .containsEntry(stage.getKey(), stage.getValue().longValue()));
        assertThat(golden.views().get("funnel")).hasSameSizeAs(stages.keySet());
        assertThat(funnel.people())
                .hasSize(golden.views().get("people").get("conversations").intValue());
    }

    @ParameterizedTest
    @MethodSource("dev.clinickpi.testkit.golden.GoldenCase#all")
    void cohorts(GoldenCase golden) {
        Map<YearMonth, ReferenceCohorts.Cohort> cohorts = model(golden)
                .cohorts(golden.clinic(), golden.period(), golden.asOf())
                .cohorts();
        JsonNode expected = golden.views().get("cohorts");
        List<YearMonth> months = new ArrayList<>();
        expected.fieldNames().forEachRemaining(month -> months.add(YearMonth.parse(month)));
        assertThat(cohorts.keySet()).containsExactlyElementsOf(months);
        cohorts.forEach((month, cohort) -> {
            JsonNode given = expected.get(month.toString());
            assertThat(cohort.people()).hasSize(given.get("size").intValue());
            assertThat(cohort.cells()).hasSize(given.get("cells").size());
            for (int offset = 0; offset < cohort.cells().size(); offset++) {
                assertCell(cohort.cells().get(offset), given.get("cells").get(Integer.toString(offset)));
            }
        });
    }

    private static void assertCell(ReferenceCohorts.Cell cell, JsonNode expected) {
        assertThat(cell.people()).hasSize(expected.get("patients").intValue());
        if (expected.get("revenue").isNull()) {
            assertThat(cell.payers()).hasSizeBetween(1, 4);
        } else {
            double revenue = expected.get("revenue").doubleValue();
            assertThat(cell.payers())
                    .satisfiesAnyOf(
                            payers -> assertThat(payers).isEmpty(),
                            payers -> assertThat(payers).hasSizeGreaterThanOrEqualTo(5));
            assertThat(cell.revenue().doubleValue()).isCloseTo(revenue, within(Math.abs(revenue) * 1e-9));
        }
    }

    private static ReferenceModel model(GoldenCase golden) {
        return ReferenceModel.of(golden.set().directory(), golden.set().events());
    }
}
