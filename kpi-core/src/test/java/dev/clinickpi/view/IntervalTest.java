package dev.clinickpi.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    /** Table II of Newcombe (1998): the eight contrasts under method 10, to the four digits that it prints. */
    @ParameterizedTest(name = "{0}/{1} − {2}/{3}")
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339, true",
        "9, 10, 3, 10, 0.1705, 0.8090, true",
        "6, 7, 2, 7, 0.0582, 0.8062, true",
        "5, 56, 0, 29, -0.0381, 0.1926, false",
        "0, 10, 0, 20, -0.1611, 0.2775, false",
        "0, 10, 0, 10, -0.2775, 0.2775, false",
        "10, 10, 0, 20, 0.6791, 1.0000, true",
        "10, 10, 0, 10, 0.6075, 1.0000, true",
    })
    void thePublishedExamples(int a, int m, int b, int n, double lower, double upper, boolean excludesNoChange) {
        Interval interval = Interval.ofDifference(of(a, m), of(b, n));
        assertThat(interval.lower().doubleValue()).isCloseTo(lower, within(5e-5));
        assertThat(interval.upper().doubleValue()).isCloseTo(upper, within(5e-5));
        assertThat(interval.excludesNoChange()).isEqualTo(excludesNoChange);
    }

    @Property(seed = "20260301")
    void itHoldsTheDifferenceAndTurnsRoundWithIt(
            @ForAll @IntRange(min = 1, max = 400) int m,
            @ForAll @IntRange(min = 1, max = 400) int n,
            @ForAll @IntRange(max = 400) int a,
            @ForAll @IntRange(max = 400) int b) {
        Proportion first = of(Math.min(a, m), m);
        Proportion second = of(Math.min(b, n), n);
        Interval interval = Interval.ofDifference(first, second);
        double difference = (double) Math.min(a, m) / m - (double) Math.min(b, n) / n;
        assertThat(interval.lower().doubleValue()).isBetween(-1.0 - 1e-12, difference + 1e-12);
        assertThat(interval.upper().doubleValue()).isBetween(difference - 1e-12, 1.0 + 1e-12);
        Interval turned = Interval.ofDifference(second, first);
        assertThat(turned.lower()).isEqualByComparingTo(interval.upper().negate());
        assertThat(turned.upper()).isEqualByComparingTo(interval.lower().negate());
    }

    private static Proportion of(int count, int of) {
        return new Proportion(BigDecimal.valueOf(count), BigDecimal.valueOf(of));
    }
}
