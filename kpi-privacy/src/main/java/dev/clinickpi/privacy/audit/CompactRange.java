package dev.clinickpi.privacy.audit;

import java.util.Arrays;

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
