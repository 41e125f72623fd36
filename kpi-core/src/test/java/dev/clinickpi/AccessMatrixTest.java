package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.clinickpi.GuardedMethods.Guarded;
import dev.clinickpi.GuardedMethods.Right;
import dev.clinickpi.GuardedMethods.Scene;
import dev.clinickpi.GuardedMethods.Sinks;
import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Section 8, whole: every public method, by everybody, about every clinic. What it does not allow is refused, and either is on record, once. */
class AccessMatrixTest {

    private static final ClinicId SOL = TwoClinics.SOL;
    private static final ClinicId MAR = TwoClinics.MAR;
    private static final ClinicId UNKNOWN = TwoClinics.UNKNOWN;
    private static final List<ClinicId> CLINICS = List.of(SOL, MAR, UNKNOWN);

    private enum Who {
        ADMIN_OF_SOL,
        ADMIN_OF_MAR,
        ADMIN_OF_NONE_THERE_IS,
        FOUNDER,
        LET_INTO_SOL,
        LET_INTO_BOTH,
        EXPIRED,
        ENDED,
        /** Made by the host, with no record behind it. */
        FORGED,
        /** Made by the host, of an access to one clinic one to both. */
        WIDENED,
        /** Made by the host, of an access that has expired one that has not. */
        PROLONGED
    }

    /** The table of section 8. An access to several clinics is to each. Benchmarks are of no clinic, so which is asked about makes no difference. */
    private static final Map<Right, Map<Who, Set<ClinicId>>> ALLOWED = Map.of(
            Right.FIGURES,
            Map.of(
                    Who.ADMIN_OF_SOL,
                    Set.of(SOL),
                    Who.ADMIN_OF_MAR,
                    Set.of(MAR),
                    Who.LET_INTO_SOL,
                    Set.of(SOL),
                    Who.LET_INTO_BOTH,
                    Set.of(SOL, MAR),
                    Who.WIDENED,
                    Set.of(SOL)),
            Right.TRAIL,
            Map.of(
                    Who.ADMIN_OF_SOL,
                    Set.of(SOL),
                    Who.ADMIN_OF_MAR,
                    Set.of(MAR),
                    Who.FOUNDER,
                    Set.of(SOL, MAR, UNKNOWN)),
            Right.ALL_TRAILS,
            Map.of(Who.FOUNDER, Set.of(SOL, MAR, UNKNOWN)),
            Right.BENCHMARKS,
            Map.of(
                    Who.ADMIN_OF_SOL,
                    Set.of(SOL, MAR, UNKNOWN),
                    Who.ADMIN_OF_MAR,
                    Set.of(SOL, MAR, UNKNOWN),
                    Who.FOUNDER,
                    Set.of(SOL, MAR, UNKNOWN),
                    Who.LET_INTO_SOL,
                    Set.of(SOL, MAR, UNKNOWN),
                    Who.LET_INTO_BOTH,
                    Set.of(SOL, MAR, UNKNOWN),
                    Who.WIDENED,
                    Set.of(SOL, MAR, UNKNOWN)),
            Right.BREAK_GLASS,
            Map.of(Who.FOUNDER, Set.of(SOL, MAR)),
            Right.INSTALLATION,
            Map.of(Who.FOUNDER, Set.of(SOL, MAR, UNKNOWN)),
            Right.ERASE_PATIENT,
            Map.of(Who.ADMIN_OF_SOL, Set.of(SOL), Who.ADMIN_OF_MAR, Set.of(MAR)),
            Right.ERASE_CLINIC,
            Map.of(Who.FOUNDER, Set.of(SOL, MAR)));

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final InMemoryAuditLog audit = AuditLog.inMemory();

    @Test
    void everyMethodHasItsPlace() {
        assertThat(GuardedMethods.ALL.keySet()).isEqualTo(GuardedMethods.inTheCode());
        assertThat(GuardedMethods.otherFaces()).containsExactly("KpiEngineBuilder");
    }

