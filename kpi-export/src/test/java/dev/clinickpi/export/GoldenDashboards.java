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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Dashboards as hosts have them, over the golden clinics: guarded, so that some of their figures are withheld. */
final class GoldenDashboards {

    private static final Map<List<Object>, ClinicDashboard> OPEN = new ConcurrentHashMap<>();

    private GoldenDashboards() {}

    /** One engine for each case, however many tests ask it. */
    static ClinicDashboard of(GoldenCase golden) {
        List<Object> question = List.of(golden.set(), golden.clinic(), golden.period(), golden.asOf());
        return OPEN.computeIfAbsent(question, key -> open(golden));
    }

    private static ClinicDashboard open(GoldenCase golden) {
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
        return Charts.of(clinic(golden), clinic(golden).locale());
    }
}
