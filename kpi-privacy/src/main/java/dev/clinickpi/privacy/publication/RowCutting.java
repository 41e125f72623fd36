package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.time.LocalDays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts blocks of conversations together of which rows by vertical may be shown. Which blocks go together is free, as long as none is in two row blocks: row blocks then
 * have nobody's conversation in common, so that what can be had from all of them is what can be had from each. A block that rows may be shown of by itself stays by itself,
 * and is a day where the clinic is busy. The others of a week go together once it is over. What has too few then goes with what is left of later weeks, so that it
 * costs those none of theirs.
 */
final class RowCutting {

    /** Rows that are too rare to be shown by then keep the others waiting no longer. */
    static final int MOST_BLOCKS = 64;

    private static final int DAYS_IN_WEEK = 7;

    /** The first day of all lies in a week that began three days before. */
    private static final int INTO_WEEK = 3;

    private final CopyState state;
    private final LocalDays days;
    private final Rules rules;
    private final List<RowBlock> cut = new ArrayList<>();
    private final List<RowBlock.Part> ofWeek = new ArrayList<>();
    private final List<RowBlock.Part> left = new ArrayList<>();

    RowCutting(CopyState state, LocalDays days, Rules rules) {
        this.state = state;
        this.days = days;
        this.rules = rules;
    }

    /**
     * What can be put together by now of what is in no row block.
     *
     * @param asOf the moment, in epoch milliseconds
     */
    List<RowBlock> cut(long asOf) {
        long week = Long.MIN_VALUE;
        for (RowBlock.Part block : open()) {
            long first = week(block.from());
            if (first != week) {
                endWeek();
                week = first;
            }
            if (isCut(List.of(block))) {
                continue;
            }
            if (week(block.to() - 1) == first) {
                ofWeek.add(block);
            } else {
                // What it goes with is in no week either.
                endWeek();
                leave(block);
            }
        }
        if (week(asOf) > week) {
            endWeek();
        }
        return cut;
    }

    /** Most of the week, from its beginning on, goes together; the rest is left. */
    private void endWeek() {
        for (int blocks = ofWeek.size(); blocks > 0; blocks--) {
            if (isCut(ofWeek.subList(0, blocks))) {
                ofWeek.subList(0, blocks).clear();
                break;
            }
        }
        ofWeek.forEach(this::leave);
        ofWeek.clear();
    }

    private void leave(RowBlock.Part block) {
        left.add(block);
        if (isCut(left)) {
            left.clear();
        }
    }

    private boolean isCut(List<RowBlock.Part> blocks) {
        RowGraph graph = graph(blocks);
        Set<String> shown = rules.shown(graph);
        boolean isDue = graph.isMostIn(shown) || blocks.size() == MOST_BLOCKS;
        if (isDue) {
            cut.add(new RowBlock(blocks, shown, List.of()));
        }
        return isDue;
    }

    /** The blocks that are in no row block, but for those of nobody, who needs none. */
    private List<RowBlock.Part> open() {
        Grid grid = state.grid(Stratum.CONVERSATIONS);
        List<RowBlock.Part> open = new ArrayList<>();
        for (int i = 0; i < grid.blocks(); i++) {
            long from = grid.from(i);
            long to = grid.to(i);
            boolean isIn = state.verticals.stream().anyMatch(rows -> rows.contains(from));
            if (!isIn && state.totals.count(Measure.CONVERSATIONS, from, to) > 0) {
                open.add(new RowBlock.Part(from, to));
            }
        }
        return open;
    }

    private long week(long at) {
        return Math.floorDiv(days.of(at) + INTO_WEEK, DAYS_IN_WEEK);
    }

    private RowGraph graph(List<RowBlock.Part> blocks) {
        List<Map<String, Set<Integer>>> people = new ArrayList<>();
        for (RowBlock.Part block : blocks) {
            Map<String, Set<Integer>> labels = new HashMap<>();
            collectLabels(state.totals, block.from(), block.to(), labels);
            people.add(labels);
        }
        return new RowGraph(people, rules.inRow());
    }

    static void collectLabels(Cells from, long begin, long end, Map<String, Set<Integer>> labels) {
        from.people(Measure.CONVERSATIONS, begin, end, Dimension::label)
                .forEach((label, people) ->
                        people.forEachHash(labels.computeIfAbsent(label, key -> new HashSet<>())::add));
    }
}
