package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.EventLog;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One clinic at a past moment: the part of its log that existed then, folded when it is opened and again when something has been erased since. */
final class PastClinic implements ClinicMoment.Source {

    private final Folding folding;
    private final ClinicDirectory directory;
    private final Clinic clinic;
    private final Instant moment;
    private long erasures;
    private @Nullable ClinicMoment folded;

    /**
     * Folds it.
     *
     * @param clinic in the directory
     * @throws IllegalStateException if the log no longer has all facts of the clinic
     */
    PastClinic(Folding folding, ClinicDirectory directory, Clinic clinic, Instant moment) {
        this.folding = folding;
        this.directory = directory;
        this.clinic = clinic;
        this.moment = moment;
        at(moment);
    }

    Instant moment() {
        return moment;
    }

    @Override
    public synchronized ClinicMoment at(Instant now) {
        ClinicMoment present = folded;
        if (present == null || folding.log().erasures(clinic.id()) != erasures) {
            folded = null;
            present = fold();
            folded = present;
        }
        return present;
    }

    private ClinicMoment fold() {
        EventLog log = folding.log();
        if (log.floor(clinic.id()) != Long.MIN_VALUE) {
            throw new IllegalStateException("The event log has forgotten facts of clinic " + clinic.id()
                    + ", so its past cannot be folded again");
        }
        ClinicCells cells = new ClinicCells(clinic.id(), ClinicCalendar.of(clinic), folding, moment);
        log.read(clinic.id(), 0, (position, fact) -> {
            if (fact.at() <= moment.toEpochMilli()) {
                cells.fold().accept(position, fact);
            }
        });
        erasures = cells.erasures();
        return cells.moment(directory, clinic);
    }

    @Override
    public long changes() {
        return 0;
    }
}
