package dev.clinickpi.example.cli;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;

/** What an audit log is filled with: one read a second, which are numbered. */
final class AuditRecords {

    static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");

    private AuditRecords() {}

    /** Writes those from a number to another, which is the last. */
    static void write(AuditLog log, int from, int to) {
        for (int number = from; number <= to; number++) {
            log.write(new AuditRecord(
                    BEGIN.plusSeconds(number),
                    "ana",
                    Role.CLINIC_ADMIN,
                    AuditRecord.Action.READ_FIGURES,
                    ClinicId.of("sol"),
                    "report " + number));
        }
    }
}
