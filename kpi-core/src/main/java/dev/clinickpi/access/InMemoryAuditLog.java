package dev.clinickpi.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An audit log that ends with the process: for tests, demonstrations and hosts that keep no figures. */
public final class InMemoryAuditLog implements AuditStore {

    private final List<AuditRecord> records = new ArrayList<>();

    InMemoryAuditLog() {}

    @Override
    public void write(AuditRecord record) {
        Objects.requireNonNull(record, "record");
        synchronized (records) {
            records.add(record);
        }
    }

    @Override
    public List<Entry> read(long from, int limit) {
        AuditStore.requireRange(from, limit);
        synchronized (records) {
            List<Entry> page = new ArrayList<>();
            for (long number = from; number <= records.size() && page.size() < limit; number++) {
                page.add(new Entry(number, records.get((int) number - 1)));
            }
            return page;
        }
    }

    /** The records so far, in the order that they were written. */
    public List<AuditRecord> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }
}
