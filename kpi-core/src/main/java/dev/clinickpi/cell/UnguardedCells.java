package dev.clinickpi.cell;

import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Span;
import java.time.YearMonth;
import java.util.function.Predicate;

/** Cells as they stand, of whatever span. */
record UnguardedCells(Cells cells) implements ReleasedCells {

    @Override
    public Coverage snap(Measure population, Coverage asked) {
        return asked;
    }

    @Override
    public boolean covers(Measure measure, Span span) {
        return true;
    }

    @Override
    public boolean isBorder(Measure measure, long epochMillis) {
        return true;
    }

    @Override
    public Rows rows(Measure measure, Span span) {
        return new AllRows(cells, span);
    }

    @Override
    public boolean splitsByHour(Measure measure, Span span) {
        return true;
    }

    @Override
    public boolean showsMonth(Measure measure, Span span, YearMonth month) {
        return true;
    }

    @Override
    public boolean showsConverted(Measure measure, Span span, Predicate<Dimension> of, String currency) {
        return true;
    }

    private record AllRows(Cells cells, Span span) implements Rows {

        @Override
        public boolean shows(String label) {
            return true;
        }
    }
}
