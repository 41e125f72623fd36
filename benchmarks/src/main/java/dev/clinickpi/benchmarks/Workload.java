package dev.clinickpi.benchmarks;

import dev.clinickpi.benchmarks.log.LogShape;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the benchmarks work on: the first events of a made-up log of twenty clinics, each with the log density of one among a thousand with ten million events in ninety days.
 *
 * @param now a moment that all of it lies behind
 */
record Workload(ClinicDirectory directory, List<KpiEvent> events, Instant now) {

    /** So many events; operations are counted by them. */
    static final int EVENTS = 200_000;

    /** A smaller number, for a run that only shows that everything runs; its rates mean nothing. */
    static final String EVENTS_PROPERTY = "clinickpi.benchmarks.events";

    private static final int CLINICS = 20;
    private static final int DAYS = 90;
    private static final long SEED = 20_260_302;

    static Workload of(MadeLog.Order order) {
        return of(order, Integer.getInteger(EVENTS_PROPERTY, EVENTS), CLINICS);
    }

    /** Somewhat more is made than is taken, as a log's size is not exact. */
    static Workload of(MadeLog.Order order, int events, int clinics) {
        MadeLog log = MadeLog.of(LogShape.ofEvents(events * 5L / 4, clinics, DAYS, SEED));
        List<KpiEvent> all = log.events(order);
        return new Workload(
                log.directory(),
                new ArrayList<>(all.subList(0, events)),
                log.end().plus(Duration.ofDays(60)));
    }

    /** The events as a gate lets them through. */
    List<Fact> admitted(PrivacyGate gate) {
        List<Fact> facts = new ArrayList<>(events.size());
        for (KpiEvent event : events) {
            facts.add(gate.admit(event, clinicOf(event)));
        }
        return facts;
    }

    Clinic clinicOf(KpiEvent event) {
        return Objects.requireNonNull(directory.clinics().get(event.clinicId()));
    }

    FoldedClinics folds() {
        return new FoldedClinics(directory, now);
    }
}
