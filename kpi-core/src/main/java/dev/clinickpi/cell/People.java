package dev.clinickpi.cell;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The people behind a figure: a sparse map of 32-bit keyed patient hash to multiplicity. It adds and subtracts, so a correction takes back exactly
 * what it had put in; the smallest hashes alone would not do, since a retraction cannot bring back the one that was dropped. Two patients may share
 * a hash, so the number of people is never overcounted. Not safe for use by many threads while it changes.
 */
public final class People {

    private final SparseCounts hashes;

    /** Nobody. */
    public People() {
        this(new SparseCounts());
    }

    People(SparseCounts hashes) {
        this.hashes = hashes;
    }

    /** The 32-bit hash of a patient's 64-bit pseudonym. */
    public static int hash(long patient) {
        return (int) (patient ^ (patient >>> Integer.SIZE));
    }

    /** Adds a patient's hash {@code times} times; negative times take it back. */
    public void add(int hash, long times) {
        hashes.add(hash, times);
    }

    /** Adds other people {@code times} times; -1 subtracts them. */
    public void addAll(People other, long times) {
        hashes.addAll(other.hashes, times);
    }

    /** How many distinct people there are: those whose multiplicity is not 0. Never more than there really are. */
    public int count() {
        return hashes.size();
    }

    /** How many times somebody stands behind it; 0 for who does not. */
    public long times(int hash) {
        return hashes.of(hash);
    }

    /** How many times all of them stand behind it together. */
    public long total() {
        return hashes.total();
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** Hands over the keyed hash of each, once and in order: for a publication that has to tell who has changed. */
    public void forEachHash(IntConsumer consumer) {
        for (int i = 0; i < hashes.size(); i++) {
            consumer.accept(hashes.key(i));
        }
    }

    SparseCounts hashes() {
        return hashes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof People that && hashes.equals(that.hashes);
    }

    @Override
    public int hashCode() {
        return hashes.hashCode();
    }

    /** The number of people and nothing of who they are. */
    @Override
    public String toString() {
        return count() + " people";
    }
}
