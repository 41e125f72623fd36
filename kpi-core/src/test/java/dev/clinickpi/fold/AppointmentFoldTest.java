package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.fold.FoldedClinic.Folding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentFoldTest {

    private static final String MUCH_LATER = "2026-06-01T00:00";

    @ParameterizedTest(name = "{0}: resolved {1}, missed {2}, unresolved {3}, cancelled {4}")
    @CsvSource({
        "BOOKED, 0, 0, 1, 0",
        "CONFIRMED, 0, 0, 1, 0",
        "CANCELLED, 0, 0, 0, 1",
        "COMPLETED, 1, 0, 0, 0",
        "NO_SHOW, 1, 1, 0, 0",
    })
    void countsByItsStatusOnTheDayThatItStarts(
            AppointmentStatus status, long resolved, long missed, long unresolved, long cancelled) {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", status, "2026-03-05T10:00", "2026-03-02T10:00")
                .fold();
        assertThat(folding.count(Measure.RESOLVED, "2026-03-05")).isEqualTo(resolved);
        assertThat(folding.people(Measure.RESOLVED)).isEqualTo((int) resolved);
        assertThat(folding.count(Measure.NO_SHOWS, "2026-03-05")).isEqualTo(missed);
        assertThat(folding.count(Measure.UNRESOLVED, "2026-03-05")).isEqualTo(unresolved);
        assertThat(folding.count(Measure.CANCELLATIONS, "2026-03-02")).isEqualTo(cancelled);
        assertThat(folding.people(Measure.CANCELLATIONS)).isEqualTo((int) cancelled);
    }

    @Test
    void theLatestEventDecidesAndOfOneInstantTheLaterStatus() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", AppointmentStatus.NO_SHOW, "2026-03-05T10:00", "2026-03-05T11:00")
                .appointment("a", AppointmentStatus.COMPLETED, "2026-03-05T10:00", "2026-03-05T11:00")
                .appointment("a", AppointmentStatus.COMPLETED, "2026-03-05T10:00", "2026-03-05T10:59")
                .fold();
        assertThat(folding.count(Measure.RESOLVED)).isEqualTo(1);
        assertThat(folding.count(Measure.NO_SHOWS)).isEqualTo(1);
    }

    @Test
    void aRescheduledAppointmentMovesToItsLatestStart() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", AppointmentStatus.BOOKED, "2026-03-05T10:00", "2026-03-02T10:00")
                .appointment("a", AppointmentStatus.BOOKED, "2026-03-07T10:00", "2026-03-03T10:00")
                .fold();
        assertThat(folding.count(Measure.UNRESOLVED, "2026-03-05")).isZero();
        assertThat(folding.count(Measure.UNRESOLVED, "2026-03-07")).isEqualTo(1);
    }

    @ParameterizedTest(name = "as of {0}: {1}")
    @CsvSource({"2026-03-05T09:59:59.999, 0", "2026-03-05T10:00, 1"})
    void countsOnceItsStartHasPassed(String asOf, long counted) {
        FoldedClinic clinic = new FoldedClinic(asOf)
                .appointment("a", AppointmentStatus.COMPLETED, "2026-03-05T10:00", "2026-03-02T10:00")
                .appointment("b", AppointmentStatus.BOOKED, "2026-03-05T10:00", "2026-03-02T10:00");
        assertThat(clinic.fold().count(Measure.RESOLVED)).isEqualTo(counted);
        assertThat(clinic.fold().count(Measure.UNRESOLVED)).isEqualTo(counted);

        Folding stepByStep = clinic.start("2026-03-02T11:00");
        clinic.facts().forEach(stepByStep.fold()::accept);
        assertThat(stepByStep.count(Measure.RESOLVED)).isZero();
        stepByStep.fold().advance(clinic.local(asOf).toEpochMilli());
        assertThat(stepByStep.count(Measure.RESOLVED)).isEqualTo(counted);
        assertThat(stepByStep.cells()).isEqualTo(clinic.fold().cells());
    }

    @Test
    void aCancellationIsDatedByTheStartOfItsLastRun() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", AppointmentStatus.CANCELLED, "2026-03-20T10:00", "2026-03-02T10:00")
                .appointment("a", AppointmentStatus.BOOKED, "2026-03-20T10:00", "2026-03-03T10:00")
                .appointment("a", AppointmentStatus.CANCELLED, "2026-03-20T10:00", "2026-03-04T10:00")
                .appointment("a", AppointmentStatus.CANCELLED, "2026-03-20T10:00", "2026-03-05T10:00")
                .fold();
        assertThat(folding.count(Measure.CANCELLATIONS)).isEqualTo(1);
        assertThat(folding.count(Measure.CANCELLATIONS, "2026-03-04")).isEqualTo(1);
    }

    @Test
    void aCancellationThatIsTakenBackIsNone() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", AppointmentStatus.CANCELLED, "2026-03-20T10:00", "2026-03-02T10:00")
                .appointment("a", AppointmentStatus.CONFIRMED, "2026-03-20T10:00", "2026-03-03T10:00")
                .offered("a", "2026-03-02T10:01")
                .filled("a", "2026-03-02T10:02")
                .fold();
        assertThat(folding.count(Measure.CANCELLATIONS)).isZero();
        assertThat(folding.count(Measure.OFFERED)).isZero();
        assertThat(folding.count(Measure.FILLED)).isZero();
    }

    @Test
    void itsPlaceIsOfferedAndFilledOnceHoweverOftenAndInWhateverOrder() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .filled("a", "2026-03-09T10:00")
                .filled("a", "2026-03-09T11:00")
                .appointment("a", AppointmentStatus.CANCELLED, "2026-03-20T10:00", "2026-03-02T10:00")
                .offered("a", "2026-03-08T10:00")
                .offered("a", "2026-03-08T11:00")
                .appointment("b", AppointmentStatus.CANCELLED, "2026-03-20T10:00", "2026-03-02T10:00")
                .offered("nobody-booked-this", "2026-03-02T10:00")
                .fold();
        assertThat(folding.count(Measure.CANCELLATIONS, "2026-03-02")).isEqualTo(2);
        assertThat(folding.count(Measure.OFFERED, "2026-03-02")).isEqualTo(1);
        assertThat(folding.count(Measure.FILLED, "2026-03-02")).isEqualTo(1);
    }

    @Test
    void itsPatientIsTheLatest() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", "p1", AppointmentStatus.BOOKED, "2026-03-05T10:00", null, null, "2026-03-02T10:00")
                .appointment("a", "p2", AppointmentStatus.COMPLETED, "2026-03-05T10:00", null, null, "2026-03-05T11:00")
                .appointment("b", "p2", AppointmentStatus.COMPLETED, "2026-03-06T10:00", null, null, "2026-03-06T11:00")
                .fold();
        assertThat(folding.count(Measure.RESOLVED)).isEqualTo(2);
        assertThat(folding.people(Measure.RESOLVED)).isEqualTo(1);
    }
}
