package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.testkit.model.ReferenceFigure;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/** Holds an engine's exact results to the reference model's. */
final class Agreement {

    private static final BigDecimal HISTOGRAM_ERROR = new BigDecimal("0.001");
    private static final BigDecimal ROUNDING_ERROR = new BigDecimal("1e-30");

    private Agreement() {}

    static void assertAgree(Map<String, ExactResult> actual, Map<String, ReferenceFigure> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        SoftAssertions softly = new SoftAssertions();
        expected.forEach((id, figure) -> compare(softly, actual.get(id), figure));
        softly.assertAll();
    }

    private static void compare(SoftAssertions softly, ExactResult actual, ReferenceFigure expected) {
        Figure figure = actual.figure();
        String id = expected.id();
        BigDecimal error = id.equals("response-time") ? HISTOGRAM_ERROR : ROUNDING_ERROR;
        softly.assertThat(figure.status())
                .as(id + " status")
                .hasToString(expected.status().name());
        assertNumber(softly, id + " value", figure.value(), expected.value(), error);
        assertNumber(softly, id + " numerator", figure.numerator(), decimal(expected.numerator()), BigDecimal.ZERO);
        assertNumber(
                softly, id + " denominator", figure.denominator(), decimal(expected.denominator()), BigDecimal.ZERO);
        softly.assertThat(figure.n()).as(id + " n").isEqualTo(expected.n());
        softly.assertThat(actual.coverage().partial()).as(id + " partial").isEqualTo(expected.partial());
        softly.assertThat(actual.coverage().span().from()).as(id + " from").isEqualTo(expected.from());
        softly.assertThat(actual.coverage().span().to()).as(id + " to").isEqualTo(expected.to());
        softly.assertThat(actual.people() == null ? 0 : actual.people().count())
                .as(id + " people")
                .isEqualTo(expected.people().size());
        compareComponents(softly, figure, expected, error);
        compareRows(softly, figure, expected);
    }

    private static void compareComponents(
            SoftAssertions softly, Figure figure, ReferenceFigure expected, BigDecimal error) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (Figure.Part part : figure.components()) {
            Object value = part.value() == null ? part.word() : part.value();
            if (value != null) {
                components.put(part.id(), value);
            }
            Set<String> people = expected.componentPeople().get(part.id());
            if (part.people() != null) {
                softly.assertThat(part.people().count())
                        .as(expected.id() + " people of " + part.id())
                        .isEqualTo(people == null ? expected.people().size() : people.size());
            }
        }
        softly.assertThat(components.keySet())
                .as(expected.id() + " components")
                .isEqualTo(expected.components().keySet());
        expected.components().forEach((name, value) -> {
            String what = expected.id() + " " + name;
            if (value instanceof BigDecimal number && components.get(name) instanceof BigDecimal actual) {
                assertNumber(softly, what, actual, number, error);
            } else {
                softly.assertThat(components.get(name)).as(what).isEqualTo(value);
            }
        });
    }

    private static void compareRows(SoftAssertions softly, Figure figure, ReferenceFigure expected) {
        List<String> keys = figure.rows().stream().map(Figure.Row::key).toList();
        softly.assertThat(keys)
                .as(expected.id() + " rows")
                .containsExactlyElementsOf(expected.breakdown().keySet());
        for (Figure.Row row : figure.rows()) {
            String what = expected.id() + " row " + row.key();
            assertNumber(softly, what, row.value(), expected.breakdown().get(row.key()), ROUNDING_ERROR);
            Set<String> people = expected.breakdownPeople().get(row.key());
            if (row.people() != null) {
                softly.assertThat(people).as(what + " has people").isNotNull();
                softly.assertThat(row.people().count())
                        .as(what + " people")
                        .isEqualTo(people == null ? -1 : people.size());
            }
        }
    }

    private static void assertNumber(
            SoftAssertions softly,
            String what,
            @Nullable BigDecimal actual,
            @Nullable BigDecimal expected,
            BigDecimal relativeError) {
        if (actual == null || expected == null) {
            softly.assertThat(actual).as(what).isEqualTo(expected);
        } else {
            BigDecimal difference = actual.subtract(expected).abs();
            softly.assertThat(difference)
                    .as("%s: %s is %s", what, actual, expected)
                    .isLessThanOrEqualTo(expected.abs().multiply(relativeError));
        }
    }

    private static @Nullable BigDecimal decimal(@Nullable Long count) {
        return count == null ? null : BigDecimal.valueOf(count);
    }
}
