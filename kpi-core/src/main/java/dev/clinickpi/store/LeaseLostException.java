package dev.clinickpi.store;

import dev.clinickpi.error.KpiException;
import java.io.Serial;

/** Another engine writes the shard by now. */
public final class LeaseLostException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** For a lease that is no longer held. */
    public LeaseLostException(Lease lease) {
        super(
                "Another engine has taken shard " + lease.shard()
                        + " since, so nothing was kept; take the lease again and go on from what is kept",
                null);
    }
}
