package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.fold.FoldedClinic.Folding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatientFoldTest {

    private static final String MUCH_LATER = "2026-06-01T00:00";
    private static final Dimension MARCH = new Dimension("", "", 2026 * 12L + 2);
    private static final Dimension MAY = new Dimension("", "", 2026 * 12L + 4);

    @Test
    void isOnboardedAtTheEarliestEventThatBearsItsId() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .onboarded("p-c", "2026-03-05T10:00")
                .csat("c", 5, "2026-03-04T10:00")
                .bot("c", "2026-03-03T10:00")
                .fold();
        assertThat(folding.count(Measure.ONBOARDED)).isEqualTo(1);
        assertThat(folding.count(Measure.ONBOARDED, "2026-03-03")).isEqualTo(1);
        assertThat(folding.people(Measure.ONBOARDED)).isEqualTo(1);
    }

    @Test
    void anOfferFromTheWaitlistOnboardsNobody() {
        assertThat(new FoldedClinic(MUCH_LATER)
                        .offered("a", "2026-03-02T10:00")
                        .fold()
                        .count(Measure.ONBOARDED))
                .isZero();
    }

    @Test
    void aCompletedAppointmentOnboardsFromItsStart() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", AppointmentStatus.COMPLETED, "2026-02-05T10:00", "2026-03-02T10:00")
                .appointment("b", AppointmentStatus.NO_SHOW, "2026-01-05T10:00", "2026-03-02T10:00")
                .fold();
        assertThat(folding.count(Measure.ONBOARDED, "2026-02-05")).isEqualTo(1);
        assertThat(folding.count(Measure.ONBOARDED, "2026-01-05")).isZero();
        assertThat(folding.count(Measure.ONBOARDED, "2026-03-02")).isEqualTo(1);
    }

    @Test
    void comesBackInAMonthOnceHoweverOften() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .onboarded("p", "2026-03-01T10:00")
                .appointment(
                        "a", "p", AppointmentStatus.COMPLETED, "2026-03-05T10:00", null, "10 EUR", "2026-03-05T11:00")
                .appointment(
                        "b", "p", AppointmentStatus.COMPLETED, "2026-03-05T12:00", null, "20 EUR", "2026-03-05T13:00")
                .appointment("c", "p", AppointmentStatus.COMPLETED, "2026-05-31T23:00", null, null, "2026-05-31T23:30")
                .appointment(
                        "d", "p", AppointmentStatus.NO_SHOW, "2026-04-05T10:00", null, "40 EUR", "2026-04-05T11:00")
                .fold();
        assertThat(folding.byDimension(Measure.RETAINED, "2026-03-01")).isEqualTo(Map.of(MARCH, 1L, MAY, 1L));
        assertThat(folding.amounts(Measure.COHORT_VALUE))
                .isEqualTo(Map.of(
                        new Dimension("", "EUR", LocalDate.of(2026, 3, 5).toEpochDay()),
                        new BigDecimal("30.000000000000")));
        assertThat(folding.people(Measure.RETAINED)).isEqualTo(1);
    }

    @Test
    void anAppointmentThatMovedToAnotherPatientIsThatPatientsVisit() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .appointment("a", "p1", AppointmentStatus.COMPLETED, "2026-03-05T10:00", null, null, "2026-03-05T11:00")
                .appointment("a", "p2", AppointmentStatus.COMPLETED, "2026-03-05T10:00", null, null, "2026-03-05T12:00")
                .fold();
        assertThat(folding.count(Measure.RETAINED)).isEqualTo(1);
        assertThat(folding.count(Measure.ONBOARDED)).isEqualTo(2);
    }
}
