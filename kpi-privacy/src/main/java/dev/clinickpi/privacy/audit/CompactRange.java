package dev.clinickpi.privacy.audit;

import java.util.Arrays;
import java.util.List;

/**
 * As much of a Merkle tree as its root and its growth depend on: the roots of the complete subtrees that it is made of, the largest first, one for each
 * bit that is set in the number of its entries. Appending an entry costs one hash on average and log₂ n at most; it never changes.
 */
final class CompactRange {

    static final CompactRange EMPTY = new CompactRange(0, new MerkleHash[0]);

    private final long size;
    private final MerkleHash[] subtrees;

    private CompactRange(long size, MerkleHash[] subtrees) {
        this.size = size;
        this.subtrees = subtrees;
    }

    /**
     * The tree of these subtrees.
     *
     * @throws IllegalArgumentException if a tree of that size is made of more or fewer
     */
    static CompactRange of(long size, List<MerkleHash> subtrees) {
        if (subtrees.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a tree of " + size + " entries is made of " + Long.bitCount(size)
                    + " complete ones, and " + subtrees.size() + " are given");
        }
        return new CompactRange(size, subtrees.toArray(MerkleHash[]::new));
    }

    /** The roots of its complete subtrees, the largest first. */
    List<MerkleHash> subtrees() {
        return List.of(subtrees);
    }

    /** How many entries it stands for. */
    long size() {
        return size;
    }

    CompactRange append(MerkleHash leaf) {
        // Each trailing 1 of the size is a complete subtree as large as what has been joined so far.
        int joined = Long.numberOfTrailingZeros(~size);
        MerkleHash last = leaf;
        for (int i = 0; i < joined; i++) {
            last = MerkleHash.ofNode(subtrees[subtrees.length - 1 - i], last);
        }
        MerkleHash[] grown = Arrays.copyOf(subtrees, subtrees.length - joined + 1);
        grown[grown.length - 1] = last;
        return new CompactRange(size + 1, grown);
    }

    /** The Merkle tree hash of the entries. */
    MerkleHash root() {
        if (subtrees.length == 0) {
            return MerkleHash.EMPTY;
        }
        MerkleHash root = subtrees[subtrees.length - 1];
        for (int i = subtrees.length - 2; i >= 0; i--) {
            root = MerkleHash.ofNode(subtrees[i], root);
        }
        return root;
    }
}
