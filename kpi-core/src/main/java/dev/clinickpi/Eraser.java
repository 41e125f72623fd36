package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.PrivacyGate;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Erases patients and clinics. The record comes first; then the log, in which it takes effect for whatever is folded from then on; then what has been
 * released, and what is in memory and kept here; and then the log deletes what it has set aside until then. Other engines learn of it by the log's count of
 * erasures, and so does this one after a crash on the way.
 */
final class Eraser {

    private final AccessControl access;
    private final PrivacyGate gate;
    private final Publication publication;
    private final Clock clock;
    private final EventLog log;
    private final Follower follower;
    private final Function<ClinicId, @Nullable ClinicState> states;

    Eraser(
            AccessControl access,
            PrivacyGate gate,
            Publication publication,
            Clock clock,
            EventLog log,
            Follower follower,
            Function<ClinicId, @Nullable ClinicState> states) {
        this.access = access;
        this.gate = gate;
        this.publication = publication;
        this.clock = clock;
        this.log = log;
        this.follower = follower;
        this.states = states;
    }

    void erasePatient(Principal principal, ClinicId clinic, String patientId) {
        if (!access.isKnown(clinic) || !principal.mayErasePatients(clinic)) {
            throw refused(principal, clinic, "may not erase its patients: only the clinic's admin may");
        }
        long patient = gate.patient(clinic, patientId);
        access.record(principal, AuditRecord.Action.ERASE_PATIENT, clinic, "", clock.instant());
        log.erase(clinic, patient);
        publication.erase(clinic, patient, log.erasures(clinic));
        forget(clinic);
    }

    boolean eraseClinic(Principal principal, ClinicId clinic) {
        if (!access.isKnown(clinic) || !principal.mayEraseClinics()) {
            throw refused(principal, clinic, "may not erase it: only a super admin may");
        }
        access.record(principal, AuditRecord.Action.ERASE_CLINIC, clinic, "", clock.instant());
        boolean isShut = gate.destroyKey(clinic);
        log.eraseClinic(clinic);
        publication.eraseClinic(clinic, log.erasures(clinic));
        forget(clinic);
        return isShut;
    }

    private AccessDeniedException refused(Principal principal, ClinicId clinic, String why) {
        access.refuse(principal, AuditRecord.Action.CHANGE_REFUSED, clinic, "an erasure", clock.instant());
        return new AccessDeniedException("There is no such clinic, or the principal " + why);
    }

    /** Has the clinic folded again, or corrected, without what was erased, and kept that way where this engine writes the store. */
    private void forget(ClinicId clinic) {
        ClinicState state = states.apply(clinic);
        if (state != null) {
            state.erased(log.erasures(clinic));
        }
        follower.lookNow();
    }
}
