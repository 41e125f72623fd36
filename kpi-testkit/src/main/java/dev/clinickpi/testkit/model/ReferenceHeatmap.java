package dev.clinickpi.testkit.model;

import java.time.DayOfWeek;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Section 5.3 as the {@link ReferenceModel} has it: exact, before anything is withheld.
 *
 * @param cells all 168, from Monday's first hour to Sunday's last
 */
public record ReferenceHeatmap(List<Cell> cells) {

    /** Copies the list. */
    public ReferenceHeatmap {
        cells = List.copyOf(cells);
    }

    /** The cell of a weekday and an hour from 0 to 23. */
    public Cell cell(DayOfWeek weekday, int hour) {
        return cells.get((weekday.getValue() - 1) * 24 + hour);
    }

    /**
     * An hour of the week.
     *
     * @param messages patients' messages
     * @param conversations conversations that begin in it
     * @param conversions those of them that convert
     * @param people the raw ids of the conversations' patients, whom the conversions are judged by
     * @param exposureMillis for how long it occurred in the period up to asOf
     * @param open whether more than half of that was open
     */
    public record Cell(
            long messages,
            long conversations,
            long conversions,
            Set<String> people,
            long exposureMillis,
            boolean open) {

        /** Copies the set. */
        public Cell {
            people = new LinkedHashSet<>(Objects.requireNonNull(people, "people"));
        }
    }
}
