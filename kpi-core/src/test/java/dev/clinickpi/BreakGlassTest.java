package dev.clinickpi;

import static dev.clinickpi.TestEngine.FOUNDER;
import static dev.clinickpi.TwoClinics.MAR;
import static dev.clinickpi.TwoClinics.SOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Role;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakGlassTest {

    private static final String REASON = "Ticket 4711: the figures of March look wrong";
    private static final Instant UNTIL = Instant.parse("2026-03-31T16:00:00Z");
    private static final Period MARCH = Period.month(2026, 3);

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final InMemoryAuditLog audit = AuditLog.inMemory();

    @Test
    void isOnRecordForEachClinicAndGivesASuperAdminNothingByItself() {
        KpiEngine engine = engine(audit);

        Principal access = engine.breakGlass(FOUNDER, REASON, Set.of(SOL, MAR), UNTIL);

        assertThat(audit.records())
                .extracting(AuditRecord::principal, AuditRecord::role, AuditRecord::action, AuditRecord::clinic)
                .containsExactly(
                        tuple("founder", Role.SUPER_ADMIN, Action.BREAK_GLASS, MAR),
                        tuple("founder", Role.SUPER_ADMIN, Action.BREAK_GLASS, SOL));
        assertThat(audit.records())
                .extracting(AuditRecord::detail)
                .containsOnly("until 2026-03-31T16:00:00Z; reason: " + REASON);
        assertThat(access.role()).isEqualTo(Role.SERVICE_ROLE);
        assertThatThrownBy(() -> engine.open(FOUNDER, SOL)).isInstanceOf(AccessDeniedException.class);
        engine.open(access, SOL).report(MARCH);
        assertThat(audit.records())
                .last()
                .satisfies(record -> assertThat(record.detail()).endsWith("; reason: " + REASON));
    }

    @Test
    void isRefusedToWhoeverRunsNothing() {
        KpiEngine engine = engine(audit);
        Principal access = engine.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL);
        for (Principal principal : List.of(TestEngine.ANA, Principal.clinicAdmin("eva", MAR), access)) {
            int before = audit.records().size();
            assertThatThrownBy(() -> engine.breakGlass(principal, REASON, Set.of(SOL, MAR), UNTIL))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(audit.records().subList(before, before + 2))
                    .extracting(AuditRecord::principal, AuditRecord::action, AuditRecord::clinic, AuditRecord::detail)
                    .containsExactly(
                            tuple(principal.name(), Action.BREAK_GLASS_REFUSED, MAR, "no super admin"),
                            tuple(principal.name(), Action.BREAK_GLASS_REFUSED, SOL, "no super admin"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "test",
                "Ticket 47",
                "..........",
                "a           b",
                "Ticket 4711\nfounder",
                "Ticket 4711\u0000",
                "Ticket 4711\u001b[2J",
                "Ticket 4711 \u202e4711",
                "Ticket 4711\u2028x",
                "Ticket 4711\ud800"
            })
    void isRefusedWithoutAReasonThatCanBeShown(String reason) {
        assertRefused(reason, Set.of(SOL), UNTIL, "reason");
    }

    @Test
    void isRefusedWithAPastedReason() {
        assertRefused("x".repeat(501), Set.of(SOL), UNTIL, "500 characters");
        engine(audit).breakGlass(FOUNDER, "x".repeat(500), Set.of(SOL), UNTIL);
    }

    @Test
    void isRefusedWithoutKnownClinics() {
        assertRefused(REASON, Set.of(), UNTIL, "clinics");
        assertRefused(REASON, Set.of(TwoClinics.UNKNOWN), UNTIL, "clinics");
        assertRefused(REASON, Set.of(SOL, TwoClinics.UNKNOWN), UNTIL, "clinics");
    }

    @ParameterizedTest
    @CsvSource({
        "PT8H, 2026-03-31T12:00:00Z, false",
        "PT8H, 2026-03-31T11:59:59Z, false",
        "PT8H, 2026-03-31T12:00:00.000000001Z, true",
        "PT8H, 2026-03-31T20:00:00Z, true",
        "PT8H, 2026-03-31T20:00:00.000000001Z, false",
        "PT8H, +1000000000-12-31T23:59:59.999999999Z, false",
        "PT1H, 2026-03-31T13:00:00Z, true",
        "PT1H, 2026-03-31T13:00:01Z, false",
        "P7D, 2026-04-07T12:00:00Z, true"
    })
    void lastsNoLongerThanTheInstallationAllows(Duration atMost, Instant expiry, boolean opened) {
        KpiEngine engine = builder(audit).breakGlassAtMost(atMost).build();
        if (opened) {
            assertThat(engine.breakGlass(FOUNDER, REASON, Set.of(SOL), expiry).expiry())
                    .isEqualTo(expiry);
        } else {
            assertThatThrownBy(() -> engine.breakGlass(FOUNDER, REASON, Set.of(SOL), expiry))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expiry");
        }
    }

    @Test
    void noInstallationAllowsMoreThanAWeek() {
        for (Duration length :
                List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofDays(7).plusNanos(1))) {
            assertThatThrownBy(() -> KpiEngine.builder().breakGlassAtMost(length))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("breakGlassAtMost");
        }
    }

    private void assertRefused(String reason, Set<ClinicId> clinics, Instant expiry, String about) {
        KpiEngine engine = engine(audit);
        int before = audit.records().size();
        assertThatThrownBy(() -> engine.breakGlass(FOUNDER, reason, clinics, expiry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(about);
        assertThat(audit.records().subList(before, audit.records().size()))
                .hasSize(1)
                .extracting(AuditRecord::action, AuditRecord::detail)
                .containsExactly(tuple(Action.BREAK_GLASS_REFUSED, ""));
    }

    /** A reason may name a patient: what privacy takes out reaches no record, not even when the access is used or was refused. */
    @Test
    void aPatientInTheReasonReachesNoRecord() {
        KpiEngine engine = engine(audit);
        String reason = "Marta Ruiz asks where her visit is";
        Principal access = engine.breakGlass(FOUNDER, "  " + reason + " ", Set.of(SOL), UNTIL);
        engine.open(access, SOL).report(MARCH);
        Principal raw = Principal.serviceRole("founder", reason, Set.of(SOL), UNTIL);
        assertThatThrownBy(() -> engine.open(raw, SOL)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.auditTrail(raw, SOL, 1, 10)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.replaceDirectory(raw, TestEngine.directory()))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.breakGlass(raw, reason, Set.of(SOL), UNTIL))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.breakGlass(FOUNDER, reason, Set.of(SOL), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.endBreakGlass(FOUNDER, raw)).isInstanceOf(IllegalArgumentException.class);

        assertThat(access.reason()).isEqualTo("[NAME] asks where her visit is");
        assertThat(audit.records()).hasSize(9);
        assertThat(audit.records().toString()).contains("[NAME]").doesNotContain("Marta");
    }

    @Test
    void endsByTheClockAtEveryQuestion() {
        KpiEngine engine = engine(audit);
        ClinicDashboard dashboard = engine.open(engine.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL), SOL);
        clock.set("2026-03-31T15:59:59.999999999Z");
        dashboard.report(MARCH);
        clock.set("2026-03-31T16:00:00Z");
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AccessDeniedException.class);
        assertThat(audit.records()).last().extracting(AuditRecord::action).isEqualTo(Action.DASHBOARD_REFUSED);
    }

    @Test
    void endsEarlyWhenASuperAdminSaysSo() {
        KpiEngine engine = engine(audit);
        Principal access = engine.breakGlass(FOUNDER, REASON, Set.of(SOL, MAR), UNTIL);
        Principal other = engine.breakGlass(FOUNDER, "Ticket 4712", Set.of(SOL), UNTIL);
        ClinicDashboard dashboard = engine.open(access, SOL);
        assertThatThrownBy(() -> engine.endBreakGlass(access, access)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.endBreakGlass(FOUNDER, TestEngine.ANA))
                .isInstanceOf(IllegalArgumentException.class);
        dashboard.report(MARCH);

        engine.endBreakGlass(Principal.superAdmin("cofounder"), access);
        assertThatThrownBy(() -> engine.endBreakGlass(FOUNDER, access)).isInstanceOf(IllegalArgumentException.class);

        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.open(access, MAR)).isInstanceOf(AccessDeniedException.class);
        engine.open(other, SOL);
        assertThat(engine.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL)).isNotNull();
        dashboard.report(MARCH);
    }

    /** The trail decides, not the memory of a process: after a restart, in another engine, and through one that was made of the same words. */
    @Test
    void standsInEveryEngineOverTheSameTrail() {
        KpiEngine first = engine(audit);
        KpiEngine second = engine(audit);
        Principal access = first.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL);
        Principal again = Principal.serviceRole("founder", REASON, Set.of(SOL), UNTIL);
        assertThat(again).isEqualTo(access);
        ClinicDashboard dashboard = second.open(again, SOL);
        first.close();
        dashboard.report(MARCH);

        engine(audit).endBreakGlass(FOUNDER, access);

        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine(audit).open(again, SOL)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aLogThatCannotBeReadKnowsTheAccessesOfThisEngine() {
        KpiEngine first = engine(audit::write);
        KpiEngine second = engine(audit::write);
        Principal access = first.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL);
        first.open(access, SOL);
        assertThatThrownBy(() -> second.open(access, SOL)).isInstanceOf(AccessDeniedException.class);
        first.endBreakGlass(FOUNDER, access);
        assertThatThrownBy(() -> first.open(access, SOL)).isInstanceOf(AccessDeniedException.class);
    }

    /** Somebody who writes records of their own can write one that looks like it; unless it is a super admin's, it opens nothing. */
    @Test
    void onlyASuperAdminsRecordOpens() {
        KpiEngine engine = engine(audit);
        Principal forged = Principal.serviceRole("ana", REASON, Set.of(SOL), UNTIL);
        audit.write(new AuditRecord(
                clock.instant(), "ana", Role.CLINIC_ADMIN, Action.BREAK_GLASS, SOL, ServiceAccesses.describe(forged)));
        assertThatThrownBy(() -> engine.open(forged, SOL)).isInstanceOf(AccessDeniedException.class);
    }

    /** Of two clinics the second cannot be recorded: nothing is returned, and the first clinic's trail tells of an access that nobody was given. */
    @Test
    void aRecordThatFailsForOneClinicOpensNone() {
        AuditLog half = record -> {
            if (SOL.equals(record.clinic()) && record.action() == Action.BREAK_GLASS) {
                throw new IllegalStateException("disk full");
            }
            audit.write(record);
        };
        KpiEngine engine = engine(half);
        assertThatThrownBy(() -> engine.breakGlass(FOUNDER, REASON, Set.of(SOL, MAR), UNTIL))
                .isInstanceOf(AuditUnavailableException.class);
        Principal access = Principal.serviceRole("founder", REASON, Set.of(SOL, MAR), UNTIL);
        assertThatThrownBy(() -> engine.open(access, SOL)).isInstanceOf(AccessDeniedException.class);
    }

    /** A trail of years is not read to its beginning, and what has been read is not read again. */
    @Test
    void aLongTrailIsReadFromWhereAnAccessCanBe() {
        Instant begin = clock.instant().minus(Duration.ofDays(400));
        for (int i = 0; i < 20_000; i++) {
            audit.write(new AuditRecord(
                    begin.plus(Duration.ofMinutes(25L * i)),
                    "ana",
                    Role.CLINIC_ADMIN,
                    Action.READ_FIGURES,
                    i % 3 == 0 ? MAR : SOL,
                    ""));
        }
        CountingStore store = new CountingStore(audit);
        KpiEngine engine = engine(store);
        Principal access = engine.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL);
        engine.open(access, SOL);
        assertThat(store.entries).hasValueBetween(1, 20_000 / 3);
        store.entries.set(0);
        engine.open(access, SOL);
        assertThat(store.entries).hasValueLessThan(5);
    }

    @Test
    void aTrailThatCannotBeReadLetsNobodyIn() {
        boolean[] down = {false};
        AuditStore store = new CountingStore(audit) {
            @Override
            public List<Entry> read(ClinicId clinic, long from, int limit) {
                if (down[0]) {
                    throw new IllegalStateException("connection lost");
                }
                return super.read(clinic, from, limit);
            }
        };
        KpiEngine engine = engine(store);
        ClinicDashboard dashboard = engine.open(engine.breakGlass(FOUNDER, REASON, Set.of(SOL), UNTIL), SOL);
        down[0] = true;
        assertThatThrownBy(() -> dashboard.report(MARCH)).isInstanceOf(AuditUnavailableException.class);
        engine.open(TestEngine.ANA, SOL).report(MARCH);
        down[0] = false;
        dashboard.report(MARCH);
    }

    private KpiEngine engine(AuditLog log) {
        return builder(log).build();
    }

    private KpiEngineBuilder builder(AuditLog log) {
        return TestEngine.builder(clock).directory(TwoClinics.directory()).audit(log);
    }

    /** Counts what is read of it. */
    private static class CountingStore implements AuditStore {

        final AtomicInteger entries = new AtomicInteger();
        private final InMemoryAuditLog log;

        CountingStore(InMemoryAuditLog log) {
            this.log = log;
        }

        @Override
        public void write(AuditRecord record) {
            log.write(record);
        }

        @Override
        public List<Entry> read(long from, int limit) {
            return log.read(from, limit);
        }

        @Override
        public List<Entry> read(ClinicId clinic, long from, int limit) {
            List<Entry> page = log.read(clinic, from, limit);
            entries.addAndGet(page.size());
            return page;
        }
    }
}
