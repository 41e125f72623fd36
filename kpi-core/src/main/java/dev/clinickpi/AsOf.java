package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;

/**
 * The engine at a past moment: the dashboards that it opens answer as it would have answered then, had it known every event of before that it knows
 * now, by today's reference data. Safe for use by many threads.
 */
public final class AsOf {

    private final KpiEngine engine;
    private final Folding folding;
    private final Instant moment;

    AsOf(KpiEngine engine, Folding folding, Instant moment) {
        this.engine = engine;
        this.folding = folding;
        this.moment = moment;
    }

    /** The moment. */
    public Instant moment() {
        return moment;
    }

    /**
     * Opens a clinic's dashboard as of the moment. Folds what the log has of the clinic up to it, once: that takes time and memory in proportion, which
     * the dashboard holds until it is let go of.
     *
     * @throws AccessDeniedException if there is no such clinic or the principal may not see it now
     * @throws AuditUnavailableException if the access could not be recorded
     * @throws IllegalStateException if the clinic's log has forgotten facts of before the moment, or the engine is closed
     */
    public ClinicDashboard open(Principal principal, ClinicId clinic) {
        engine.requireMayOpen(principal, clinic, "as of " + moment);
        ClinicDirectory reference = engine.directory();
        return new ClinicDashboard(
                engine,
                principal,
                clinic,
                new PastClinic(
                        folding, reference, reference.clinic(clinic).orElseThrow(AccessControl::denied), moment));
    }
}
