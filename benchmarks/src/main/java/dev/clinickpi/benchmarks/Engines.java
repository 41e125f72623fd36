package dev.clinickpi.benchmarks;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

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

    /** Privacy that judges each request by itself: its figures are of the whole period, and can be held against what was counted. */
    static Privacy ofEachRequest(Privacy standard) {
        return new OtherGate(standard.gate(), new OfEachRequest(standard.publication()));
    }

    private record OfEachRequest(Publication rule) implements Publication {

        @Override
        public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
            return ReleasedCells.unguarded(cells);
        }

        @Override
        public void erase(ClinicId clinic, long patient, long erasures) {
            rule.erase(clinic, patient, erasures);
        }

        @Override
        public void eraseClinic(ClinicId clinic, long erasures) {
            rule.eraseClinic(clinic, erasures);
        }

        @Override
        public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
            return rule.release(request, results);
        }
    }
}
