package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may do what (section 8), and the record of it: each right is asked for here, and what is done or refused is written down before it is. */
final class AccessControl {

    static final String UNKNOWN_CLINIC = "of a clinic that the reference data does not have";

    private final AuditLog audit;
    private final ServiceAccesses serviceAccesses;
    private final Supplier<ClinicDirectory> directory;

    AccessControl(AuditLog audit, Supplier<ClinicDirectory> directory) {
        this.audit = audit;
        this.serviceAccesses = new ServiceAccesses(audit);
        this.directory = directory;
    }

    /** Whether there is such a clinic and a principal may see its figures at a moment. */
    boolean mayRead(Principal principal, ClinicId clinic, Instant now) {
        return isKnown(clinic)
                && principal.mayRead(clinic, now)
                && (principal.role() != Role.SERVICE_ROLE || stands(principal, clinic, now));
    }

    /** Whether a clinic's trail has an access, and not its end. */
    boolean stands(Principal access, ClinicId clinic, Instant now) {
        return access.role() == Role.SERVICE_ROLE && serviceAccesses.stands(access, clinic, now);
    }

    boolean isKnown(ClinicId clinic) {
        return directory.get().clinic(clinic).isPresent();
    }

    /**
     * Refuses figures to who may not see them, on record.
     *
     * @param detail what was asked for
     */
    void requireFigures(Principal principal, ClinicId clinic, String detail, Instant now) {
        if (!mayRead(principal, clinic, now)) {
            refuse(principal, Action.DASHBOARD_REFUSED, clinic, detail, now);
            throw denied();
        }
    }

    /**
     * Refuses a change of the installation to everybody but a super admin, on record.
     *
     * @param what is changed
     */
    void requireMayChange(Principal principal, String what, Instant now) {
        if (principal.role() != Role.SUPER_ADMIN) {
            refuse(principal, Action.CHANGE_REFUSED, null, what, now);
            throw new AccessDeniedException("Only a super admin may change the installation: " + what);
        }
    }

    /** Writes a record before what it records takes effect; that of a service role with its reason. */
    AuditRecord record(Principal principal, Action action, @Nullable ClinicId clinic, String detail, Instant at) {
        String reason = principal.reason() == null ? "" : "reason: " + principal.reason();
        String whole = detail.isEmpty() || reason.isEmpty() ? detail + reason : detail + "; " + reason;
        return write(new AuditRecord(at, principal.name(), principal.role(), action, clinic, whole));
    }

    /**
     * Writes down that something was refused, without the reason that is given for it: nobody has looked at its words. Nor has anybody at a clinic's id that
     * neither the reference data nor the principal's own rights have: it could be anything, and a record stays for good.
     */
    void refuse(Principal principal, Action action, @Nullable ClinicId clinic, String detail, Instant at) {
        if (clinic == null || isKnown(clinic) || principal.clinics().contains(clinic)) {
            write(new AuditRecord(at, principal.name(), principal.role(), action, clinic, detail));
        } else {
            String unknown = detail.isEmpty() ? UNKNOWN_CLINIC : detail + "; " + UNKNOWN_CLINIC;
            write(new AuditRecord(at, principal.name(), principal.role(), action, null, unknown));
        }
    }

    private AuditRecord write(AuditRecord record) {
        try {
            audit.write(record);
        } catch (RuntimeException e) {
            throw new AuditUnavailableException(
                    "The audit log could not record " + record.action()
                            + ", so it was refused; see to the audit log and ask again",
                    e);
        }
        serviceAccesses.written(record);
        return record;
    }

    /** One message whether the clinic exists or not. */
    static AccessDeniedException denied() {
        return new AccessDeniedException("There is no such clinic, or the principal may not see it");
    }
}
