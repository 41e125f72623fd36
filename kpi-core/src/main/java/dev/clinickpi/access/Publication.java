package dev.clinickpi.access;

import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import java.util.List;

/**
 * The rule by which figures are released. It is handed all figures of a request with the people behind each and decides on them together; nothing
 * reaches a caller around it.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}; {@code kpi-privacy} has the standard one.
 */
public interface Publication {

    /**
     * Releases, coarsens or withholds the figures of one request.
     *
     * @param request what was asked
     * @param results the exact figures
     * @return one result for each figure, in the same order
     */
    List<KpiResult> release(PublicationRequest request, List<ExactResult> results);
}
