package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.SectorComparison;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.privacy.Publications;
import dev.clinickpi.sector.BenchmarkRule;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A vertical of clinics in a real engine. What each spends on language models in a month is chosen by the test, since that can be any number; the benchmarks of it go the way of all
 * others.
 */
final class AttackedSector {

    static final YearMonth MARCH = YearMonth.of(2026, 3);

    private static final int PATIENTS = 6;

    private final ClinicDirectory directory;
    private final EventLog events = EventLog.inMemory();
    private final Privacy privacy;
    private final AuditLog audit;
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

    /**
     * A sector in which nothing has happened.
     *
     * @param owners whose each clinic is; the clinics are called 0, 1, 2, …
     */
    AttackedSector(List<String> owners, BenchmarkRule rule) {
        this(owners, rule, AuditLog.inMemory());
    }

    AttackedSector(List<String> owners, BenchmarkRule rule, AuditLog audit) {
        this.audit = audit;
        Map<ClinicId, Clinic> clinics = new LinkedHashMap<>();
        for (int i = 0; i < owners.size(); i++) {
            clinics.put(id(i), clinic(id(i), owners.get(i)));
        }
        this.directory = new ClinicDirectory(clinics, List.of(), Map.of(), Map.of());
        this.privacy = new Guarded(new PlainGate(), Publications.standard(), rule);
    }

    /** One of many that may stand before the same events: what is kept has to hold for all of them. */
    KpiEngine engine() {
        return KpiEngine.builder()
                .directory(directory)
                .events(events)
                .audit(audit)
                .clock(clock)
                .privacy(privacy)
                .build();
    }

    /** Has clinics spend their amounts in a month, in which some patients write to each. */
    void spend(YearMonth month, List<Integer> spending, List<BigDecimal> amounts) {
        spend(month, spending, amounts, PATIENTS);
    }

    void spend(YearMonth month, List<Integer> spending, List<BigDecimal> amounts, int patients) {
        Instant at = month.atDay(10).atTime(12, 0).toInstant(ZoneOffset.UTC);
        at(at);
        List<KpiEvent> happened = new ArrayList<>();
        for (int clinic : spending) {
            Money cost = new Money(amounts.get(clinic), "EUR");
            happened.add(new KpiEvent.LlmUsed("l" + month, id(clinic), at, "m", 1, 0, 1, null, cost));
            for (int i = 0; i < patients; i++) {
                String conversation = month + "c" + i;
                happened.add(new KpiEvent.Message(
                        conversation, id(clinic), at, conversation, conversation, Sender.PATIENT, null, null));
            }
        }
        engine().record(happened);
    }

    /** What the admin of a clinic sees of a month, as soon as it is ripe or later. */
    Optional<SectorBenchmark> seen(int clinic, YearMonth month) {
        at(ripe(month));
        return Optional.ofNullable(
                comparison(engine(), clinic, month).entry(Kpi.LLM_COST).sector());
    }

    /** From when on a month's benchmarks are made. */
    static Instant ripe(YearMonth month) {
        return month.plusMonths(1)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .plus(Duration.ofDays(31));
    }

    /** Moves the clock forward. */
    void at(Instant now) {
        if (clock.instant().isBefore(now)) {
            clock.set(now);
        }
    }

    static SectorComparison comparison(KpiEngine engine, int clinic, YearMonth month) {
        return engine.open(Principal.clinicAdmin("mallory", id(clinic)), id(clinic))
                .benchmarks(month);
    }

    static ClinicId id(int clinic) {
        return ClinicId.of("clinic-" + clinic);
    }

    private static Clinic clinic(ClinicId id, String owner) {
        return new Clinic(
                id,
                "Clínica " + id,
                owner,
                "dental",
                "ES",
                ZoneOffset.UTC,
                "EUR",
                Locale.ROOT,
                null,
                EffectiveDated.none(),
                Set.of(),
                EffectiveDated.none(),
                null,
                List.of(),
                Map.of(),
                EffectiveDated.none());
    }

    private record Guarded(PrivacyGate gate, Publication publication, BenchmarkRule benchmarks) implements Privacy {}
}
