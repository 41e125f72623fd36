package dev.clinickpi.privacy.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The roots of some subtrees, from leaves that come in their order. */
final class SubtreeRoots {

    private final List<MerklePath.Span> spans;
    private final List<CompactRange> subtrees;

    /** @param spans the subtrees, none within another */
    SubtreeRoots(List<MerklePath.Span> spans) {
        this.spans = spans;
        this.subtrees = new ArrayList<>(Collections.nCopies(spans.size(), CompactRange.EMPTY));
    }

    void add(long index, MerkleHash leaf) {
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).contains(index)) {
                subtrees.set(i, subtrees.get(i).append(leaf));
                return;
            }
        }
    }

    List<MerkleHash> roots() {
        return subtrees.stream().map(CompactRange::root).toList();
    }
}
