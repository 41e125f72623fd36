package dev.clinickpi.benchmarks.log;

import dev.clinickpi.clinic.ClinicId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a log held, once it has been played to its end. */
public final class LogTally {

    private final Map<ClinicId, ClinicTally> clinics = new LinkedHashMap<>();
    private long delivered;
    private long duplicates;
    private long corrections;

    LogTally() {}

    /** The events that were handed over, duplicates among them. */
    public long delivered() {
        return delivered;
    }

    /** Those of them that had been handed over before, or are handed over again after: how many more than there are ids. */
    public long duplicates() {
        return duplicates;
    }

    /** The events, each counted once, that put something else in an earlier one's place: scores given anew, appointments moved. */
    public long corrections() {
        return corrections;
    }

    /** The events, each counted once. */
    public long distinct() {
        return delivered - duplicates;
    }

    /** By clinic. */
    public Map<ClinicId, ClinicTally> clinics() {
        return clinics;
    }

    ClinicTally of(ClinicId clinic) {
        return clinics.computeIfAbsent(clinic, id -> new ClinicTally());
    }

    void deliver(int events) {
        delivered += events;
    }

    void duplicate() {
        duplicates++;
    }

    void correct() {
        corrections++;
    }
}
