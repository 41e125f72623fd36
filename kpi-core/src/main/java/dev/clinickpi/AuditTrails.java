package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.AuditStore.Entry;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trails, as far as a role may read them. That one was read is in it. */
final class AuditTrails {

    private final AccessControl access;
    private final AuditLog audit;
    private final Clock clock;

    AuditTrails(AccessControl access, AuditLog audit, Clock clock) {
        this.access = access;
        this.audit = audit;
        this.clock = clock;
    }

    /** A page of one clinic's trail: its admin's, and a super admin's. That of a clinic that has left can still be read, though not by who ran it. */
    List<Entry> ofClinic(Principal principal, ClinicId clinic, long from, int limit) {
        boolean own =
                principal.role() == Role.CLINIC_ADMIN && principal.clinics().contains(clinic) && access.isKnown(clinic);
        AuditStore store = admit(principal, own, clinic, from, limit);
        return (access.isKnown(clinic) ? store : searched(store)).read(clinic, from, limit);
    }

    /** A page of all trails: a super admin's. */
    List<Entry> ofAll(Principal principal, long from, int limit) {
        return admit(principal, false, null, from, limit).read(from, limit);
    }

    private AuditStore admit(Principal principal, boolean own, @Nullable ClinicId clinic, long from, int limit) {
        AuditStore.requireRange(from, limit);
        Instant now = clock.instant();
        if (!own && principal.role() != Role.SUPER_ADMIN) {
            access.refuse(principal, Action.AUDIT_TRAIL_REFUSED, clinic, "", now);
            throw new AccessDeniedException("There is no such audit trail, or the principal may not read it");
        }
        if (!(audit instanceof AuditStore store)) {
            throw new IllegalStateException("This audit log can be written and not read; build the engine with an"
                    + " AuditStore, such as JdbcAuditStore");
        }
        String detail = "at most " + limit + " records from number " + from;
        if (clinic == null || isNamed(clinic, store)) {
            access.record(principal, Action.READ_AUDIT_TRAIL, clinic, detail, now);
        } else {
            access.record(principal, Action.READ_AUDIT_TRAIL, null, detail + "; " + AccessControl.UNKNOWN_CLINIC, now);
        }
        return store;
    }

    /** Whether the reference data has it, or had when something of it was recorded: else its id could be anything, and a record stays for good. */
    private boolean isNamed(ClinicId clinic, AuditStore store) {
        return access.isKnown(clinic) || !searched(store).read(clinic, 1, 1).isEmpty();
    }

    /** A store whose records are gone through here: it is not told of an id that could be anything, nor is the log of its driver. */
    private static AuditStore searched(AuditStore store) {
        return new AuditStore() {
            @Override
            public List<Entry> read(long from, int limit) {
                return store.read(from, limit);
            }

            @Override
            public void write(AuditRecord record) {
                store.write(record);
            }
        };
    }
}
