package dev.clinickpi.privacy.publication;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.privacy.publication.RowBlock.Part;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rows can be summed over within a span: stretches in which everybody is in some row block that does not reach beyond. */
final class WholeRows {

    private final Cells totals;
    private final List<RowBlock> byEnd;

    WholeRows(Cells totals, List<RowBlock> blocks, long from, long to) {
        this.totals = totals;
        this.byEnd = blocks.stream()
                .filter(block -> from <= block.from() && block.to() <= to)
                .sorted(Comparator.comparingLong(RowBlock::to))
                .toList();
    }

    /** The longest of them, the first of several; null when there is none. */
    @Nullable
    Part longest() {
        if (byEnd.isEmpty()) {
            return null;
        }
        long origin = byEnd.stream().mapToLong(RowBlock::from).min().orElseThrow();
        Map<Long, Long> before = new HashMap<>();
        Map<RowBlock, Long> counts = new HashMap<>();
        for (RowBlock block : byEnd) {
            before.computeIfAbsent(block.from(), at -> count(new Part(origin, at)));
            before.computeIfAbsent(block.to(), at -> count(new Part(origin, at)));
            counts.put(block, block.parts().stream().mapToLong(this::count).sum());
        }
        Part longest = null;
        for (RowBlock begin : byEnd) {
            long from = begin.from();
            long in = 0;
            for (RowBlock end : byEnd) {
                if (end.from() >= from) {
                    in += counts.getOrDefault(end, 0L);
                    Part stretch = new Part(from, end.to());
                    boolean isWhole = in == before.getOrDefault(end.to(), 0L) - before.getOrDefault(from, 0L);
                    longest = isWhole && isBetter(stretch, longest) ? stretch : longest;
                }
            }
        }
        return longest;
    }

    private static boolean isBetter(Part stretch, @Nullable Part than) {
        return than == null
                || stretch.length() > than.length()
                || (stretch.length() == than.length() && stretch.from() < than.from());
    }

    private long count(Part part) {
        return totals.count(Measure.CONVERSATIONS, part.from(), part.to());
    }
}
