package dev.clinickpi.access;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.util.Objects;

/**
 * What figures are released for.
 *
 * @param clinic whose they are
 * @param period what was asked for
 * @param asOf the moment of the answer
 */
public record PublicationRequest(ClinicId clinic, Period period, Instant asOf) {

    /** Refuses nulls. */
    public PublicationRequest {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(asOf, "asOf");
    }
}
