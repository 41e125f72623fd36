package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.People;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Slice;
import dev.clinickpi.time.Span;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has been released of a clinic by a moment. Figures end at the borders of their stratum's blocks; before the first and behind the last one a stretch in
 * which nobody at all is known is as good as released, since nobody is no secret, but as a whole or not at all: which of its days are empty is. Behind the
 * last one it ends with yesterday: that there was nobody yet today would, by the minute, become that there was somebody.
 */
final class ReleasedCopy implements ReleasedCells {

    private final Map<Stratum, Grid> grids;
    private final Cells totals;
    private final Cells rows;
    private final List<RowBlock> verticals;
    private final List<RowBlock> services;
    private final long monthsEnd;
    private final Cells live;
    private final long today;
    private final Rules rules;

    /** @param asOf the moment that {@code live} are the clinic's cells of, in epoch milliseconds */
    ReleasedCopy(CopyState state, Cells live, long asOf, Rules rules) {
        this.grids = new EnumMap<>(state.grids);
        this.totals = state.totals.snapshot();
        this.rows = state.rows.snapshot();
        this.verticals = inOrder(state.verticals);
        this.services = inOrder(state.services);
        this.monthsEnd = state.monthsEnd;
        this.live = live;
        this.today = live.localDays().start(live.localDays().of(asOf));
        this.rules = rules;
    }

    private static List<RowBlock> inOrder(List<RowBlock> blocks) {
        return blocks.stream()
                .map(block -> new RowBlock(block.parts(), block.shown(), List.of()))
                .sorted(Comparator.comparingLong(RowBlock::from))
                .toList();
    }

    @Override
    public Cells cells() {
        return totals;
    }

    @Override
    public @Nullable Coverage snap(Measure population, Coverage asked) {
        Stratum stratum = Stratum.judgedBy(population);
        if (stratum == null) {
            return null;
        }
        if (asked.isEmpty()) {
            return asked;
        }
        Long from = ceiling(stratum, asked.span().from().toEpochMilli());
        Long to = floor(stratum, asked.span().to().toEpochMilli());
        if (from == null || to == null || from > to) {
            return null;
        }
        Span span = span(from, to);
        boolean isWhole = span.equals(asked.span()) && (!asked.endIncluded() || isNobodyToday(stratum));
        return isWhole ? asked : within(stratum, span);
    }

    /**
     * What is left of a period is nothing to answer with where nobody is in it: it would seem that nobody is in the period. Unless what is left is all of it but
     * today.
     */
    private @Nullable Coverage within(Stratum stratum, Span span) {
        boolean isAnswer =
                (!span.isEmpty() && span.to().toEpochMilli() == today) || count(stratum.population(), span) > 0;
        return isAnswer ? new Coverage(span, false, true) : null;
    }

    private Grid grid(Stratum stratum) {
        return grids.getOrDefault(stratum, Grid.EMPTY);
    }

    /** The first instant, from one on, that facts before and after it may be told apart at. */
    private @Nullable Long ceiling(Stratum stratum, long at) {
        Long mark = stratum.within() == null ? Long.valueOf(at) : ceiling(stratum.within(), at);
        if (mark == null) {
            return null;
        }
        return isFree(stratum, mark) ? mark : grid(stratum).ceiling(mark);
    }

    /** The last instant, up to one, that facts before and after it may be told apart at. */
    private @Nullable Long floor(Stratum stratum, long at) {
        Long mark = stratum.within() == null ? Long.valueOf(at) : floor(stratum.within(), at);
        if (mark == null) {
            return null;
        }
        if (isFree(stratum, mark)) {
            return mark;
        }
        return mark > today && isFree(stratum, today)
                ? Long.valueOf(today)
                : grid(stratum).floor(mark);
    }

    /** Whether an instant lies in a stretch in which nobody is known. */
    private boolean isFree(Stratum stratum, long mark) {
        Grid grid = grid(stratum);
        boolean isBefore = grid.isEmpty() || mark < grid.first();
        boolean isBehind = grid.isEmpty() || mark > grid.last();
        long first = grid.isEmpty() ? today : grid.first();
        long last = grid.isEmpty() ? Slice.EARLIEST : grid.last();
        if (isBehind) {
            return isNobody(stratum, last, today) && (mark <= today || isNobodyToday(stratum));
        }
        return isBefore && isNobody(stratum, Slice.EARLIEST, first);
    }

    /** Whether everybody may know that nobody came today: of conversations, which are a volume, and of what is part of them. */
    private boolean isNobodyToday(Stratum stratum) {
        Stratum within = stratum;
        while (within.within() != null) {
            within = within.within();
        }
        return within == Stratum.CONVERSATIONS && isNobody(within, today, Slice.END);
    }

    private boolean isNobody(Stratum stratum, long from, long to) {
        return Cutting.isEmpty(stratum, stratum.isKeptByOther() ? totals : live, from, to);
    }

