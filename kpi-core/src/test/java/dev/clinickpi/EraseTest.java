package dev.clinickpi;

import static dev.clinickpi.TestEngine.ANA;
import static dev.clinickpi.TestEngine.FOUNDER;
import static dev.clinickpi.TestEngine.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestEngine.TestClock;
import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.InvalidEventException;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may erase, what is on record of it, and what is left when something on the way fails. */
class EraseTest {

    private static final ClinicId SOL = TestClinics.SOL;
    private static final Set<AuditRecord.Action> READS =
            Set.of(AuditRecord.Action.OPEN_DASHBOARD, AuditRecord.Action.READ_FIGURES);
    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

    private final List<AuditRecord> audit = new ArrayList<>();
    private final FailingLog log = new FailingLog();
    private boolean auditIsDown;
    private final KpiEngine engine = TestEngine.builder(new TestClock(NOW.toString()))
            .events(log)
            .audit(record -> {
                if (auditIsDown) {
                    throw new IllegalStateException("disk full");
                }
                audit.add(record);
            })
            .build();

    /** Of conversation c is patient p-c. */
    private final List<KpiEvent> events = List.of(
            message("1", Sender.PATIENT, "maria", "2026-03-02T10:00:00Z"),
            message("2", Sender.PATIENT, "juan", "2026-03-02T10:00:00Z"),
            new KpiEvent.ConversationHandedOff("3", SOL, Instant.parse("2026-03-02T10:01:00Z"), "maria"));

    private static final class FailingLog extends ForwardingLog {

        private boolean fails;

        @Override
        public void erase(ClinicId clinic, long patient) {
            if (fails) {
                throw new IllegalStateException("unplugged");
            }
            super.erase(clinic, patient);
        }

        @Override
        public void eraseClinic(ClinicId clinic) {
            log.eraseClinic(clinic);
        }
    }

    @Test
    void thePatientIsNoLongerCounted() {
        engine.record(events);
        assertThat(handoffs()).isEqualTo("0.5");

        engine.erasePatient(ANA, SOL, "p-maria");

        assertThat(handoffs()).isEqualTo("0");
        assertThat(facts()).hasSize(1);
        RecordResult again = engine.record(events);
        assertThat(List.of(again.accepted(), again.duplicates(), again.erased()))
                .containsExactly(0L, 1L, 2L);
        assertThat(engine.health().erased()).isEqualTo(2);
        assertThat(handoffs()).isEqualTo("0");
    }

    @Test
    void theRecordSaysThatSomebodyWasErasedAndNotWho() {
        engine.record(events);
        engine.erasePatient(ANA, SOL, "p-maria");

        assertThat(audit)
                .containsExactly(new AuditRecord(NOW, "ana", ANA.role(), AuditRecord.Action.ERASE_PATIENT, SOL, ""));
    }

    @Test
    void nothingIsErasedThatIsNotOnRecord() {
        engine.record(events);
        auditIsDown = true;

        assertThatThrownBy(() -> engine.erasePatient(ANA, SOL, "p-maria"))
                .isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> engine.eraseClinic(FOUNDER, SOL)).isInstanceOf(AuditUnavailableException.class);

