package dev.clinickpi.export;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values side by side: the rows of a breakdown, or a period beside the time before.
 *
 * @param heading what it is of
 * @param unit of the values: {@code ratio}, {@code ms}, {@code count}, {@code score} or an ISO 4217 code
 * @param bars in the order in which they are drawn
 * @param goal where values should lie; null where there is no target
 * @param references lines to hold the values against
 * @param change how far the first bar lies from the second; null unless the chart compares two
 */
public record BarChart(
        Heading heading,
        String unit,
        List<Bar> bars,
        @Nullable Goal goal,
        List<Reference> references,
        @Nullable Difference change)
        implements ChartSpec {

    /** Copies the lists. */
    public BarChart {
        Objects.requireNonNull(heading, "heading");
        Objects.requireNonNull(unit, "unit");
        bars = List.copyOf(bars);
        references = List.copyOf(references);
    }

    @Override
    public String kind() {
        return "bar";
    }

    /** The same with lines to hold it against. */
    public BarChart against(List<Reference> lines) {
        return new BarChart(heading, unit, bars, goal, lines, change);
    }

    /**
     * A bar.
     *
     * @param id the row's key, or {@code current} and {@code baseline}
     * @param label in the reader's language, or the key where the clinic named it
     * @param mark its value
     */
    public record Bar(String id, String label, Mark mark) {

        /** Refuses nulls. */
        public Bar {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(mark, "mark");
        }
    }

    /**
     * How far one value lies from another.
     *
     * @param absolute the difference, in the chart's unit
     * @param relative it as a share of the value before
     * @param low the lower end of the difference's 95 % interval; null where there is none
     * @param high its upper end; null where there is none
     * @param isChange whether that interval excludes no change; null where there is none
     */
    public record Difference(
            Mark absolute,
            Mark relative,
            @Nullable BigDecimal low,
            @Nullable BigDecimal high,
            @Nullable Boolean isChange) {

        /** Refuses nulls, the interval apart. */
        public Difference {
            Objects.requireNonNull(absolute, "absolute");
            Objects.requireNonNull(relative, "relative");
        }
    }
}