    @Override
    public boolean covers(Measure measure, Span span) {
        if (span.isEmpty()) {
            return true;
        }
        if (measure == Measure.RECOVERED_CONVERTED) {
            return covers(Measure.RECOVERED, span) && count(Measure.RECOVERED, span) == 0;
        }
        boolean isByMonth = measure == Measure.RETAINED || measure == Measure.COHORT_VALUE;
        Stratum stratum = isByMonth ? Stratum.ONBOARDED : Stratum.of(measure);
        return stratum != null && isBorder(stratum, span.from()) && isBorder(stratum, span.to());
    }

    private boolean isBorder(Stratum stratum, Instant at) {
        Long found = ceiling(stratum, at.toEpochMilli());
        return found != null && found == at.toEpochMilli();
    }

    @Override
    public boolean isBorder(Measure measure, long epochMillis) {
        Stratum stratum = Stratum.of(measure);
        return stratum != null && isBorder(stratum, Instant.ofEpochMilli(epochMillis));
    }

    @Override
    public boolean splitsByHour(Measure measure, Span span) {
        return count(Measure.CONVERSATIONS, span) == 0;
    }

    private long count(Measure measure, Span span) {
        return totals.count(measure, span.from().toEpochMilli(), span.to().toEpochMilli());
    }

    @Override
    public boolean showsMonth(Measure measure, Span span, YearMonth month) {
        long number = month.getLong(ChronoField.PROLEPTIC_MONTH);
        if (span.isEmpty()) {
            return true;
        }
        return number < monthsEnd
                && (measure == Measure.RETAINED || (measure == Measure.COHORT_VALUE && hasPayers(span, number)));
    }

    /** No total is shown that a cohort's sums of two blocks could be taken from, so each has to have enough payers, or nobody. */
    private boolean hasPayers(Span span, long month) {
        Grid grid = grid(Stratum.ONBOARDED);
        long[] borders = grid.between(span.from().toEpochMilli(), span.to().toEpochMilli());
        for (int i = 0; i + 1 < borders.length; i++) {
            People payers = totals.people(
                            Measure.COHORT_VALUE,
                            borders[i],
                            borders[i + 1],
                            dimension -> CopyUpdate.month(Measure.COHORT_VALUE, dimension))
                    .getOrDefault(month, new People());
            if (!payers.isEmpty() && payers.count() < rules.inRow()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Only what is in that currency already. An amount at another rate than its neighbours can be told from them by its last decimals, and one without a rate
     * counts among those who pay, though not in what they pay.
     */
    @Override
    public boolean showsConverted(Measure measure, Span span, Predicate<Dimension> of, String currency) {
        boolean[] isOther = {false};
        totals.read(
                measure,
                span.from().toEpochMilli(),
                span.to().toEpochMilli(),
                (day, dimension, cell) -> isOther[0] |=
                        of.test(dimension) && !dimension.currency().equals(currency));
        return !isOther[0];
    }

    @Override
    public @Nullable Rows rows(Measure measure, Span span) {
        List<RowBlock> blocks = measure == Measure.CONVERSATIONS
                ? verticals
                : measure == Measure.SERVICE_MENTIONS ? services : List.of();
        if (span.isEmpty() || count(Measure.CONVERSATIONS, span) == 0) {
            return new ShownRows(span, rows, Set.of());
        }
        long from = span.from().toEpochMilli();
        long to = span.to().toEpochMilli();
        RowBlock.Part whole = new WholeRows(totals, blocks, from, to).longest();
        if (whole == null) {
            return null;
        }
        List<RowBlock> inside = blocks.stream()
                .filter(block -> whole.from() <= block.from() && block.to() <= whole.to())
                .toList();
        Span covered = span(isNone(from, whole.from()) ? from : whole.from(), isNone(whole.to(), to) ? to : whole.to());
        return new ShownRows(covered, rows, withheld(measure, inside));
    }

    /** Whether nobody stands in what has been released of a stretch. */
    private boolean isNone(long from, long to) {
        return totals.count(Measure.CONVERSATIONS, from, to) == 0;
    }

    private Set<String> withheld(Measure measure, List<RowBlock> blocks) {
        Set<String> withheld = new HashSet<>();
        for (RowBlock block : blocks) {
            block.people(rows, measure).forEach((label, people) -> {
                boolean isShown = measure == Measure.SERVICE_MENTIONS
                        ? people.count() >= rules.inRow()
                        : block.shown().contains(label);
                if (!isShown && !people.isEmpty()) {
                    withheld.add(label);
                }
            });
        }
        return withheld;
    }

    private static Span span(long from, long to) {
        return new Span(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    private record ShownRows(Span span, Cells cells, Set<String> withheld) implements Rows {

        @Override
        public boolean shows(String label) {
            return !withheld.contains(label);
        }
    }
}
