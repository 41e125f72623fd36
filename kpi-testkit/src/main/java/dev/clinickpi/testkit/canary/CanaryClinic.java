package dev.clinickpi.testkit.canary;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.InvalidEventException;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** A clinic that canaries are put into, and all that can be asked of it. */
public final class CanaryClinic {

    /** Its id. */
    public static final ClinicId ID = ClinicId.of("sol");

    /** Behind all events. */
    public static final Instant NOW = Instant.parse("2026-04-02T09:00:00Z");

    private static final Period PERIOD = Period.month(2026, 3);
    private static final Principal ADMIN = Principal.clinicAdmin("ana", ID);
    private static final Principal FOUNDER = Principal.superAdmin("founder");

    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Clínica Sol", "owner": "grupo-sol", "vertical": "dental", "country": "ES",
               "zone": "Europe/Madrid", "currency": "EUR", "locale": "es-ES", "goLive": "2026-03-01",
               "openingHours": [{"from": "2025-01-01", "MONDAY": ["09:00-14:00", "16:00-20:00"], "FRIDAY": ["09:00-14:00"]}],
               "averageRevenuePerVisit": [{"from": "2025-01-01", "amount": "85.00"}], "tier": "pro",
               "services": [{"id": "implant", "name": "Implantes", "aliases": ["implante dental"]}],
               "subscriptionFee": [{"from": "2025-01-01", "amount": "99.00"}]}],
             "tiers": [{"id": "pro", "features": ["reminders"]}],
             "llmPrices": [{"model": "gpt-4o-mini", "from": "2024-07-18", "currency": "EUR",
               "inputPerMillion": "0.15", "cachedInputPerMillion": "0.075", "outputPerMillion": "0.60"}],
             "exchangeRates": []}""";

    private CanaryClinic() {}

    /** Its reference data. */
    public static ClinicDirectory directory() {
        return ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8)));
    }

    /** Asks an engine for whatever a caller can have of it, and returns all that it gave. */
    public static List<Object> answers(KpiEngine engine) {
        List<Object> answers = new ArrayList<>(answers(engine.open(ADMIN, ID)));
        answers.addAll(answers(engine.asOf(NOW.minus(Duration.ofDays(10))).open(ADMIN, ID)));
        answers.add(engine.health());
        answers.add(engine.auditTrail(ADMIN, ID, 1, 1_000));
        answers.add(engine.auditTrail(FOUNDER, 1, 1_000));
        return answers;
    }

    private static List<Object> answers(ClinicDashboard dashboard) {
        KpiRequest request = KpiRequest.of(PERIOD);
        List<Object> answers = new ArrayList<>();
        answers.add(dashboard.report(request));
        answers.add(dashboard.report(request.asLive()));
        answers.add(dashboard.heatmap(PERIOD));
        answers.add(dashboard.funnel(PERIOD));
        answers.add(dashboard.cohorts(PERIOD));
        for (KpiDefinition kpi : Kpi.ALL) {
            answers.add(dashboard.comparison(kpi, request));
            answers.add(dashboard.baseline(kpi, request));
            for (Grain grain : List.of(Grain.DAY, Grain.WEEK, Grain.MONTH)) {
                answers.add(dashboard.series(kpi, grain, request));
            }
        }
        return answers;
    }

    /** Watches the clinic until the engine is closed, with a subscriber that fails over a canary at the end; returns what it is told. */
    public static Iterable<KpiReport> watched(KpiEngine engine, Canary canary) {
        ConcurrentLinkedQueue<KpiReport> told = new ConcurrentLinkedQueue<>();
        engine.open(ADMIN, ID).watch(KpiRequest.of(PERIOD).asLive(), new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(KpiReport report) {
                told.add(report);
            }

            @Override
            public void onError(Throwable fault) {}

            @Override
            public void onComplete() {
                throw new IllegalStateException(canary.written());
            }
        });
        return told;
    }

    /**
     * Puts a canary into every method that takes a string of a caller's, and returns what came of it, exceptions among it. The names of principals are left out: they
     * name staff, and the audit trail is there to tell them.
     */
    public static List<Object> misuses(KpiEngine engine, Canary canary) {
        String id = canary.written().replaceAll("\\s", "");
        List<Supplier<Object>> calls = new ArrayList<>();
        if (ClinicId.isValid(id)) {
            calls.add(() -> engine.open(ADMIN, ClinicId.of(id)));
            calls.add(() -> engine.auditTrail(ADMIN, ClinicId.of(id), 1, 10));
            calls.add(() -> engine.auditTrail(FOUNDER, ClinicId.of(id), 1, 10));
            calls.add(() -> engine.breakGlass(
                    FOUNDER, "Comprobar un error", Set.of(ClinicId.of(id)), NOW.plus(Duration.ofHours(1))));
            calls.add(() -> engine.eraseClinic(FOUNDER, ClinicId.of(id)));
        }
        calls.add(() -> ClinicId.of(canary.written() + " "));
        calls.add(() -> engine.breakGlass(
                FOUNDER, "Reclamación de " + canary.written(), Set.of(ID), NOW.plus(Duration.ofHours(1))));
        calls.add(() -> {
            engine.erasePatient(ADMIN, ID, "no patient " + canary.written());
            return "erased";
        });
        calls.add(() -> {
            engine.erasePatient(ADMIN, ID, canary.written().repeat(50));
            return "erased";
        });
        calls.add(() -> KpiEvent.of(java.util.Map.of(canary.written(), canary.written())));
        return calls.stream().map(CanaryClinic::outcome).toList();
    }

    /** What a call returns, or the exception that it throws. */
    public static Object outcome(Supplier<Object> call) {
        try {
            return call.get();
        } catch (RuntimeException refused) {
            return refused;
        }
    }

    /** What becomes of an event that is made in code, with its words and exceptions: the event itself is the host's, and is left out. */
    public static List<Object> made(java.util.Map<String, Object> fields) {
        try {
            return List.of(KpiEvent.of(fields).toString());
        } catch (InvalidEventException refused) {
            return List.of(refused);
        }
    }
}
