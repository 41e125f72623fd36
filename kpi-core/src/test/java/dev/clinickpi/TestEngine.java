package dev.clinickpi;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.TestGate;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** What the tests of the engine build one from, and a few events. */
final class TestEngine {

    static final Principal ANA = Principal.clinicAdmin("ana", TestClinics.SOL);
    static final Principal FOUNDER = Principal.superAdmin("founder");

    /** Shows everything. */
    static final Rule EXACT = (request, results) -> results.stream()
            .map(result -> result.release(part -> true, row -> true))
            .toList();

    /** Shows nothing. */
    static final Rule NOTHING = (request, results) ->
            results.stream().map(result -> result.suppress("withheld")).toList();

    private TestEngine() {}

    static KpiEngineBuilder builder(Clock clock) {
        return KpiEngine.builder()
                .directory(TestClinics.directory(TestClinics.sol()))
                .events(EventLog.inMemory())
                .privacy(privacy(EXACT))
                .audit(AuditLog.inMemory())
                .clock(clock);
    }

    static Privacy privacy(Rule publication) {
        PrivacyGate gate = new TestGate();
        return new Privacy() {
            @Override
            public PrivacyGate gate() {
                return gate;
            }

            @Override
            public Publication publication() {
                return publication;
            }

            /** Knows one patient. */
            @Override
            public String scrub(String text) {
                return text.replace("Marta Ruiz", "[NAME]");
            }
        };
    }

    static KpiEvent message(String id, Sender from, String conversation, String at) {
        return new KpiEvent.Message(
                id, TestClinics.SOL, Instant.parse(at), conversation, "p-" + conversation, from, null, null);
    }

    static KpiEvent appointment(String id, String appointment, AppointmentStatus status, String startsAt, String at) {
        return new KpiEvent.Appointment(
                id,
                TestClinics.SOL,
                Instant.parse(at),
                appointment,
                "p-" + appointment,
                status,
                Instant.parse(startsAt),
                null,
                null,
                null);
    }

    static List<String> ids(List<ExactResult> results) {
        return results.stream().map(result -> result.definition().id()).toList();
    }

    static KpiResult named(String id, KpiResult result) {
        return new KpiResult(
                id,
                result.status(),
                result.reason(),
                null,
                null,
                null,
                null,
                null,
                result.partial(),
                result.period(),
                result.asOf(),
                result.refresh(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null);
    }

    static ClinicDirectory directory() {
        return TestClinics.directory(TestClinics.sol());
    }

    /** A publication that judges each request by itself. */
    @FunctionalInterface
    interface Rule extends Publication {

        @Override
        default ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
            return ReleasedCells.unguarded(cells);
        }

        @Override
        default void erase(ClinicId clinic, long patient, long erasures) {}

        @Override
        default void eraseClinic(ClinicId clinic, long erasures) {}
    }

    /** A clock that a test sets. */
    static final class TestClock extends Clock {

        private volatile Instant now;

        TestClock(String now) {
            this.now = Instant.parse(now);
        }

        void set(String to) {
            now = Instant.parse(to);
        }

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
