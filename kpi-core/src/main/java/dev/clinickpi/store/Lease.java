package dev.clinickpi.store;

/**
 * The right to write a shard of clinics.
 *
 * @param shard from 0
 * @param owner who holds it
 * @param token grows whenever the shard changes hands
 */
public record Lease(int shard, String owner, long token) {}
