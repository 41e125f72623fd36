package dev.clinickpi.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.testkit.golden.GoldenCase;
import dev.clinickpi.testkit.golden.GoldenSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The reference model against an independent reading of the specification: whatever golden publishes, the model has. */
class GoldenReferenceTest {

    private static final double MONEY_TOLERANCE = 1e-9;
    private static final Set<String> MONEY =
            Set.of("revenue-recovered", "llm-cost", "measured", "booked", "revenueRecovered", "costPerConversation");

    /** What section 6 may withhold inside a figure that is published, so that golden's null may be a value beneath publication. */
    private static final Set<String> WITHHELD =
            Set.of("booked", "responseRate", "conversionRate", "revenueRecovered", "margin");

    private static final Map<GoldenSet, ClinicDirectory> DIRECTORIES = new EnumMap<>(GoldenSet.class);
    private static final Map<GoldenSet, List<KpiEvent>> EVENTS = new EnumMap<>(GoldenSet.class);

    @BeforeAll
    static void readOnce() {
        for (GoldenSet set : GoldenSet.values()) {
            DIRECTORIES.put(set, set.directory());
            EVENTS.put(set, set.events());
        }
    }

    @Test
    void everySetHasCases() {
        assertThat(GoldenCase.all()).hasSize(16).allSatisfy(golden -> {
            assertThat(golden.kpis()).hasSize(12);
            assertThat(golden.views()).containsKeys("heatmap", "funnel", "cohorts", "exposure");
        });
    }

    @TestFactory
    Stream<DynamicTest> theModelHasWhatGoldenPublishes() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.toString(), () -> {
                    Map<String, ReferenceFigure> figures = ReferenceModel.of(
                                    DIRECTORIES.get(golden.set()), EVENTS.get(golden.set()))
                            .figures(golden.clinic(), golden.period(), golden.asOf());
                    assertThat(figures).containsOnlyKeys(golden.kpis().keySet().toArray(String[]::new));
                    SoftAssertions softly = new SoftAssertions();
                    golden.kpis().forEach((id, expected) -> new Comparison(softly, id, figures.get(id)).with(expected));
                    softly.assertAll();
                }));
    }

    private record Comparison(SoftAssertions softly, String id, ReferenceFigure figure) {

        void with(JsonNode expected) {
            softly.assertThat(figure.partial())
                    .as(id + " partial")
                    .isEqualTo(expected.get("partial").booleanValue());
            if (expected.get("status").textValue().equals("SUPPRESSED")) {
                softly.assertThat(figure.people().size()).as(id + " people").isBetween(1, 4);
                return;
            }
            softly.assertThat(figure.status().name())
                    .as(id + " status")
                    .isEqualTo(expected.get("status").textValue());
            number(id, expected.get("value"), figure.value());
            count("numerator", expected, figure.numerator());
            count("denominator", expected, figure.denominator());
            if (expected.has("people")) {
                softly.assertThat(figure.people())
                        .as(id + " people")
                        .hasSize(expected.get("people").intValue());
            }
            if (expected.has("components")) {
                components(expected.get("components"));
            }
            if (expected.has("breakdown")) {
                breakdown(expected.get("breakdown"));
            }
            if (expected.has("breakdownPeople")) {
                breakdownPeople(expected.get("breakdownPeople"));
            }
        }

        private void count(String field, JsonNode expected, Long actual) {
            softly.assertThat(actual)
                    .as(id + " " + field)
                    .isEqualTo(expected.has(field) ? expected.get(field).longValue() : null);
        }

        private void components(JsonNode expected) {
            expected.properties().forEach(component -> {
                String name = component.getKey();
                if (component.getValue().isTextual()) {
                    softly.assertThat(figure.components())
                            .as(id)
                            .containsEntry(name, component.getValue().textValue());
                } else if (!(component.getValue().isNull() && isWithheld(name))) {
                    number(name, component.getValue(), (BigDecimal)
                            figure.components().get(name));
                }
            });
            List<String> named = new ArrayList<>(figure.components().keySet());
            expected.fieldNames().forEachRemaining(named::remove);
            named.remove("unpriced");
            softly.assertThat(named).as(id + " components that golden has not").isEmpty();
        }

        /** Golden withholds it, for want of people: then there is someone, and fewer than five. */
        private boolean isWithheld(String component) {
            if (!WITHHELD.contains(component) || !figure.components().containsKey(component)) {
                return false;
            }
            softly.assertThat(figure.componentPeople().get(component))
                    .as(id + " " + component)
                    .hasSizeBetween(1, 4);
            return true;
        }

        private void breakdown(JsonNode expected) {
            expected.properties()
                    .forEach(row -> number(
                            row.getKey(), row.getValue(), figure.breakdown().get(row.getKey())));
            List<String> keys = new ArrayList<>();
            expected.fieldNames().forEachRemaining(keys::add);
            if (id.equals("llm-cost")) {
                softly.assertThat(figure.breakdown().keySet()).as(id).containsExactlyInAnyOrderElementsOf(keys);
            } else {
                softly.assertThat(figure.breakdown().keySet()).as(id).containsExactlyElementsOf(keys);
            }
        }

        private void breakdownPeople(JsonNode expected) {
            expected.properties()
                    .forEach(row -> softly.assertThat(figure.breakdownPeople().get(row.getKey()))
                            .as(id + " people of " + row.getKey())
                            .hasSize(row.getValue().intValue()));
            softly.assertThat(figure.breakdownPeople()).as(id).hasSize(expected.size());
        }

        private void number(String name, JsonNode expected, BigDecimal actual) {
            String what = id + " " + name;
            if (expected.isNull()) {
                softly.assertThat(actual).as(what).isNull();
                return;
            }
            softly.assertThat(actual).as(what).isNotNull();
            if (actual == null) {
                return;
            }
            double golden = expected.doubleValue();
            double tolerance = MONEY.contains(name) || id.equals("llm-cost") ? Math.abs(golden) * MONEY_TOLERANCE : 0;
            softly.assertThat(Math.abs(actual.doubleValue() - golden))
                    .as(what + " " + actual)
                    .isLessThanOrEqualTo(tolerance);
        }
    }
}
