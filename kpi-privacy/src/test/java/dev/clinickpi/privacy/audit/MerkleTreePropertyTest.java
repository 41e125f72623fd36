package dev.clinickpi.privacy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tree, its paths and their verification against the recursive definition. */
class MerkleTreePropertyTest {

    @Property(tries = 300)
    void theRootIsTheRecursiveOneAtEverySize(@ForAll("entries") List<byte[]> entries) {
        CompactRange tree = CompactRange.EMPTY;
        for (int size = 0; size <= entries.size(); size++) {
            assertThat(tree.root()).hasToString(RecursiveTree.hex(RecursiveTree.hash(entries.subList(0, size))));
            assertThat(tree.size()).isEqualTo(size);
            if (size < entries.size()) {
                tree = tree.append(MerkleHash.ofLeaf(entries.get(size)));
            }
        }
    }

    /** Every entry of every tree up to 40: all shapes that a path can have there. */
    @Test
    void everyInclusionPathIsTheRecursiveOneAndHolds() {
        for (int size = 1; size <= 40; size++) {
            List<byte[]> entries = numbered(size);
            MerkleHash root = root(entries);
            for (int index = 0; index < size; index++) {
                List<MerkleHash> path = roots(MerklePath.ofInclusion(index, size), entries);
                assertThat(texts(path)).isEqualTo(hexes(RecursiveTree.path(index, entries)));
                for (int claimed = 0; claimed < size; claimed++) {
                    assertThat(MerklePath.includes(claimed, size, leaf(entries, index), path, root))
                            .as("%d as %d of %d", index, claimed, size)
                            .isEqualTo(claimed == index);
                }
            }
        }
    }

    @Test
    void everyConsistencyPathIsTheRecursiveOneAndHolds() {
        for (int second = 1; second <= 40; second++) {
            List<byte[]> entries = numbered(second);
            for (int first = 1; first <= second; first++) {
                List<MerkleHash> path = roots(MerklePath.ofConsistency(first, second), entries);
                assertThat(texts(path)).isEqualTo(hexes(RecursiveTree.proof(first, entries)));
                assertThat(MerklePath.isConsistent(first, second, root(entries.subList(0, first)), root(entries), path))
                        .isTrue();
            }
        }
    }

    /** No path, however long or short, with one hash changed, left out, doubled or moved, proves what a sound one does. */
    @Property(tries = 1_000)
    void aChangedInclusionPathDoesNotHold(
            @ForAll @IntRange(min = 2, max = 70) int size, @ForAll int place, @ForAll long seed) {
        List<byte[]> entries = numbered(size);
        int index = Math.floorMod(place, size);
        List<MerkleHash> path = roots(MerklePath.ofInclusion(index, size), entries);
        MerkleHash root = root(entries);
        MerkleHash leaf = leaf(entries, index);

        for (List<MerkleHash> changed : changes(path, seed)) {
            assertThat(MerklePath.includes(index, size, leaf, changed, root)).isFalse();
        }
        assertThat(MerklePath.includes(index, size, MerkleHash.ofLeaf(new byte[] {9, 9}), path, root))
                .isFalse();
        assertThat(MerklePath.includes(index, size, leaf, path, leaf)).isFalse();
        assertThat(MerklePath.includes(-1, size, leaf, path, root)).isFalse();
        assertThat(MerklePath.includes(size, size, leaf, path, root)).isFalse();
    }

    @Property(tries = 1_000)
    void aChangedConsistencyPathDoesNotHold(
            @ForAll @IntRange(min = 2, max = 70) int second, @ForAll int place, @ForAll long seed) {
        List<byte[]> entries = numbered(second);
        int first = 1 + Math.floorMod(place, second - 1);
        List<MerkleHash> path = roots(MerklePath.ofConsistency(first, second), entries);
        MerkleHash old = root(entries.subList(0, first));
        MerkleHash grown = root(entries);

        for (List<MerkleHash> changed : changes(path, seed)) {
            assertThat(MerklePath.isConsistent(first, second, old, grown, changed))
                    .isFalse();
        }
        assertThat(MerklePath.isConsistent(first, second, grown, grown, path)).isFalse();
        assertThat(MerklePath.isConsistent(first, second, old, old, path)).isFalse();
        assertThat(MerklePath.isConsistent(second, first, grown, old, path)).isFalse();
        assertThat(MerklePath.isConsistent(-1, second, old, grown, path)).isFalse();
    }

    @Test
    void everyTreeBeginsWithTheEmptyOneAndWithItself() {
        MerkleHash root = root(numbered(5));
        assertThat(MerklePath.isConsistent(0, 5, MerkleHash.EMPTY, root, List.of()))
                .isTrue();
        assertThat(MerklePath.isConsistent(0, 5, root, root, List.of())).isFalse();
        assertThat(MerklePath.isConsistent(0, 5, MerkleHash.EMPTY, root, List.of(root)))
                .isFalse();
        assertThat(MerklePath.isConsistent(5, 5, root, root, List.of())).isTrue();
        assertThat(MerklePath.isConsistent(5, 5, root, MerkleHash.EMPTY, List.of()))
                .isFalse();
        assertThat(MerklePath.isConsistent(5, 5, root, root, List.of(root))).isFalse();
    }

    private static List<List<MerkleHash>> changes(List<MerkleHash> path, long seed) {
        Random random = new Random(seed);
        MerkleHash other = MerkleHash.ofLeaf(new byte[] {(byte) random.nextInt(), 1, 2});
        List<List<MerkleHash>> changes = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            List<MerkleHash> changed = new ArrayList<>(path);
            changed.set(i, other);
            changes.add(changed);
            List<MerkleHash> shorter = new ArrayList<>(path);
            shorter.remove(i);
            changes.add(shorter);
            if (i > 0) {
                List<MerkleHash> moved = new ArrayList<>(path);
                moved.set(i, path.get(i - 1));
                moved.set(i - 1, path.get(i));
                changes.add(moved);
            }
        }
        for (int i = 0; i <= path.size(); i++) {
            List<MerkleHash> longer = new ArrayList<>(path);
            longer.add(i, path.isEmpty() || random.nextBoolean() ? other : path.get(random.nextInt(path.size())));
            changes.add(longer);
        }
        return changes;
    }

    @Provide
    Arbitrary<List<byte[]>> entries() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(8).list().ofMaxSize(70);
    }

    private static List<byte[]> numbered(int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(new byte[] {(byte) i});
        }
        return entries;
    }

    private static MerkleHash leaf(List<byte[]> entries, int index) {
        return MerkleHash.ofLeaf(entries.get(index));
    }

    private static MerkleHash root(List<byte[]> entries) {
        return MerkleHash.parse(RecursiveTree.hex(RecursiveTree.hash(entries)));
    }

    private static List<MerkleHash> roots(List<MerklePath.Span> spans, List<byte[]> entries) {
        SubtreeRoots roots = new SubtreeRoots(spans);
        for (int i = 0; i < entries.size(); i++) {
            roots.add(i, leaf(entries, i));
        }
        return roots.roots();
    }

    private static List<String> texts(List<MerkleHash> hashes) {
        return hashes.stream().map(MerkleHash::toString).toList();
    }

    private static List<String> hexes(List<byte[]> hashes) {
        return hashes.stream().map(RecursiveTree::hex).toList();
    }
}
