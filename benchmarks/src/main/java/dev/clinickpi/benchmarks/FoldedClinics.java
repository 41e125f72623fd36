package dev.clinickpi.benchmarks;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.fold.ClinicFold;
import dev.clinickpi.fold.FoldSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What lies behind gate and log and nothing else: each clinic's fold and the cells that it sends deltas to. */
final class FoldedClinics {

    private final Map<ClinicId, FoldedClinic> clinics = new HashMap<>();

    /** Folds that stand at a moment which all facts lie behind. */
    FoldedClinics(ClinicDirectory directory, Instant now) {
        for (Clinic clinic : directory.clinics().values()) {
            ClinicCalendar calendar = ClinicCalendar.of(clinic);
            CellTable cells = new CellTable(calendar.days());
            ClinicFold fold = new ClinicFold(calendar, FoldSettings.DEFAULT, now.toEpochMilli(), cells);
            clinics.put(clinic.id(), new FoldedClinic(calendar, fold, cells));
        }
    }

    void accept(Fact fact) {
        of(fact.clinic()).fold.accept(fact);
    }

    FoldedClinic of(ClinicId clinic) {
        return Objects.requireNonNull(clinics.get(clinic));
    }

    Collection<FoldedClinic> all() {
        return clinics.values();
    }

    /** One clinic's. */
    record FoldedClinic(ClinicCalendar calendar, ClinicFold fold, CellTable cells) {}
}
