package dev.clinickpi.testkit.model;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A KPI of a period against an earlier figure, as the {@link ReferenceModel} has it.
 *
 * @param current the figure of the period
 * @param before the figure that it is set against; null when there is none from events
 * @param configured the clinic's configured baseline; null unless it is what the figure is set against
 * @param conversionDays the days after its start within which a conversation's conversion counts, on both sides
 * @param difference the current less the earlier value; null when either is missing
 * @param relativeChange the difference ÷ the earlier value's size; null when either is missing or the earlier one is 0
 * @param lower the lower end of the 95 % interval of the difference; null unless both are shares of what patients did, the earlier
 *     over before the later begins
 * @param upper its upper end; null with {@code lower}
 */
public record ReferenceComparison(
        ReferenceFigure current,
        @Nullable ReferenceFigure before,
        @Nullable BigDecimal configured,
        long conversionDays,
        @Nullable BigDecimal difference,
        @Nullable BigDecimal relativeChange,
        @Nullable Double lower,
        @Nullable Double upper) {

    /** Refuses a missing figure of the period. */
    public ReferenceComparison {
        Objects.requireNonNull(current, "current");
    }
}
