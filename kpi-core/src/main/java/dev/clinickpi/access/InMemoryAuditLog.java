package dev.clinickpi.access;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An audit log that ends with the process: for tests, demonstrations and hosts that keep no figures. */
public final class InMemoryAuditLog implements AuditLog {

    private final Queue<AuditRecord> records = new ConcurrentLinkedQueue<>();

    InMemoryAuditLog() {}

    @Override
    public void write(AuditRecord record) {
        records.add(record);
    }

    /** The records so far, in the order that they were written. */
    public List<AuditRecord> records() {
        return List.copyOf(records);
    }
}
