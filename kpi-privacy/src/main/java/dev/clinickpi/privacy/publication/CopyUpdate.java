package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.time.LocalDays;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Brings the released copy of a clinic up to date: restates blocks in which enough people have changed, at most once a local day, and cuts new ones. Once
 * released, a cell changes in no other way.
 */
final class CopyUpdate {

    private static final List<Measure> BY_VERTICAL = List.of(Measure.CONVERSATIONS, Measure.CONVERTED);
    private static final List<Measure> BY_SERVICE = List.of(Measure.SERVICE_MENTIONS);
    private static final List<Measure> BY_MONTH = List.of(Measure.RETAINED, Measure.COHORT_VALUE);

    private final CopyState state;
    private final Cells cells;
    private final long asOf;
    private final Rules rules;
    private final LocalDays days;
    private boolean isChanged;

    /** The update of a copy; {@code cells} are the clinic's cells as they stand at {@code asOf}, in epoch milliseconds. */
    CopyUpdate(CopyState state, Cells cells, long asOf, Rules rules) {
        this.state = state;
        this.cells = cells;
        this.asOf = asOf;
        this.rules = rules;
        this.days = cells.localDays();
    }

    /** Releases and restates what is due, and says whether anything was. */
    boolean run() {
        long today = days.of(asOf);
        boolean isNewDay = today > state.restatedOn;
        if (isNewDay) {
            for (Stratum stratum : Stratum.values()) {
                restate(stratum);
            }
            restateServices();
            restateMonths();
            state.restatedOn = today;
        }
        for (Stratum stratum : Stratum.values()) {
            cut(stratum);
        }
        releaseMonths();
        if (isChanged || isNewDay) {
            cutVerticals();
            cutServices();
        }
        state.asOf = Math.max(state.asOf, asOf);
        return isChanged;
    }

    private void cut(Stratum stratum) {
        Grid before = state.grid(stratum);
        Stratum within = stratum.within();
        long[] marks = within == null
                ? Cutting.days(stratum, cells, before, asOf)
                : state.grid(within).borders();
        Cells from = stratum.isKeptByOther() ? state.totals : cells;
        Grid after = new Cutting(stratum, from, rules.inBlock()).extend(before, marks);
        if (after.blocks() == before.blocks()) {
            return;
        }
        state.grids.put(stratum, after);
        long first = before.isEmpty() ? after.last() : before.first();
        long last = before.isEmpty() ? after.last() : before.last();
        copy(stratum, after.first(), first);
        copy(stratum, last, after.last());
        isChanged = true;
    }

    private void copy(Stratum stratum, long from, long to) {
        changes(stratum.kept(), from, to).applyTo(state.totals);
        if (stratum == Stratum.ONBOARDED) {
            copyMonths(from, to, 0, state.monthsEnd);
        }
    }

    private void restate(Stratum stratum) {
        Grid grid = state.grid(stratum);
        for (int block = 0; block < grid.blocks(); block++) {
            restate(stratum, grid.from(block), grid.to(block));
        }
    }

    private void restate(Stratum stratum, long from, long to) {
        if (stratum == Stratum.CONVERSATIONS) {
            restateConversations(from, to);
            return;
        }
        Changes changes = changes(stratum.kept(), from, to);
        if (rules.isDue(changes)) {
            changes.applyTo(state.totals);
            isChanged = true;
        }
    }

    private Changes changes(List<Measure> measures, long from, long to) {
        return Changes.between(state.totals, cells, measures, from, to, dimension -> true);
    }

    private void restateConversations(long from, long to) {
        ConversationChanges figures = new ConversationChanges(state.totals, cells, from, to, rules);
        Changes volume = changes(BY_VERTICAL.subList(0, 1), from, to);
        // A share must not come to be of fewer conversations than it counts.
        if (figures.due().isEmpty() || (volume.takeAway() && !figures.areAllDue())) {
            return;
        }
        Set<Integer> converting = new HashSet<>(figures.converting());
        converting.addAll(volume.people());
        Map<String, Set<Integer>> labels = new HashMap<>();
        RowCutting.collectLabels(state.totals, from, to, labels);
        figures.due().forEach(changes -> changes.applyTo(state.totals));
        volume.applyTo(state.totals);
        RowCutting.collectLabels(state.totals, from, to, labels);
        isChanged = true;
        if (!converting.isEmpty()) {
            restateVerticals(from, labels, converting);
        }
    }

    /** A row may be restated as soon as what changed since it was last can no more be told apart than what it was made of. */
    private void restateVerticals(long at, Map<String, Set<Integer>> labels, Set<Integer> changed) {
        for (RowBlock rows : state.verticals) {
            if (rows.contains(at)) {
                Map<String, Set<Integer>> step = new TreeMap<>();
                labels.forEach((label, people) -> {
                    Set<Integer> ofLabel = new HashSet<>(people);
                    ofLabel.retainAll(changed);
                    if (!ofLabel.isEmpty()) {
                        step.put(label, ofLabel);
                    }
                });
                rows.changes().add(step);
                if (rules.allows(new RowGraph(rows.changes(), rules.inRow()), rows.shown())) {
                    copyVerticals(rows);
                    rows.changes().clear();
                }
            }
        }
    }

