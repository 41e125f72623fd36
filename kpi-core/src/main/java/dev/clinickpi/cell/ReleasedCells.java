package dev.clinickpi.cell;

import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Span;
import java.time.YearMonth;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What figures about people are computed from: the cells that publication has released, and the spans over which they may be summed. A figure that was
 * computed from anything else could be subtracted from one that was released. Immutable; safe for use by many threads.
 *
 * <p>Volumes are not among them: they are read from the clinic's cells as they stand.
 */
public interface ReleasedCells {

    /** The released cells of every measure that is about people, conversations among them. */
    Cells cells();

    /**
     * What a figure may cover of what was asked for, shortened at both ends to where its people may be told apart.
     *
     * @param population the measure whose people the figure is judged by
     * @param asked what its refresh lets it cover
     * @return null when nothing of it may be shown yet
     */
    @Nullable
    Coverage snap(Measure population, Coverage asked);

    /** Whether a measure may be summed over a span. */
    boolean covers(Measure measure, Span span);

    /** Whether what happened before an instant may be told from what happened after it. */
    boolean isBorder(Measure measure, long epochMillis);

    /**
     * The rows that a measure's labels split a figure into.
     *
     * @param span what the figure covers
     * @return null when no row may be shown yet
     */
    @Nullable
    Rows rows(Measure measure, Span span);

    /** Whether figures of a span may be split by the hour of the day and week. */
    boolean splitsByHour(Measure measure, Span span);

    /**
     * Whether a figure may be split by the calendar month that a measure's {@linkplain Dimension#moment() moment} lies in, and this month shown.
     *
     * @param span what the figure covers
     */
    boolean showsMonth(Measure measure, Span span, YearMonth month);

    /**
     * Whether sums of money of a measure may be shown that are converted to a currency: each rate has people of its own behind it, and so have those amounts that
     * there is no rate for.
     *
     * @param span what the figure covers
     * @param of the cells that are summed
     */
    boolean showsConverted(Measure measure, Span span, Predicate<Dimension> of, String currency);

    /** Rows of a breakdown: they may cover less than their figure does. */
    interface Rows {

        /** What they cover. */
        Span span();

        /** What they are computed from. */
        Cells cells();

        /** Whether the row of a label may be shown. */
        boolean shows(String label);
    }

    /**
     * A clinic's cells as they stand, with nothing held back: for an installation that judges each request by itself, and for tests. It keeps nobody from
     * subtracting one answer from another.
     */
    static ReleasedCells unguarded(Cells cells) {
        return new UnguardedCells(cells);
    }
}
