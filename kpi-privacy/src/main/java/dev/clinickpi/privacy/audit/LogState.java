package dev.clinickpi.privacy.audit;

import dev.clinickpi.access.AuditRecord;
import java.time.Instant;

/**
 * As much of a log as its next entry depends on. It never changes.
 *
 * @param tree the tree of its entries
 * @param at the time that the last one bears; {@link Instant#MIN} without one, or where an export begins behind it
 */
record LogState(CompactRange tree, Instant at) {

    static final LogState EMPTY = new LogState(CompactRange.EMPTY, Instant.MIN);

    long size() {
        return tree.size();
    }

    MerkleHash root() {
        return tree.root();
    }

    /** The entry that a record makes behind those that are there. */
    AuditEntry entry(AuditRecord record) {
        return AuditEntry.of(record, at);
    }

    /** Whether an entry's times are those that it has to have. Behind one that bears an unknown time they are whatever the entry says. */
    boolean allows(AuditEntry entry) {
        boolean isUnknown = size() > 0 && at.equals(Instant.MIN);
        return entry.follows(isUnknown ? entry.at() : at);
    }

    LogState append(AuditEntry entry) {
        return new LogState(tree.append(entry.leaf()), entry.at());
    }
}
