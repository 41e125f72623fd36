package dev.clinickpi.store;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A clinic as it has been folded up to a position of the log and a moment: all of it, or what has changed since the one before.
 *
 * @param clinic which
 * @param fingerprint of what its facts were folded by: zone, opening hours, holidays, windows of time, and the form of the bytes
 * @param position the position in the event log behind all that went into it
 * @param asOf the moment that it stands at
 * @param newest the latest instant that a fact of it bears, in epoch milliseconds; {@link Long#MIN_VALUE} when there is none
 * @param wakeAt when time next changes something of it, in epoch milliseconds; {@link Long#MAX_VALUE} for never
 * @param whole whether it is all of the clinic: what is not in it is kept no longer
 * @param days the cells of each day of 96 slices, in days since the epoch in UTC, as bytes; empty bytes for a day without cells
 * @param entities those that time may still change
 * @param ahead all facts that wait for their time
 */
public record Checkpoint(
        ClinicId clinic,
        String fingerprint,
        long position,
        Instant asOf,
        long newest,
        long wakeAt,
        boolean whole,
        Map<Long, byte[]> days,
        List<StoredEntity> entities,
        List<Fact> ahead) {

    /** Copies the collections. The bytes are not copied; nobody changes them. */
    public Checkpoint {
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(asOf, "asOf");
        days = Map.copyOf(days);
        entities = List.copyOf(entities);
        ahead = List.copyOf(ahead);
    }
}
