package dev.clinickpi.testkit;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.InMemoryAuditLog;
import java.util.List;

class InMemoryAuditLogTest implements AuditLogContract {

    @Override
    public AuditLog newAuditLog() {
        return AuditLog.inMemory();
    }

    @Override
    public List<AuditRecord> recordsOf(AuditLog log) {
        return ((InMemoryAuditLog) log).records();
    }
}
