package dev.clinickpi.jdbc;

import java.util.Comparator;

/**
 * What an event is known by.
 *
 * @param clinicNo the number of its clinic
 * @param eventId its keyed id
 */
record EventKey(int clinicNo, long eventId) implements Comparable<EventKey> {

    private static final Comparator<EventKey> ORDER =
            Comparator.comparingInt(EventKey::clinicNo).thenComparingLong(EventKey::eventId);

    @Override
    public int compareTo(EventKey other) {
        return ORDER.compare(this, other);
    }
}
