package dev.clinickpi.testkit.world;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.time.Period;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Clinics, all that happens at them, and a question about one.
 *
 * @param directory the reference data; its first clinic is the one that is asked
 * @param events in the order that they arrive, which is none; some arrive twice
 * @param clinic the one that is asked
 * @param period what is asked about
 * @param asOf when it is asked; some of the events lie after it
 */
public record ClinicWorld(
        ClinicDirectory directory, List<KpiEvent> events, ClinicId clinic, Period period, Instant asOf) {

    /** Copies the list. */
    public ClinicWorld {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(clinic, "clinic");
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(asOf, "asOf");
        events = List.copyOf(events);
    }

    /** This world with its events in another order or number. */
    public ClinicWorld with(List<KpiEvent> others) {
        return new ClinicWorld(directory, others, clinic, period, asOf);
    }

    /** All of it, for a failed property to be read and replayed: the events as NDJSON. Nobody in it is real. */
    @Override
    public String toString() {
        return clinic + " " + period + " as of " + asOf + "\n" + directory + "\n"
                + events.stream().map(KpiEvents::toNdjson).collect(Collectors.joining("\n"));
    }
}
