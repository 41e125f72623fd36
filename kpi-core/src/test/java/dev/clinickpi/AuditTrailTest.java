package dev.clinickpi;

import static dev.clinickpi.TestEngine.ANA;
import static dev.clinickpi.TestEngine.FOUNDER;
import static dev.clinickpi.TwoClinics.MAR;
import static dev.clinickpi.TwoClinics.SOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditStore.Entry;
import dev.clinickpi.access.InMemoryAuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Period;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

    private static final Principal EVA = Principal.clinicAdmin("eva", MAR);
    private static final Period MARCH = Period.month(2026, 3);

    private final TestClock clock = new TestClock("2026-03-31T12:00:00Z");
    private final InMemoryAuditLog audit = AuditLog.inMemory();
    private final KpiEngine engine = TestEngine.builder(clock)
            .directory(TwoClinics.directory())
            .audit(audit)
            .build();

    /** An admin sees who else looked, and nothing of the other clinic. */
    @Test
    void anAdminSeesEverybodyWhoLookedAtItsClinic() {
        engine.open(ANA, SOL).report(MARCH);
        engine.open(EVA, MAR).report(MARCH);
        assertThatThrownBy(() -> engine.open(EVA, SOL)).isInstanceOf(AccessDeniedException.class);
        Principal access = engine.breakGlass(
                FOUNDER, "Ticket 4711", Set.of(SOL, MAR), clock.instant().plus(Duration.ofHours(1)));
        engine.open(access, SOL).funnel(MARCH);
        engine.auditTrail(FOUNDER, SOL, 1, 10);

        List<Entry> trail = engine.auditTrail(ANA, SOL, 1, 100);

        assertThat(trail)
                .extracting(
                        entry -> entry.record().principal(),
                        entry -> entry.record().action())
                .containsExactly(
                        tuple("ana", Action.OPEN_DASHBOARD),
                        tuple("ana", Action.READ_FIGURES),
                        tuple("eva", Action.DASHBOARD_REFUSED),
                        tuple("founder", Action.BREAK_GLASS),
                        tuple("founder", Action.OPEN_DASHBOARD),
                        tuple("founder", Action.READ_FIGURES),
                        tuple("founder", Action.READ_AUDIT_TRAIL),
                        tuple("ana", Action.READ_AUDIT_TRAIL));
        assertThat(trail).extracting(entry -> entry.record().clinic()).containsOnly(SOL);
        assertThat(trail.toString())
                .doesNotContain("mar,")
                .doesNotContain("[mar")
                .contains("reason: Ticket 4711");
    }

    @Test
    void pagesGoOnByNumber() {
        for (int i = 0; i < 10; i++) {
            engine.open(i % 3 == 0 ? EVA : ANA, i % 3 == 0 ? MAR : SOL);
        }
        List<Long> numbers = new ArrayList<>();
        long from = 1;
        List<Entry> page = engine.auditTrail(ANA, SOL, from, 4);
        while (page.size() == 4) {
            page.forEach(entry -> numbers.add(entry.number()));
            from = page.get(3).number() + 1;
            page = engine.auditTrail(ANA, SOL, from, 4);
        }
        page.forEach(entry -> numbers.add(entry.number()));
        assertThat(numbers).containsExactly(2L, 3L, 5L, 6L, 8L, 9L, 11L, 12L, 13L);
    }

    @Test
    void aSuperAdminSeesAllTrails() {
        engine.open(ANA, SOL);
        engine.open(EVA, MAR);
        assertThat(engine.auditTrail(FOUNDER, 1, 10))
                .extracting(entry -> entry.record().clinic())
                .containsExactly(SOL, MAR, null);
        assertThat(engine.auditTrail(FOUNDER, MAR, 1, 10))
                .extracting(Entry::number)
                .containsExactly(2L, 4L);
    }

    /** Whether a clinic exists is not told by how its trail is refused. */
    @Test
    void aForeignClinicAndOneThatIsNotThereAreRefusedAlike() {
        assertThat(messageOf(MAR)).isEqualTo(messageOf(TwoClinics.UNKNOWN)).isNotNull();
        assertThat(audit.records()).extracting(record -> record.action()).containsOnly(Action.AUDIT_TRAIL_REFUSED);
    }

    private String messageOf(ClinicId clinic) {
        try {
            engine.auditTrail(ANA, clinic, 1, 10);
            return null;
        } catch (AccessDeniedException e) {
            return e.getMessage();
        }
    }

    /** The trail of a clinic that has left is the installation's to read. */
    @Test
    void aTrailOutlivesItsClinic() {
        engine.open(ANA, SOL);
        engine.replaceDirectory(FOUNDER, new ClinicDirectory(Map.of(), List.of(), Map.of(), Map.of()));
        assertThatThrownBy(() -> engine.auditTrail(ANA, SOL, 1, 10)).isInstanceOf(AccessDeniedException.class);
        assertThat(engine.auditTrail(FOUNDER, SOL, 1, 10))
                .extracting(entry -> entry.record().action())
                .containsExactly(Action.OPEN_DASHBOARD, Action.AUDIT_TRAIL_REFUSED, Action.READ_AUDIT_TRAIL);
    }

    /** What a caller takes for a clinic's id may be a patient's phone, and nothing can be taken out of the log again. */
    @Test
    void whatNamesNoClinicIsNotRecordedAsOne() {
        for (String id : List.of("34600123456", "maria.lopez@canary.example")) {
            ClinicId none = ClinicId.of(id);
            assertThatThrownBy(() -> engine.open(ANA, none)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> engine.auditTrail(ANA, none, 1, 10)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> engine.erasePatient(ANA, none, "p")).isInstanceOf(AccessDeniedException.class);
            assertThat(engine.auditTrail(FOUNDER, none, 1, 10)).isEmpty();
        }

        assertThat(audit.records())
                .hasSize(8)
                .allSatisfy(record -> assertThat(record.clinic()).isNull())
                .allSatisfy(record ->
                        assertThat(record.detail()).contains("a clinic that the reference data does not have"));
    }

    @Test
    void whatCannotBeAskedIsRefusedBeforeItIsRecorded() {
        assertThatThrownBy(() -> engine.auditTrail(ANA, SOL, 0, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.auditTrail(ANA, SOL, 1, 10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.auditTrail(FOUNDER, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(audit.records()).isEmpty();
    }

    @Test
    void aLogThatCannotBeReadSaysSo() {
        KpiEngine writesOnly = TestEngine.builder(clock).audit(audit::write).build();
        assertThatThrownBy(() -> writesOnly.auditTrail(ANA, SOL, 1, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AuditStore");
    }

    /** Changes of the installation are on record before they take effect, and so is that one was refused. */
    @Test
    void importsPurgesAndReferenceDataAreOnRecord() throws Exception {
        GuardedMethods.Sinks sinks = new GuardedMethods.Sinks();
        KpiEngine forgetful =
                TestEngine.builder(clock).events(sinks.forgetful).audit(audit).build();
        forgetful.record(FOUNDER, sinks.source, rejection -> {});
        forgetful.forgetBefore(FOUNDER, clock.instant());
        forgetful.replaceDirectory(FOUNDER, TestEngine.directory());
        assertThat(sinks.seen).hasValue(2);
        assertThatThrownBy(() -> forgetful.forgetBefore(ANA, clock.instant()))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> forgetful.forgetBefore(FOUNDER, clock.instant().plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.forgetBefore(FOUNDER, clock.instant()))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(audit.records())
                .extracting(record -> record.action(), record -> record.detail())
                .containsExactly(
                        tuple(Action.IMPORT_EVENTS, ""),
                        tuple(Action.FORGET_EVENTS, "before 2026-03-31T12:00:00Z"),
                        tuple(Action.CHANGE_REFERENCE_DATA, "1 clinics"),
                        tuple(Action.CHANGE_REFUSED, "events before an instant"),
                        tuple(Action.FORGET_EVENTS, "before 2026-03-31T12:00:00Z"));
    }
}
