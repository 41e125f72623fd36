package dev.clinickpi.access;

import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import java.time.Instant;
import java.util.List;

/**
 * The rule by which figures are released. It first says what figures about people may be computed from, over all requests; then it is handed all figures
 * of a request with the people behind each and decides on them together. Nothing reaches a caller around it.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}; {@code kpi-privacy} has the standard one.
 */
public interface Publication {

    /**
     * What figures about people may be computed from at a moment. What it releases for the first time it has kept durably before it returns.
     *
     * @param asOf the moment of the question; one of the past releases nothing more
     * @param cells the clinic's cells as they stand at it
     * @param erasures how often something of the clinic had been erased from the log when the cells were folded; those from before an erasure that it knows of
     *     release nothing more
     * @throws RuntimeException if it cannot tell what it has released; there is then no answer
     */
    ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures);

    /**
     * Takes an erased patient out of what it has kept, durably; to do it again changes nothing. What it has released stays as it is: to take the patient out of that at
     * once would be to say what the patient was part of.
     *
     * @param patient the keyed id
     * @param erasures how often something of the clinic has been erased from the log by now
     * @throws RuntimeException if it may not have been done; it is called again then
     */
    void erase(ClinicId clinic, long patient, long erasures);

    /**
     * Forgets all that it has released of an erased clinic, durably; to do it again changes nothing.
     *
     * @param erasures how often something of the clinic has been erased from the log by now
     * @throws RuntimeException if it may not have been done; it is called again then
     */
    void eraseClinic(ClinicId clinic, long erasures);

    /**
     * Whether the next process knows what this one has released. Where events outlive the process, that has to as well: an engine warns when it does not. True unless
     * overridden, as for a rule that has nothing to remember.
     */
    default boolean outlivesProcess() {
        return true;
    }

    /**
     * Releases, coarsens or withholds the figures of one request.
     *
     * @param request what was asked
     * @param results the exact figures
     * @return one result for each figure, in the same order
     */
    List<KpiResult> release(PublicationRequest request, List<ExactResult> results);
}
