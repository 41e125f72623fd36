package dev.clinickpi.example.embedding;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.jdbc.JdbcAuditStore;
import dev.clinickpi.jdbc.JdbcBenchmarkStore;
import dev.clinickpi.jdbc.JdbcCellStore;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.jdbc.JdbcPublicationStore;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import javax.sql.DataSource;

/** An engine over the host's database: the same in every container. */
public final class Engines {

    private Engines() {}

    /**
     * The engine of a process.
     *
     * @param database the host's pool, as the role {@code clinic_kpi_writer} of docs/database.md
     * @param auditDatabase a small pool of its own: records are written one after the other
     */
    // snippet: engine
    public static KpiEngine over(
            DataSource database,
            DataSource auditDatabase,
            JdbcEventLog events,
            ClinicDirectory clinics,
            KeyProvider keys) {
        return KpiEngine.builder()
                .directory(clinics)
                .events(events)
                .cells(JdbcCellStore.open(database))
                .audit(JdbcAuditStore.open(auditDatabase))
                .privacy(StandardPrivacy.with(
                        keys,
                        StandardPrivacy.LEAST_GROUP,
                        JdbcPublicationStore.open(database),
                        JdbcBenchmarkStore.open(database)))
                .build();
    }
    // end of snippet
}
