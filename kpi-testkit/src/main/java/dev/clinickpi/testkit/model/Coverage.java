package dev.clinickpi.testkit.model;

import java.time.Instant;

/**
 * What a KPI covers of a period (section 2).
 *
 * @param from the first instant
 * @param end the first instant that no longer counts; just after asOf where that is what ends a real-time figure
 * @param shownTo the end that the figure carries
 * @param partial whether the period was shortened
 */
record Coverage(Instant from, Instant end, Instant shownTo, boolean partial) {

    boolean contains(Instant x) {
        return !x.isBefore(from) && x.isBefore(end);
    }
}
