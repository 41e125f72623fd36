package dev.clinickpi.export;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How patients come back: a row for each month of onboarding, a column for each month since.
 *
 * @param heading what it is of
 * @param currency the ISO 4217 code of the revenue
 * @param columns the months since, from the month itself, in the reader's language
 * @param rows in order of time
 */
public record CohortChart(Heading heading, String currency, List<String> columns, List<Row> rows) implements ChartSpec {

    /** Copies the lists. */
    public CohortChart {
        Objects.requireNonNull(heading, "heading");
        Objects.requireNonNull(currency, "currency");
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    @Override
    public String kind() {
        return "cohorts";
    }

    /**
     * A cohort.
     *
     * @param label its month, as the reader writes it
     * @param size how many patients it has
     * @param cells one for each month that has begun; fewer than there are columns
     */
    public record Row(String label, Mark size, List<Cell> cells) {

        /** Copies the list. */
        public Row {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(size, "size");
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cohort in one month.
     *
     * @param share the share of its patients with a completed appointment in it
     * @param patients how many those are; null when withheld
     * @param revenue what those appointments are worth in the chart's currency; null when withheld
     */
    public record Cell(
            Mark share, @Nullable Long patients, @Nullable BigDecimal revenue) {

        /** Refuses nulls where none may be. */
        public Cell {
            Objects.requireNonNull(share, "share");
        }
    }
}
