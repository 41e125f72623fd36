package dev.clinickpi.export;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens at which hour of the week, as a rate for each hour that occurred.
 *
 * @param heading what it is of
 * @param measure {@code messages}, {@code conversations} or {@code conversions}
 * @param rows the weekdays, from Monday, in the reader's language
 * @param columns the hours, from midnight, in the reader's language
 * @param cells all 168, row by row
 * @param greatest the greatest rate, which the darkest colour stands for; null when there is none
 */
public record HeatmapChart(
        Heading heading,
        String measure,
        List<String> rows,
        List<String> columns,
        List<Cell> cells,
        @Nullable BigDecimal greatest)
        implements ChartSpec {

    /** Copies the lists. */
    public HeatmapChart {
        Objects.requireNonNull(heading, "heading");
        Objects.requireNonNull(measure, "measure");
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        cells = List.copyOf(cells);
    }

    @Override
    public String kind() {
        return "heatmap";
    }

    /**
     * An hour of the week.
     *
     * @param row its weekday's place among the rows
     * @param column its hour's place among the columns
     * @param perHour how many there were for each such hour that occurred
     * @param count how many there were; null when withheld
     * @param open whether the clinic was open for more than half of it
     */
    public record Cell(
            int row, int column, Mark perHour, @Nullable Long count, boolean open) {

        /** Refuses nulls, the count apart. */
        public Cell {
            Objects.requireNonNull(perHour, "perHour");
        }
    }
}
