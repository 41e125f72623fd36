package dev.clinickpi.privacy.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * That an entry is in a log, for whoever has a head of it and none of the other entries (RFC 9162, section 2.1.3).
 *
 * @param entry the entry, in its canonical form
 * @param number its place in the log, from 1 on
 * @param size how many entries the log has that it is proved to be in
 * @param path the roots of the subtrees beside the way from the entry to the root, from below: log₂ of the size at most
 */
public record InclusionProof(String entry, long number, long size, List<MerkleHash> path) {

    /** Copies the path. */
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether it proves that the entry is in the log that a head is of. The head's own signature is for {@link SignedTreeHead#isSignedBy} to look at. */
    public boolean holdsUnder(SignedTreeHead head) {
        MerkleHash leaf = MerkleHash.ofLeaf(entry.getBytes(StandardCharsets.UTF_8));
        return size == head.size() && MerklePath.includes(number - 1, size, leaf, path, head.root());
    }
}
