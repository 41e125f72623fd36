package dev.clinickpi.privacy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.error.KpiException;
import java.io.Serial;

/** A clinic has no key to make pseudonyms under, so nothing of it passes the gate. */
public final class MissingKeyException extends KpiException {

    @Serial
    private static final long serialVersionUID = 1L;

    MissingKeyException(ClinicId clinic) {
        super("Clinic " + clinic + " has no key: have the KeyProvider give it one, or stop its events", null);
    }
}
