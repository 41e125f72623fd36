package dev.clinickpi.example.dashboard;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The figures of a clinic: who asks is the session's, what may be seen the library's to say. */
final class ClinicRoutes {

    private static final long HEALTH_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final KpiEngine engine;
    private final ClinicDirectory directory;
    private final Sessions sessions;
    private final Clock clock;
    private final Readiness readiness;
    private volatile long healthSeenAt = System.nanoTime() - HEALTH_EVERY_NANOS - 1;
    private volatile boolean stale;

    ClinicRoutes(KpiEngine engine, ClinicDirectory directory, Sessions sessions, Clock clock, Readiness readiness) {
        this.engine = engine;
        this.directory = directory;
        this.sessions = sessions;
        this.clock = clock;
        this.readiness = readiness;
    }

    /** How far the made-up history is: figures of half a history would be put on record as if they were whole. */
    interface Readiness {

        /** How much of a clinic's history is there, from 0 to 1; empty when all is. */
        OptionalDouble share(ClinicId clinic);

        /** Whether the history of every clinic is there. */
        boolean isComplete();
    }

    void add(RoutesConfig routes) {
        routes.get("/api/clinics/{clinic}/cards", this::cards);
        routes.get("/api/clinics/{clinic}/cards/{kpi}", this::card);
        routes.get("/api/clinics/{clinic}/details", this::details);
        ChartRoutes charts = new ChartRoutes(this);
        charts.add(routes);
    }

    private void cards(Context request) {
        Asked asked = asked(request);
        Json.answer(request, asked.cards().report(asked.dashboard().report(asked.question())));
    }

    private void card(Context request) {
        Asked asked = asked(request);
        Json.answer(
                request,
                asked.cards()
                        .detailed(
                                asked.dashboard(), Question.kpi(request.pathParam("kpi")), asked.question(), sector()));
    }

    private void details(Context request) {
        Asked asked = asked(request);
        Json.answer(request, asked.cards().allDetailed(asked.dashboard(), asked.question(), sector()));
    }

    /** Benchmarks are made once and for good, so not before all clinics have their history. */
    boolean sector() {
        return readiness.isComplete();
    }

    /** A clinic's dashboard in the hands of who asks. */
    Asked asked(Context request) {
        Session session = sessions.of(request);
        ClinicId id = clinicId(request);
        ClinicDashboard dashboard = session.dashboard(engine, id, clock.instant());
        readiness.share(id).ifPresent(share -> {
            throw new Refused(503, "loading", Map.of("share", share));
        });
        Clinic clinic = directory.clinic(id).orElseThrow();
        return new Asked(
                clinic,
                dashboard,
                KpiRequest.of(Question.period(request, dashboard)),
                new ClinicCards(clinic, Language.of(request, clinic), isStale()));
    }

    /** Whether the engine cannot follow its log. Its health counts all that it holds, so it is looked at every five seconds and not for each question. */
    private boolean isStale() {
        long now = System.nanoTime();
        if (now - healthSeenAt > HEALTH_EVERY_NANOS) {
            healthSeenAt = now;
            stale = engine.health().failingSince() != null;
        }
        return stale;
    }

    /** @throws AccessDeniedException if no clinic could be called that, as where there is none */
    static ClinicId clinicId(Context request) {
        try {
            return ClinicId.of(request.pathParam("clinic"));
        } catch (IllegalArgumentException e) {
            throw new AccessDeniedException("There is no such clinic");
        }
    }

    /** A question to a clinic's dashboard. */
    record Asked(Clinic clinic, ClinicDashboard dashboard, KpiRequest question, ClinicCards cards) {}
}
