package dev.clinickpi.access;

import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a principal did or was refused. Holds no figure and nothing of a patient.
 *
 * @param at when
 * @param principal the name of who
 * @param role what it was to the installation
 * @param action what
 * @param clinic which clinic it concerned; null for the whole installation
 * @param detail what exactly, such as the period of a report and a service role's reason
 */
public record AuditRecord(
        Instant at,
        String principal,
        Role role,
        Action action,
        @Nullable ClinicId clinic,
        String detail) {

    /** Refuses nulls. */
    public AuditRecord {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(detail, "detail");
    }

    /** What can be done. */
    public enum Action {
        /** A dashboard was opened. */
        OPEN_DASHBOARD,
        /** A dashboard was refused. */
        DASHBOARD_REFUSED,
        /** Figures were read. */
        READ_FIGURES,
        /** Figures are told of as they change, from now on. */
        WATCH_FIGURES,
        /** The reference data was replaced. */
        CHANGE_REFERENCE_DATA,
        /** The stored rows of a clinic were opened to a service role, in the database itself. */
        OPEN_TABLES,
        /** An audit trail was read. */
        READ_AUDIT_TRAIL,
        /** An audit trail was refused. */
        AUDIT_TRAIL_REFUSED,
        /** The benchmarks of a vertical were read, beside no clinic's figures. */
        READ_BENCHMARKS,
        /** The benchmarks of a vertical were refused. */
        BENCHMARKS_REFUSED,
        /** The benchmarks of a vertical and month were made, of what all its clinics have published, since somebody was the first to ask. */
        PUBLISH_BENCHMARKS,
        /** The whole audit log was exported. */
        EXPORT_AUDIT_LOG,
        /** A clinic's figures were opened to a service role, for a reason, until an expiry. */
        BREAK_GLASS,
        /** A service role was refused to whoever asked for it. */
        BREAK_GLASS_REFUSED,
        /** A service role ended before its expiry. */
        END_BREAK_GLASS,
        /** Events were taken in from a source, such as a file or a host's tables. */
        IMPORT_EVENTS,
        /** Events before an instant were forgotten, for good. */
        FORGET_EVENTS,
        /** A change of the installation was refused: of reference data, an import, a purge. */
        CHANGE_REFUSED,
        /** A patient of a clinic was erased. Who it was is not recorded. */
        ERASE_PATIENT,
        /** A clinic was erased. */
        ERASE_CLINIC,
        /** The clinics' keys were wrapped under another key-encryption key. */
        ROTATE_KEY
    }
}
