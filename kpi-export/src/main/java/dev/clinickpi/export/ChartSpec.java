package dev.clinickpi.export;

import dev.clinickpi.kpi.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chart as data: what is to be seen, in the reader's words, and not how any library draws it. {@link Charts} makes it of a view, {@link ChartJson}
 * writes it. Values are as the view has them, whole and in its unit; whoever draws rounds and formats them in the heading's language.
 */
public sealed interface ChartSpec permits BarChart, CohortChart, FunnelChart, HeatmapChart, SeriesChart {

    /** The version of this form, from 1. A program that reads charts refuses one that it does not know; new fields alone make none. */
    int VERSION = 1;

    /** What the chart is of. */
    Heading heading();

    /** The name of its kind that programs read, such as {@code series}. */
    String kind();

    /**
     * What a chart is of.
     *
     * @param id the KPI's id, or the view's
     * @param title in the reader's language
     * @param locale the reader's language and number format
     * @param asOf the moment of the answer
     */
    record Heading(String id, String title, Locale locale, Instant asOf) {

        /** Refuses nulls. */
        public Heading {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(locale, "locale");
            Objects.requireNonNull(asOf, "asOf");
        }
    }

    /**
     * A value, or why there is none.
     *
     * @param value in the chart's unit; null unless the status is {@code OK}
     * @param status why there is none: nothing to measure, a setting that is missing, too few people
     * @param partial whether it covers less than its place in the chart
     * @param note the same in the reader's language, short enough for a tooltip; null where there is nothing to say
     */
    record Mark(
            @Nullable BigDecimal value,
            Status status,
            boolean partial,
            @Nullable String note) {

        /** @throws IllegalArgumentException if there is a value and the status says that there is none, or none and nothing says why */
        public Mark {
            Objects.requireNonNull(status, "status");
            if ((value == null) == (status == Status.OK)) {
                throw new IllegalArgumentException("A mark has a value, or a status that says why not");
            }
        }
    }

    /**
     * Where values should lie, to be drawn as a line or a band.
     *
     * @param from the least value that is right; null where there is none
     * @param to the first that is too large, or the greatest that is right where there is a least one, too; null where there is none
     * @param label in the reader's language
     */
    record Goal(@Nullable BigDecimal from, @Nullable BigDecimal to, String label) {

        /** Refuses a goal without either end. */
        public Goal {
            Objects.requireNonNull(label, "label");
            if (from == null && to == null) {
                throw new IllegalArgumentException("A goal has an end");
            }
        }
    }

    /**
     * A value to hold others against: the time before, or the sector.
     *
     * @param id {@code baseline}, {@code sectorLowerQuartile}, {@code sectorMedian} or {@code sectorUpperQuartile}
     * @param label in the reader's language
     * @param value in the chart's unit
     */
    record Reference(String id, String label, BigDecimal value) {

        /** Refuses nulls. */
        public Reference {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(value, "value");
        }
    }
}
