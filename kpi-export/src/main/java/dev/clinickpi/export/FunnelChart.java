package dev.clinickpi.export;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far conversations come.
 *
 * @param heading what it is of
 * @param stages all five, the widest first
 */
public record FunnelChart(Heading heading, List<Stage> stages) implements ChartSpec {

    /** Copies the list. */
    public FunnelChart {
        Objects.requireNonNull(heading, "heading");
        stages = List.copyOf(stages);
    }

    @Override
    public String kind() {
        return "funnel";
    }

    /**
     * A stage.
     *
     * @param id the stage's id
     * @param label in the reader's language
     * @param count how many reached it
     * @param ofFirst their share of the conversations; null where there is none
     * @param ofPrevious their share of the stage before; null where there is none
     * @param dropOff the share of the stage before that did not come as far; null where there is none
     * @param pending how many of them may still come further; null where that is not said
     */
    public record Stage(
            String id,
            String label,
            Mark count,
            @Nullable BigDecimal ofFirst,
            @Nullable BigDecimal ofPrevious,
            @Nullable BigDecimal dropOff,
            @Nullable Long pending) {

        /** Refuses nulls where none may be. */
        public Stage {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(count, "count");
        }
    }
}
