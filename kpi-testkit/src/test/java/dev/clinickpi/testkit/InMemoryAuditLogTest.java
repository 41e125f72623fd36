package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAuditLogTest implements AuditStoreContract {

    @Override
    public AuditStore newAuditLog() {
        return AuditLog.inMemory();
    }

    @Test
    void aListOfItsRecordsDoesNotGrowWithIt() {
        InMemoryAuditLog log = AuditLog.inMemory();
        AuditRecord record = new AuditRecord(
                Samples.AT, "ana", Role.CLINIC_ADMIN, AuditRecord.Action.READ_FIGURES, Samples.SOL.id(), "");
        log.write(record);
        List<AuditRecord> then = log.records();
        log.write(record);

        assertThat(then).containsExactly(record);
        assertThat(log.records()).containsExactly(record, record);
    }
}