    @TestFactory
    Stream<DynamicTest> onlyWhatSectionEightAllows() {
        return GuardedMethods.ALL.entrySet().stream()
                .flatMap(method -> Arrays.stream(Who.values())
                        .flatMap(who -> CLINICS.stream()
                                .map(clinic -> DynamicTest.dynamicTest(
                                        method.getKey() + " by " + who + " of " + clinic,
                                        () -> check(method.getValue(), who, clinic)))));
    }

    private void check(Guarded method, Who who, ClinicId clinic) {
        Sinks sinks = new Sinks();
        try (KpiEngine engine = TestEngine.builder(clock)
                .directory(TwoClinics.directory())
                .events(sinks.forgetful)
                .audit(audit)
                .build()) {
            Principal principal = principal(who, engine);
            Principal other = GuardedMethods.accessOfAnother(
                    engine, clinic, clock.instant().plusSeconds(60));
            Scene scene = new Scene(engine, clock.instant(), principal, clinic, other, sinks);
            int before = audit.records().size();
            Throwable thrown = catchThrowable(() -> method.call().in(scene));
            List<AuditRecord> records =
                    audit.records().subList(before, audit.records().size());
            if (method.right() == Right.NOTHING) {
                assertThat(thrown).isNull();
                assertThat(records).isEmpty();
                return;
            }
            boolean allowed =
                    ALLOWED.get(method.right()).getOrDefault(who, Set.of()).contains(clinic);
            if (allowed) {
                assertThat(thrown).isNull();
            } else {
                assertThat(thrown).isInstanceOfAny(AccessDeniedException.class, IllegalArgumentException.class);
                assertThat(sinks.seen).hasValue(0);
            }
            assertThat(records).singleElement().satisfies(record -> {
                assertThat(record.action()).isEqualTo(allowed ? method.done() : method.refused());
                assertThat(record.principal()).isEqualTo(principal.name());
                assertThat(record.role()).isEqualTo(principal.role());
                assertThat(record.at()).isEqualTo(clock.instant());
                assertThat(record.clinic()).isIn(clinic, null);
            });
            if (method.right() == Right.FIGURES || method.right() == Right.TRAIL) {
                boolean isNamed = allowed
                        || !clinic.equals(UNKNOWN)
                        || principal.clinics().contains(clinic);
                assertThat(records.get(0).clinic()).isEqualTo(isNamed ? clinic : null);
            }
        }
    }

    private Principal principal(Who who, KpiEngine engine) {
        Instant soon = clock.instant().plus(Duration.ofMinutes(1));
        Instant later = clock.instant().plus(Duration.ofHours(1));
        Principal access = switch (who) {
            case ADMIN_OF_SOL -> Principal.clinicAdmin("ana", SOL);
            case ADMIN_OF_MAR -> Principal.clinicAdmin("eva", MAR);
            case ADMIN_OF_NONE_THERE_IS -> Principal.clinicAdmin("leo", UNKNOWN);
            case FOUNDER -> TestEngine.FOUNDER;
            case LET_INTO_SOL, ENDED -> open(engine, Set.of(SOL), later);
            case LET_INTO_BOTH -> open(engine, Set.of(SOL, MAR), later);
            case EXPIRED -> open(engine, Set.of(SOL, MAR), soon);
            case FORGED -> service(Set.of(SOL, MAR, UNKNOWN), later);
            case WIDENED -> {
                open(engine, Set.of(SOL), later);
                yield service(Set.of(SOL, MAR, UNKNOWN), later);
            }
            case PROLONGED -> {
                open(engine, Set.of(SOL, MAR), soon);
                yield service(Set.of(SOL, MAR), later);
            }
        };
        if (who == Who.ENDED) {
            engine.endBreakGlass(TestEngine.FOUNDER, access);
        }
        clock.advance(Duration.ofMinutes(1));
        return access;
    }

    private static Principal open(KpiEngine engine, Set<ClinicId> clinics, Instant expiry) {
        return engine.breakGlass(TestEngine.FOUNDER, GuardedMethods.REASON, clinics, expiry);
    }

    private static Principal service(Set<ClinicId> clinics, Instant expiry) {
        return Principal.serviceRole(TestEngine.FOUNDER.name(), GuardedMethods.REASON, clinics, expiry);
    }
}