    private void cutVerticals() {
        List<RowBlock> cut = new RowCutting(state, days, rules).cut(asOf);
        for (RowBlock rows : cut) {
            state.verticals.add(rows);
            copyVerticals(rows);
            isChanged = true;
        }
    }

    private void copyVerticals(RowBlock rows) {
        for (RowBlock.Part part : rows.parts()) {
            Changes.between(state.rows, state.totals, BY_VERTICAL, part.from(), part.to(), of -> true)
                    .applyTo(state.rows);
        }
    }

    /** The borders that row blocks may be cut at: behind the last of them, and before the first. */
    private static List<long[]> open(List<RowBlock> blocks, Grid grid) {
        if (grid.blocks() == 0) {
            return List.of();
        }
        long last = blocks.stream().mapToLong(RowBlock::to).max().orElse(grid.first());
        long first = blocks.stream().mapToLong(RowBlock::from).min().orElse(grid.first());
        return List.of(grid.between(Long.MIN_VALUE, first), grid.between(last, Long.MAX_VALUE));
    }

    private void cutServices() {
        Grid grid = state.grid(Stratum.CONVERSATIONS);
        for (long[] open : open(state.services, grid)) {
            int first = 0;
            for (int end = 1; end < open.length; end++) {
                long from = open[first];
                long to = open[end];
                Map<String, Set<Integer>> rows = new HashMap<>();
                cells.people(Measure.SERVICE_MENTIONS, from, to, Dimension::label)
                        .forEach((label, people) ->
                                people.forEachHash(rows.computeIfAbsent(label, key -> new HashSet<>())::add));
                Set<String> shown = new HashSet<>(rows.keySet());
                shown.removeIf(label -> rows.getOrDefault(label, Set.of()).size() < rules.inRow());
                if (new RowGraph(List.of(rows), rules.inRow()).isMostIn(shown)
                        || end - first == RowCutting.MOST_BLOCKS) {
                    state.services.add(new RowBlock(List.of(new RowBlock.Part(from, to)), shown, List.of()));
                    copyServices(from, to, dimension -> true);
                    first = end;
                    isChanged = true;
                }
            }
        }
    }

    /** Services overlap, so that no total tells of one: each is restated for itself. */
    private void restateServices() {
        for (RowBlock block : state.services) {
            Cells copy = state.rows;
            Set<String> labels =
                    new HashSet<>(copy.counts(Measure.SERVICE_MENTIONS, block.from(), block.to(), Dimension::label)
                            .keySet());
            labels.addAll(cells.counts(Measure.SERVICE_MENTIONS, block.from(), block.to(), Dimension::label)
                    .keySet());
            for (String label : labels) {
                Changes changes = Changes.between(
                        copy,
                        cells,
                        BY_SERVICE,
                        block.from(),
                        block.to(),
                        dimension -> dimension.label().equals(label));
                if (rules.isDue(changes)) {
                    changes.applyTo(state.rows);
                    isChanged = true;
                }
            }
        }
    }

    private void copyServices(long from, long to, Predicate<Dimension> of) {
        Changes.between(state.rows, cells, BY_SERVICE, from, to, of).applyTo(state.rows);
    }

    /** What patients do in a month that is over is something that nothing was said of before. */
    private void releaseMonths() {
        long end = monthOf(days.of(asOf));
        if (end <= state.monthsEnd) {
            return;
        }
        Grid grid = state.grid(Stratum.ONBOARDED);
        if (!grid.isEmpty()) {
            copyMonths(grid.first(), grid.last(), state.monthsEnd, end);
        }
        state.monthsEnd = end;
        isChanged = true;
    }

    private void copyMonths(long from, long to, long first, long end) {
        for (Measure measure : BY_MONTH) {
            Changes.between(state.totals, cells, List.of(measure), from, to, dimension -> {
                        long month = month(measure, dimension);
                        return first <= month && month < end;
                    })
                    .applyTo(state.totals);
        }
    }

    private void restateMonths() {
        Grid grid = state.grid(Stratum.ONBOARDED);
        for (int block = 0; block < grid.blocks(); block++) {
            for (Measure measure : BY_MONTH) {
                restateMonths(measure, grid.from(block), grid.to(block));
            }
        }
    }

    private void restateMonths(Measure measure, long from, long to) {
        Set<Long> months = new HashSet<>();
        for (Cells source : List.of(cells, (Cells) state.totals)) {
            source.readBySlice(measure, from, to, (slice, dimension, cell) -> months.add(month(measure, dimension)));
        }
        for (long month : months) {
            if (month < state.monthsEnd) {
                Changes changes = Changes.between(
                        state.totals,
                        cells,
                        List.of(measure),
                        from,
                        to,
                        dimension -> month(measure, dimension) == month);
                if (rules.isDue(changes)) {
                    changes.applyTo(state.totals);
                    isChanged = true;
                }
            }
        }
    }

    static long month(Measure measure, Dimension dimension) {
        return measure == Measure.RETAINED ? dimension.moment() : monthOf(dimension.moment());
    }

    private static long monthOf(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).getLong(ChronoField.PROLEPTIC_MONTH);
    }
}
