package dev.clinickpi.benchmarks;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.PrivacyGate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Engines to measure. */
final class Engines {

    private Engines() {}

    /** An engine as a host builds it; its audit log forgets at once, lest a million questions fill the memory. */
    static KpiEngine of(ClinicDirectory directory, Instant now, EventLog log, Privacy privacy) {
        return KpiEngine.builder()
                .directory(directory)
                .events(log)
                .privacy(privacy)
                .audit(record -> {})
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build();
    }

    /** Another gate before the same publication. */
    record OtherGate(PrivacyGate gate, Publication publication) implements Privacy {}
}
