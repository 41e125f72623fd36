package dev.clinickpi.export;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.testkit.golden.GoldenCase;
import java.time.Clock;
import java.time.ZoneOffset;

/** Dashboards as hosts have them, over the golden clinics: guarded, so that some of their figures are withheld. */
final class GoldenDashboards {

    private GoldenDashboards() {}

    static ClinicDashboard of(GoldenCase golden) {
        KpiEngine engine = KpiEngine.builder()
                .directory(golden.set().directory())
                .events(EventLog.inMemory())
                .privacy(StandardPrivacy.with(KeyProvider.derivedFrom(new byte[32])))
                .audit(AuditLog.inMemory())
                .clock(Clock.fixed(golden.asOf(), ZoneOffset.UTC))
                .build();
        engine.record(golden.set().events());
        return engine.open(Principal.clinicAdmin("ana", golden.clinic()), golden.clinic());
    }

    static Clinic clinic(GoldenCase golden) {
        return golden.set().directory().clinic(golden.clinic()).orElseThrow();
    }

    static Charts charts(GoldenCase golden) {
        return Charts.in(clinic(golden).locale(), clinic(golden).zone());
    }
}
