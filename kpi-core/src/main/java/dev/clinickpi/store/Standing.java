package dev.clinickpi.store;

/**
 * Where a clinic stands in the store.
 *
 * @param position the position in the event log behind all that went into it
 * @param wakeAt when time next changes something of it, in epoch milliseconds; {@link Long#MAX_VALUE} for never
 */
public record Standing(long position, long wakeAt) {}
