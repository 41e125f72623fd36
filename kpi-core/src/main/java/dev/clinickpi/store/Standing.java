package dev.clinickpi.store;

import java.util.Objects;

/**
 * Where a clinic stands in the store.
 *
 * @param fingerprint of what its facts were folded by
 * @param position the position in the event log behind all that went into it
 * @param wakeAt when time next changes something of it, in epoch milliseconds; {@link Long#MAX_VALUE} for never
 */
public record Standing(String fingerprint, long position, long wakeAt) {

    /** Refuses null. */
    public Standing {
        Objects.requireNonNull(fingerprint, "fingerprint");
    }
}
