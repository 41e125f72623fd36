package dev.clinickpi.access;

import java.util.List;

/**
 * An audit log that can be read in its order. Records are numbered from 1 on, without gaps, in the order in which they became durable, whoever wrote them; a
 * record that has been read keeps its number and its words.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}.
 */
public interface AuditStore extends AuditLog {

    /** The most records that are read at once. */
    int LARGEST_PAGE = 10_000;

    /**
     * The records of the whole installation from a number on, in their order.
     *
     * @param from the number of the first, from 1 on
     * @param limit the most that are wanted, 1 to {@value #LARGEST_PAGE}; fewer come only when there are no more
     * @throws IllegalArgumentException if either is out of its range
     * @throws RuntimeException if the store cannot be read
     */
    List<Entry> read(long from, int limit);

    /**
     * A record and where it stands.
     *
     * @param number its place among all records, from 1 on
     * @param record what was written, to the nanosecond
     */
    record Entry(long number, AuditRecord record) {}
}
