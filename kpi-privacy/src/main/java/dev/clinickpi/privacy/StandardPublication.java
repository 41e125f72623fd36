package dev.clinickpi.privacy;

import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.publication.ReleasedCopies;
import java.time.Instant;
import java.util.List;

/**
 * Computes what is about people from what has been released of the clinic, over all requests, and then judges each request by itself as well: what the
 * first should ever let pass of too few, the second does not.
 */
final class StandardPublication implements Publication {

    private final PublicationStore store;
    private final ReleasedCopies copies;
    private final MinimumGroup minimumGroup;

    StandardPublication(PublicationStore store, int minimum) {
        this.store = store;
        this.copies = new ReleasedCopies(store, minimum);
        this.minimumGroup = new MinimumGroup(minimum);
    }

    @Override
    public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
        return copies.of(clinic, asOf, cells, erasures);
    }

    @Override
    public void erase(ClinicId clinic, long patient, long erasures) {
        copies.erase(clinic, patient, erasures);
    }

    @Override
    public void eraseClinic(ClinicId clinic, long erasures) {
        copies.eraseClinic(clinic, erasures);
    }

    @Override
    public boolean outlivesProcess() {
        return store.outlivesProcess();
    }

    @Override
    public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
        return minimumGroup.release(request, results);
    }
}
