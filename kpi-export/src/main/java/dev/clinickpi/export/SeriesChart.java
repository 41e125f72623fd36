package dev.clinickpi.export;

import dev.clinickpi.time.Grain;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A KPI over time, drawn as a line, an area or bars. Steps are places side by side, whatever their length; a step without a value is a gap.
 *
 * @param heading what it is of
 * @param shape how it is drawn
 * @param unit of the values: {@code ratio}, {@code ms}, {@code count}, {@code score} or an ISO 4217 code
 * @param grain how long a step is
 * @param points in order of time
 * @param goal where values should lie; null where the KPI has no target
 * @param references lines to hold the values against
 */
public record SeriesChart(
        Heading heading,
        Shape shape,
        String unit,
        Grain grain,
        List<Point> points,
        @Nullable Goal goal,
        List<Reference> references)
        implements ChartSpec {

    /** Copies the lists. */
    public SeriesChart {
        Objects.requireNonNull(heading, "heading");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(grain, "grain");
        points = List.copyOf(points);
        references = List.copyOf(references);
    }

    @Override
    public String kind() {
        return "series";
    }

    /** The same with lines to hold it against. */
    public SeriesChart against(List<Reference> lines) {
        return new SeriesChart(heading, shape, unit, grain, points, goal, lines);
    }

    /** How a series is drawn. */
    public enum Shape {
        /** Points joined by a line. */
        LINE,
        /** The same, filled to the axis. */
        AREA,
        /** A bar for each step. */
        BAR
    }

    /**
     * A step.
     *
     * @param label when it is, as the reader writes it in the clinic's zone
     * @param from its first instant
     * @param to the first instant after it
     * @param mark the figure
     * @param n how many facts it comes from; null where that is withheld
     */
    public record Point(
            String label,
            Instant from,
            Instant to,
            Mark mark,
            @Nullable Long n) {

        /** Refuses nulls. */
        public Point {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(mark, "mark");
        }
    }
}
