package dev.clinickpi.privacy.audit;

import java.util.ArrayList;
import java.util.List;

/** Paths through a Merkle tree, made and verified as RFC 9162, sections 2.1.3 and 2.1.4, has it. Entries are counted from 0 on, as there. */
final class MerklePath {

    private MerklePath() {}

    /** The entries of a subtree: from the first to the one before the last. */
    record Span(long from, long to) {

        boolean contains(long index) {
            return from <= index && index < to;
        }
    }

    /** The subtrees whose roots prove that an entry is in a tree, in the order of the path (section 2.1.3.1). */
    static List<Span> ofInclusion(long index, long size) {
        List<Span> path = new ArrayList<>();
        addInclusion(path, index, new Span(0, size));
        return path;
    }

    private static void addInclusion(List<Span> path, long index, Span tree) {
        if (tree.to() - tree.from() == 1) {
            return;
        }
        long middle = middle(tree);
        Span left = new Span(tree.from(), middle);
        Span right = new Span(middle, tree.to());
        boolean isLeft = index < middle;
        addInclusion(path, index, isLeft ? left : right);
        path.add(isLeft ? right : left);
    }

    /** The subtrees whose roots prove that a tree begins with the entries of a smaller one, in the order of the path (section 2.1.4.1). */
    static List<Span> ofConsistency(long first, long second) {
        List<Span> path = new ArrayList<>();
        if (first > 0) {
            addConsistency(path, first, new Span(0, second), true);
        }
        return path;
    }

    private static void addConsistency(List<Span> path, long first, Span tree, boolean isKnown) {
        if (first == tree.to()) {
            if (!isKnown) {
                path.add(tree);
            }
            return;
        }
        long middle = middle(tree);
        Span left = new Span(tree.from(), middle);
        Span right = new Span(middle, tree.to());
        if (first <= middle) {
            addConsistency(path, first, left, isKnown);
            path.add(right);
        } else {
            addConsistency(path, first, right, false);
            path.add(left);
        }
    }

    /** Where the right subtree begins: the left one has the largest power of two of entries that is less than all of them. */
    private static long middle(Span tree) {
        return tree.from() + Long.highestOneBit(tree.to() - tree.from() - 1);
    }

    /** Whether a path leads from a leaf to a root (section 2.1.3.2). */
    static boolean includes(long index, long size, MerkleHash leaf, List<MerkleHash> path, MerkleHash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        Climb climb = new Climb(index, size - 1);
        MerkleHash hash = leaf;
        for (MerkleHash sibling : path) {
            if (climb.isAtTop()) {
                return false;
            }
            hash = climb.hasLeftSibling() ? MerkleHash.ofNode(sibling, hash) : MerkleHash.ofNode(hash, sibling);
            climb.up();
        }
        return climb.isAtTop() && hash.equals(root);
    }

    /** Whether a path shows that the tree of the second root begins with the entries of the first (section 2.1.4.2). */
    static boolean isConsistent(
            long first, long second, MerkleHash firstRoot, MerkleHash secondRoot, List<MerkleHash> path) {
        if (first < 0 || first > second) {
            return false;
        }
        if (first == second) {
            return path.isEmpty() && firstRoot.equals(secondRoot);
        }
        if (first == 0) {
            return path.isEmpty() && firstRoot.equals(MerkleHash.EMPTY);
        }
        return !path.isEmpty() && climbs(first, second, firstRoot, secondRoot, path);
    }

    private static boolean climbs(
            long first, long second, MerkleHash firstRoot, MerkleHash secondRoot, List<MerkleHash> path) {
        Climb climb = new Climb(first - 1, second - 1);
        climb.skipWhileRight();
        // A first tree that is a complete subtree of the second is where the path begins; it need not be told its root.
        boolean isComplete = Long.bitCount(first) == 1;
        MerkleHash old = isComplete ? firstRoot : path.get(0);
        MerkleHash grown = old;
        for (MerkleHash sibling : isComplete ? path : path.subList(1, path.size())) {
            if (climb.isAtTop()) {
                return false;
            }
            if (climb.hasLeftSibling()) {
                old = MerkleHash.ofNode(sibling, old);
                grown = MerkleHash.ofNode(sibling, grown);
            } else {
                grown = MerkleHash.ofNode(grown, sibling);
            }
            climb.up();
        }
        return climb.isAtTop() && old.equals(firstRoot) && grown.equals(secondRoot);
    }

    /** The way of a node to the root, beside that of the last node of its level. */
    private static final class Climb {

        private long node;
        private long last;

        Climb(long node, long last) {
            this.node = node;
            this.last = last;
        }

        boolean isAtTop() {
            return last == 0;
        }

        /** Whether the next sibling stands on the left. The last node of a level has no other. */
        boolean hasLeftSibling() {
            return isRight() || node == last;
        }

        void skipWhileRight() {
            while (isRight()) {
                step();
            }
        }

        void up() {
            // A last node without a sibling is its own parent until it has one.
            while (node == last && !isRight() && node != 0) {
                step();
            }
            step();
        }

        private boolean isRight() {
            return (node & 1) == 1;
        }

        private void step() {
            node >>= 1;
            last >>= 1;
        }
    }
}