        assertThat(facts()).hasSize(3);
    }

    @Test
    void anErasureThatFailsOnTheWayGoesOnWhenItIsCalledAgain() {
        engine.record(events);
        log.fails = true;
        assertThatThrownBy(() -> engine.erasePatient(ANA, SOL, "p-maria")).hasMessage("unplugged");
        assertThat(handoffs()).isEqualTo("0.5");

        log.fails = false;
        engine.erasePatient(ANA, SOL, "p-maria");

        assertThat(handoffs()).isEqualTo("0");
    }

    /** Publication keeps people, too, and learns of it when the log refuses the patient already. */
    @Test
    void whatWasReleasedIsErasedBehindTheLog() {
        Released released = new Released();
        KpiEngine engine = TestEngine.builder(new TestClock(NOW.toString()))
                .events(log)
                .privacy(TestEngine.privacy(released))
                .build();
        engine.record(events);
        released.fails = true;
        assertThatThrownBy(() -> engine.erasePatient(ANA, SOL, "p-maria")).hasMessage("unplugged");
        released.fails = false;
        engine.erasePatient(ANA, SOL, "p-maria");
        released.fails = true;
        assertThatThrownBy(() -> engine.eraseClinic(FOUNDER, SOL)).hasMessage("unplugged");
        released.fails = false;
        engine.eraseClinic(FOUNDER, SOL);

        assertThat(released.erased)
                .containsExactly(
                        TestEngine.privacy(released).gate().patient(SOL, "p-maria") + " of 1 erasures",
                        "all of 2 erasures");
    }

    /** That has released something of the clinic. */
    private static final class Released implements TestEngine.Rule {

        private final List<String> erased = new ArrayList<>();
        private boolean fails;

        @Override
        public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
            return TestEngine.EXACT.release(request, results);
        }

        @Override
        public void erase(ClinicId clinic, long patient, long erasures) {
            requirePlugged();
            erased.add(patient + " of " + erasures + " erasures");
        }

        @Override
        public void eraseClinic(ClinicId clinic, long erasures) {
            requirePlugged();
            erased.add("all of " + erasures + " erasures");
        }

        private void requirePlugged() {
            if (fails) {
                throw new IllegalStateException("unplugged");
            }
        }
    }

    static Stream<Principal> whoMayNot() {
        return Stream.of(
                FOUNDER,
                Principal.clinicAdmin("eva", ClinicId.of("luna")),
                Principal.serviceRole("max", "a ticket", Set.of(SOL), NOW.plusSeconds(60)));
    }

    @ParameterizedTest
    @MethodSource("whoMayNot")
    void onlyTheClinicsAdminErasesAPatient(Principal other) {
        engine.record(events);

        assertThatThrownBy(() -> engine.erasePatient(other, SOL, "p-maria"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageNotContaining("maria");

        assertThat(facts()).hasSize(3);
        assertThat(audit)
                .containsExactly(new AuditRecord(
                        NOW, other.name(), other.role(), AuditRecord.Action.CHANGE_REFUSED, SOL, "an erasure"));
    }

    @Test
    void onlyASuperAdminErasesAClinicThatThereIs() {
        engine.record(events);
        assertThatThrownBy(() -> engine.eraseClinic(ANA, SOL)).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> engine.eraseClinic(FOUNDER, ClinicId.of("nowhere")))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(facts()).hasSize(3);

        // The gate of this test has no keys to destroy.
        assertThat(engine.eraseClinic(FOUNDER, SOL)).isFalse();

        assertThat(facts()).isEmpty();
        assertThat(engine.record(events).erased()).isEqualTo(3);
        assertThat(audit)
                .extracting(AuditRecord::action)
                .containsExactly(
                        AuditRecord.Action.CHANGE_REFUSED,
                        AuditRecord.Action.CHANGE_REFUSED,
                        AuditRecord.Action.ERASE_CLINIC);
    }

    @Test
    void whatCanBeNoIdIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> engine.erasePatient(ANA, SOL, " "))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("patientId");
        assertThat(audit).isEmpty();
    }

    @Test
    void aLogThatCannotEraseSaysSo() {
        EventLog cannot = new CannotErase();
        assertThatThrownBy(() -> cannot.erase(SOL, 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("implement erase");
        assertThatThrownBy(() -> cannot.eraseClinic(SOL)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(cannot.erasures(SOL)).isZero();
    }

    private static final class CannotErase implements EventLog {

        @Override
        public Appended append(List<Fact> facts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return from;
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            return Set.of();
        }

        @Override
        public Map<ClinicId, Long> ends() {
            return Map.of();
        }
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        log.read(SOL, 0, (position, fact) -> facts.add(fact));
        return facts;
    }

    /** The reading leaves no record that the tests would have to know of. */
    private String handoffs() {
        BigDecimal value = engine.open(ANA, SOL)
                .report(Period.month(2026, 3))
                .result(Kpi.HANDOFF_RATE)
                .value();
        audit.removeIf(record -> READS.contains(record.action()));
        return value == null ? "none" : value.stripTrailingZeros().toPlainString();
    }
}
