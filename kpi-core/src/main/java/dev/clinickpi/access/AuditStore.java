package dev.clinickpi.access;

import dev.clinickpi.clinic.ClinicId;
import java.util.ArrayList;
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
     * The records of a clinic from a number on, in their order. Numbers count the records of the whole installation, so a clinic's have gaps.
     *
     * <p>Unless overridden this reads everybody's records and leaves out those of others: override it where a store can find a clinic's.
     *
     * @param from the least number that is wanted, from 1 on
     * @param limit the most that are wanted, 1 to {@value #LARGEST_PAGE}; fewer come only when there are no more
     * @throws IllegalArgumentException if either is out of its range
     * @throws RuntimeException if the store cannot be read
     */
    default List<Entry> read(ClinicId clinic, long from, int limit) {
        requireRange(from, limit);
        List<Entry> found = new ArrayList<>();
        long next = from;
        boolean more = true;
        while (more) {
            List<Entry> page = read(next, LARGEST_PAGE);
            page.stream()
                    .filter(entry -> clinic.equals(entry.record().clinic()))
                    .limit(limit - found.size())
                    .forEach(found::add);
            more = page.size() == LARGEST_PAGE && found.size() < limit;
            next += page.size();
        }
        return found;
    }

    /**
     * Refuses a page that cannot be asked for; for implementations.
     *
     * @throws IllegalArgumentException if {@code from} is less than 1, or {@code limit} is not from 1 to {@value #LARGEST_PAGE}
     */
    static void requireRange(long from, int limit) {
        if (from < 1) {
            throw new IllegalArgumentException("Records are numbered from 1 on");
        }
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("From 1 to " + LARGEST_PAGE + " records can be read at once");
        }
    }

    /**
     * A record and where it stands.
     *
     * @param number its place among all records, from 1 on
     * @param record what was written, to the nanosecond
     */
    record Entry(long number, AuditRecord record) {}
}
