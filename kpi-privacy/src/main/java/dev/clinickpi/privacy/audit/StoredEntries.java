package dev.clinickpi.privacy.audit;

import dev.clinickpi.access.AuditStore;
import java.io.IOException;
import java.util.List;

/** The entries that the records of a store make, page by page. */
final class StoredEntries {

    private static final int PAGE = 1_000;

    private final AuditStore store;

    StoredEntries(AuditStore store) {
        this.store = store;
    }

    /**
     * Goes on from a state through the entries behind it.
     *
     * @param size how many entries the log has at the end; {@link Long#MAX_VALUE} for all that there are
     * @return the state at the end, which has fewer entries if the store does
     * @throws AuditTamperedException if a record is missing from its place or makes no entry
     */
    LogState advance(LogState from, long size, Visitor visitor) throws IOException {
        LogState state = from;
        while (state.size() < size) {
            int wanted = (int) Math.min(PAGE, size - state.size());
            List<AuditStore.Entry> page = store.read(state.size() + 1, wanted);
            for (AuditStore.Entry stored : page) {
                AuditEntry entry = entry(state, stored);
                state = state.append(entry);
                visitor.visit(entry, state);
            }
            if (page.size() < wanted) {
                break;
            }
        }
        return state;
    }

    private static AuditEntry entry(LogState before, AuditStore.Entry stored) {
        long place = before.size() + 1;
        if (stored.number() != place) {
            throw new AuditTamperedException(
                    "The audit log has no record " + place + ": one was taken out or numbered anew");
        }
        try {
            return before.entry(stored.record());
        } catch (IllegalArgumentException e) {
            throw new AuditTamperedException(
                    "Record " + place + " of the audit log makes no entry: " + e.getMessage(), e);
        }
    }

    /** Is handed entries in their order. */
    @FunctionalInterface
    interface Visitor {

        /** An entry, and the log that ends with it. */
        void visit(AuditEntry entry, LogState state) throws IOException;
    }
}
