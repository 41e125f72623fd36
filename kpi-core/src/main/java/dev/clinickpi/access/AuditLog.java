package dev.clinickpi.access;

/**
 * Where it is written down who did what. A record is written before what it records takes effect: where it cannot be, the answer is an error.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}. An engine cannot be built without one.
 */
@FunctionalInterface
public interface AuditLog {

    /**
     * Writes a record. One that returns has made it durable.
     *
     * @throws RuntimeException if it could not; the engine then refuses what would have been recorded
     */
    void write(AuditRecord record);

    /** A log in memory, which ends with the process. */
    static InMemoryAuditLog inMemory() {
        return new InMemoryAuditLog();
    }
}
