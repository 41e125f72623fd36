package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.sector.BenchmarkRule;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.sector.SectorClinic;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The benchmarks of each vertical and month. They are made when they are first asked for once the month is ripe, of what every clinic of the vertical has
 * published of it, and never again: whoever asks later, or at once in another engine, gets the same. A clinic that cannot be read means that none are made yet,
 * since what is made without it would stay without it.
 */
final class Sectors {

    /** All but what is of the moment alone, which no month has. */
    static final List<KpiDefinition> KPIS = Kpi.ALL.stream()
            .filter(kpi -> !kpi.equals(Kpi.ACTIVE_CONVERSATIONS))
            .toList();

    /** By when conversions have come in and whoever reports late has reported. */
    private static final Duration RIPE_AFTER = Duration.ofDays(31);

    /** By how much a month may end later somewhere than by UTC, rounded up. */
    private static final Duration ZONES = Duration.ofDays(1);

    /** Of months further back nothing is made: what is kept of them may be asked for. */
    private static final int OLDEST = 24;

    private final KpiEngine engine;
    private final BenchmarkRule rule;
    private final Duration ripeAfter;
    private final boolean onlyAnswers;
    private final ConcurrentMap<Key, List<SectorBenchmark>> known = new ConcurrentHashMap<>();
    private final Object making = new Object();

    private record Key(String vertical, YearMonth month) {}

    /** @param onlyAnswers whether it makes none, and shows what other engines have made */
    Sectors(KpiEngine engine, BenchmarkRule rule, Duration conversionWindow, boolean onlyAnswers) {
        this.engine = engine;
        this.rule = rule;
        Duration converted = conversionWindow.plus(ZONES);
        this.ripeAfter = converted.compareTo(RIPE_AFTER) > 0 ? converted : RIPE_AFTER;
        this.onlyAnswers = onlyAnswers;
    }

    /** From when on a month's benchmarks are made. */
    Instant ripeAt(YearMonth month) {
        return month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(ripeAfter);
    }

    /** What is shown of a vertical to who may see it, on record. */
    List<SectorBenchmark> ask(Principal principal, String vertical, YearMonth month) {
        Instant now = engine.clock().instant();
        // Only what the reference data spell is no word of somebody's.
        String detail = clinics(vertical).isEmpty() ? "of no clinic" : vertical + ", " + month;
        if (!maySee(principal, vertical, now)) {
            engine.access().refuse(principal, Action.BENCHMARKS_REFUSED, null, "", now);
            throw new AccessDeniedException("There is no such vertical, or the principal may see no clinic of it");
        }
        engine.access().record(principal, Action.READ_BENCHMARKS, null, detail, now);
        return of(principal, vertical, month, now).orElse(List.of());
    }

    private boolean maySee(Principal principal, String vertical, Instant now) {
        return principal.role() == Role.SUPER_ADMIN
                || principal.clinics().stream()
                        .filter(clinic -> engine.access().mayRead(principal, clinic, now))
                        .anyMatch(clinic -> engine.directory()
                                .clinic(clinic)
                                .filter(own -> own.vertical().equals(vertical))
                                .isPresent());
    }

    /**
     * The benchmarks of a vertical and month, made if that is due.
     *
     * @param principal who asks
     * @return empty where none are made yet, or never were
     */
    Optional<List<SectorBenchmark>> of(Principal principal, String vertical, YearMonth month, Instant now) {
        if (now.isBefore(ripeAt(month))) {
            return Optional.empty();
        }
        Key key = new Key(vertical, month);
        List<SectorBenchmark> before = known.get(key);
        if (before != null) {
            return Optional.of(before);
        }
        // One thread makes them; the others would only do the same work at the same time.
        synchronized (making) {
            Optional<List<SectorBenchmark>> found = rule.published(vertical, month);
            if (found.isEmpty() && isDue(month)) {
                found = make(principal, key);
            }
            found.ifPresent(benchmarks -> known.put(key, benchmarks));
            return found;
        }
    }

    private boolean isDue(YearMonth month) {
        Instant now = engine.clock().instant();
        return !onlyAnswers
                && !ripeAt(month.plusMonths(OLDEST)).isBefore(now)
                && !ripeAt(month).isAfter(now);
    }

    private List<Clinic> clinics(String vertical) {
        return engine.directory().clinics().values().stream()
                .filter(clinic -> clinic.vertical().equals(vertical))
                .toList();
    }

    private Optional<List<SectorBenchmark>> make(Principal principal, Key key) {
        List<SectorClinic> clinics = clinics(key.vertical).stream()
                .map(clinic -> ClinicDashboard.published(engine, clinic, key.month))
                .toList();
        if (clinics.isEmpty()) {
            return Optional.empty();
        }
        engine.access()
                .record(
                        principal,
                        Action.PUBLISH_BENCHMARKS,
                        null,
                        key.vertical + ", " + key.month,
                        engine.clock().instant());
        return Optional.of(rule.publish(key.vertical, key.month, clinics));
    }
}
