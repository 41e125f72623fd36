package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Erases patients and clinics. The record comes first; then the log, in which it takes effect for whatever is folded from then on; then what is in memory
 * and kept here. Other engines learn of it by the log's count of erasures, and so does this one after a crash on the way.
 */
final class Eraser {

    private final KpiEngine engine;
    private final EventLog log;
    private final Follower follower;
    private final Function<ClinicId, @Nullable ClinicState> states;

    Eraser(KpiEngine engine, EventLog log, Follower follower, Function<ClinicId, @Nullable ClinicState> states) {
        this.engine = engine;
        this.log = log;
        this.follower = follower;
        this.states = states;
    }

    void erasePatient(Principal principal, ClinicId clinic, String patientId) {
        if (engine.directory().clinic(clinic).isEmpty() || !principal.mayErasePatients(clinic)) {
            throw new AccessDeniedException(
                    "There is no such clinic, or the principal may not erase its patients: only the clinic's admin may");
        }
        if (log.floor(clinic) != Long.MIN_VALUE) {
            throw new IllegalStateException(
                    "The event log has forgotten facts of clinic " + clinic
                            + ", so its cells cannot be folded again without the patient; nothing was erased. Forget nothing in a log that patients are to be erased from");
        }
        long patient = engine.gate().patient(clinic, patientId);
        engine.audit(
                principal,
                AuditRecord.Action.ERASE_PATIENT,
                clinic,
                "",
                engine.clock().instant());
        log.erase(clinic, patient);
        forget(clinic);
    }

    boolean eraseClinic(Principal principal, ClinicId clinic) {
        if (engine.directory().clinic(clinic).isEmpty() || !principal.mayEraseClinics()) {
            throw new AccessDeniedException(
                    "There is no such clinic, or the principal may not erase it: only a super admin may");
        }
        engine.audit(
                principal,
                AuditRecord.Action.ERASE_CLINIC,
                clinic,
                "",
                engine.clock().instant());
        boolean isShut = engine.gate().destroyKey(clinic);
        log.eraseClinic(clinic);
        forget(clinic);
        return isShut;
    }

    /** Has the clinic folded again without what was erased, and kept that way where this engine writes the store. */
    private void forget(ClinicId clinic) {
        ClinicState state = states.apply(clinic);
        if (state != null) {
            state.erased(log.erasures(clinic));
        }
        follower.lookNow();
    }
}
