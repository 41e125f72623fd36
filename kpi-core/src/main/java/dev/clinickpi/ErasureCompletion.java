package dev.clinickpi;

import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.SetAside;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has the log delete what it has set aside of erased patients, once no cells that count it are kept and nobody of them stands in what has been released. The
 * latter is asked for here, too, since whoever erased may have died before: what is set aside is the only list of what is still to be done, so it goes last.
 */
final class ErasureCompletion {

    private final EventLog log;
    private final Publication publication;
    private final Function<ClinicId, @Nullable ClinicState> states;
    private final @Nullable Checkpoints checkpoints;

    /**
     * Completes nothing yet.
     *
     * @param states the clinic of an id, if there is one
     * @param checkpoints keeps what is folded; null when nothing is kept
     */
    ErasureCompletion(
            EventLog log,
            Publication publication,
            Function<ClinicId, @Nullable ClinicState> states,
            @Nullable Checkpoints checkpoints) {
        this.log = log;
        this.publication = publication;
        this.states = states;
        this.checkpoints = checkpoints;
    }

    /**
     * Completes what can be by now. A clinic that it fails for holds up no other.
     *
     * @throws RuntimeException if it failed for one; it is to be called again
     */
    void complete() {
        RuntimeException failure = null;
        for (ClinicId clinic : log.setAside()) {
            try {
                long counted = checkpoints == null ? takenOut(clinic) : checkpoints.erasuresKept(clinic);
                if (counted > 0) {
                    complete(clinic, counted);
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** @param counted the erasures up to which no cells count what was erased any more */
    private void complete(ClinicId clinic, long counted) {
        long since = log.setAside(clinic, counted).since();
        if (since < counted) {
            SetAside erased = log.setAside(clinic, since);
            erased.patients().forEach(patient -> publication.erase(clinic, patient, erased.erasures()));
            log.deleteSetAside(clinic, counted);
        }
    }

    /** Where nothing is kept, what is in memory is all that there is. */
    private long takenOut(ClinicId clinic) {
        ClinicState state = states.apply(clinic);
        return state == null ? 0 : state.erasuresTakenOut();
    }
}
