package dev.clinickpi.privacy.audit;

import java.util.List;

/**
 * That a log begins with all entries that it had before, unchanged, for whoever has two heads of it and none of the entries (RFC 9162, section 2.1.4).
 *
 * @param first how many entries the log had
 * @param second how many it has
 * @param path the roots of subtrees that both roots follow from: log₂ of the size and one at most
 */
public record ConsistencyProof(long first, long second, List<MerkleHash> path) {

    /** Copies the path. */
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Whether it proves that the log of the later head begins with that of the earlier one. Their signatures are for {@link SignedTreeHead#isSignedBy} to look at. */
    public boolean holdsBetween(SignedTreeHead earlier, SignedTreeHead later) {
        return first == earlier.size()
                && second == later.size()
                && MerklePath.isConsistent(first, second, earlier.root(), later.root(), path);
    }
}
