package dev.clinickpi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.fold.FoldedClinic.Folding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Monday 2 March 2026; the clinic is open from 9 to 14. */
class ConversationFoldTest {

    private static final String MUCH_LATER = "2026-06-01T00:00";

    @Test
    void startsAtItsFirstPatientMessageAndIsThatPatients() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .message(Sender.PATIENT, "c", "p2", "2026-03-03T10:00")
                .message(Sender.BOT, "c", "p1", "2026-03-01T10:00")
                .message(Sender.PATIENT, "c", "p1", "2026-03-02T10:00")
                .fold();
        assertThat(folding.count(Measure.CONVERSATIONS, "2026-03-02")).isEqualTo(1);
        assertThat(folding.count(Measure.CONVERSATIONS)).isEqualTo(1);
        assertThat(folding.people(Measure.CONVERSATIONS)).isEqualTo(1);
    }

    @Test
    void doesNotCountWithoutAPatientMessage() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .bot("c", "2026-03-02T10:00")
                .human("c", "2026-03-02T10:01")
                .scored("c", LeadTier.HOT, "2026-03-02T10:02")
                .handedOff("c", "2026-03-02T10:02")
                .mentioned("c", "implant", "2026-03-02T10:02")
                .fold();
        assertThat(folding.count(Measure.CONVERSATIONS)).isZero();
        assertThat(folding.count(Measure.LEADS)).isZero();
        assertThat(folding.count(Measure.HANDED_OFF)).isZero();
        assertThat(folding.count(Measure.SERVICE_MENTIONS)).isZero();
    }

    @Test
    void hasTheVerticalOfTheLatestMessageThatNamesOne() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .message(Sender.PATIENT, "c", "p", "2026-03-02T10:00", "physio", null)
                .message(Sender.HUMAN, "c", "p", "2026-03-02T12:00", "dental", null)
                .message(Sender.BOT, "c", "p", "2026-03-02T12:00", "zumba", null)
                .patient("c", "2026-03-02T13:00")
                .patient("d", "2026-03-02T13:00")
                .fold();
        assertThat(folding.byDimension(Measure.CONVERSATIONS, "2026-03-02"))
                .isEqualTo(Map.of(Dimension.of("dental"), 1L, Dimension.NONE, 1L));
    }

    @Test
    void ofOneInstantTheVerticalThatIsLaterByCodePointHolds() {
        String beyondTheBasicPlane = "\uD83D\uDE00";
        String lastOfTheBasicPlane = "\uFFFD";
        Folding folding = new FoldedClinic(MUCH_LATER)
                .message(Sender.PATIENT, "c", "p", "2026-03-02T10:00", beyondTheBasicPlane, null)
                .message(Sender.PATIENT, "c", "p", "2026-03-02T10:00", lastOfTheBasicPlane, null)
                .fold();
        assertThat(folding.byDimension(Measure.CONVERSATIONS, "2026-03-02"))
                .containsOnlyKeys(Dimension.of(beyondTheBasicPlane));
    }

    @Test
    void hasTheTierOfTheLatestScoreAndOfOneInstantTheLarger() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .scored("c", LeadTier.WARM, "2026-03-02T11:00")
                .scored("c", LeadTier.COOL, "2026-03-02T11:00")
                .scored("c", LeadTier.HOT, "2026-03-02T10:59")
                .fold();
        assertThat(folding.byDimension(Measure.LEADS, "2026-03-02")).isEqualTo(Map.of(Dimension.of("warm"), 1L));
        assertThat(folding.people(Measure.LEADS)).isEqualTo(1);
    }

    @Test
    void countsAHandoffAndAServiceOnceHoweverOften() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .handedOff("c", "2026-03-02T11:00")
                .handedOff("c", "2026-03-02T12:00")
                .mentioned("c", "implant", "2026-03-02T11:00")
                .mentioned("c", "implant", "2026-03-02T12:00")
                .message(Sender.BOT, "c", "p-c", "2026-03-02T12:30", null, "about your implant")
                .fold();
        assertThat(folding.count(Measure.HANDED_OFF, "2026-03-02")).isEqualTo(1);
        assertThat(folding.byDimension(Measure.SERVICE_MENTIONS, "2026-03-02"))
                .isEqualTo(Map.of(Dimension.of("implant"), 1L));
    }

    @Test
    void textNamesServices() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .message(Sender.PATIENT, "c", "p-c", "2026-03-02T10:00", null, "an implant, please")
                .fold();
        assertThat(folding.count(Measure.SERVICE_MENTIONS, "2026-03-02")).isEqualTo(1);
    }

    @Test
    void datesItsSatisfactionByTheLatestSubmissionAndOfOneInstantTheGreaterScore() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .csat("c", 1, "2026-03-04T10:00")
                .csat("c", 5, "2026-03-03T10:00")
                .csat("c", 4, "2026-03-04T10:00")
                .csat("c", 2, "2026-03-04T10:00")
                .fold();
        assertThat(folding.byDimension(Measure.CSAT_SCORES, "2026-03-04")).isEqualTo(Map.of(Dimension.of("4"), 1L));
        assertThat(folding.count(Measure.CSAT_SCORES)).isEqualTo(1);
        assertThat(folding.count(Measure.SURVEYED, "2026-03-02")).isEqualTo(1);
    }

    @Test
    void aSubmissionCountsBeforeTheConversationDoes() {
        Folding folding =
                new FoldedClinic(MUCH_LATER).csat("c", 3, "2026-03-04T10:00").fold();
        assertThat(folding.count(Measure.CSAT_SCORES, "2026-03-04")).isEqualTo(1);
        assertThat(folding.count(Measure.SURVEYED)).isZero();
    }

    @ParameterizedTest(name = "first confirmed {0}: converted {1}")
    @CsvSource({
        "2026-03-02T09:59:59.999, 0",
        "2026-03-02T10:00:00, 1",
        "2026-04-01T11:00:00, 1",
        "2026-04-01T11:00:00.001, 0",
    })
    void convertsWhenConfirmedFromItsStartTo720HoursAfter(String confirmedAt, long converted) {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-05-01T10:00", "c", null, confirmedAt)
                .fold();
        assertThat(folding.count(Measure.CONVERTED, "2026-03-02")).isEqualTo(converted);
    }

    @ParameterizedTest(name = "{0}: converted {1}")
    @CsvSource({"BOOKED, 0", "CONFIRMED, 1", "CANCELLED, 0", "COMPLETED, 1", "NO_SHOW, 1"})
    void isConfirmedByWhatSupposesIt(AppointmentStatus status, long converted) {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .appointment("a", "p", status, "2026-03-05T10:00", "c", null, "2026-03-03T10:00")
                .fold();
        assertThat(folding.count(Measure.CONVERTED)).isEqualTo(converted);
    }

    @Test
    void aLaterCancellationDoesNotUndoAConversion() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-03-05T10:00", "c", null, "2026-03-03T10:00")
                .appointment("a", "p", AppointmentStatus.CANCELLED, "2026-03-05T10:00", null, null, "2026-03-04T10:00")
                .fold();
        assertThat(folding.count(Measure.CONVERTED)).isEqualTo(1);
    }

    @Test
    void anAppointmentCountsForTheConversationThatItNamesNow() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .patient("d", "2026-03-03T10:00")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-03-09T10:00", "c", null, "2026-03-04T10:00")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-03-09T10:00", "d", null, "2026-03-04T11:00")
                .appointment("a", "p", AppointmentStatus.COMPLETED, "2026-03-09T10:00", null, null, "2026-03-09T11:00")
                .fold();
        assertThat(folding.count(Measure.CONVERTED, "2026-03-02")).isZero();
        assertThat(folding.count(Measure.CONVERTED, "2026-03-03")).isEqualTo(1);
    }

    @ParameterizedTest(name = "as of {0}: pending {1}")
    @CsvSource({"2026-03-02T10:00, 1", "2026-04-01T10:59:59.999, 1", "2026-04-01T11:00, 0"})
    void isPendingFor720Hours(String asOf, long pending) {
        FoldedClinic clinic = new FoldedClinic(asOf).patient("c", "2026-03-02T10:00");
        assertThat(clinic.fold().count(Measure.PENDING, "2026-03-02")).isEqualTo(pending);

        Folding stepByStep = clinic.start("2026-03-02T09:00");
        clinic.facts().forEach(stepByStep.fold()::accept);
        stepByStep.fold().advance(clinic.local("2026-03-02T10:00").toEpochMilli());
        assertThat(stepByStep.count(Measure.PENDING)).isEqualTo(1);
        stepByStep.fold().advance(clinic.local(asOf).toEpochMilli());
        assertThat(stepByStep.count(Measure.PENDING)).isEqualTo(pending);
    }

    @Test
    void isNotPendingOnceConverted() {
        Folding folding = new FoldedClinic("2026-03-04T10:00")
                .patient("c", "2026-03-02T10:00")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-03-05T10:00", "c", null, "2026-03-03T10:00")
                .fold();
        assertThat(folding.count(Measure.PENDING)).isZero();
    }

    @ParameterizedTest(name = "{0}, appointment {1}: {2} qualified, {3} booked, {4} completed")
    @CsvSource({
        "COLD, , 0, 0, 0",
        "COOL, , 0, 0, 0",
        "WARM, , 1, 0, 0",
        "HOT, , 1, 0, 0",
        ", , 0, 0, 0",
        ", BOOKED, 1, 1, 0",
        "COLD, CANCELLED, 1, 1, 0",
        "HOT, NO_SHOW, 1, 1, 0",
        "COLD, COMPLETED, 1, 1, 1",
    })
    void countsAtTheFurthestStageAndAllBeforeIt(
            LeadTier tier, AppointmentStatus status, long qualified, long booked, long completed) {
        FoldedClinic clinic = new FoldedClinic("2026-03-04T10:00").patient("c", "2026-03-02T10:00");
        if (tier != null) {
            clinic.scored("c", tier, "2026-03-02T10:01");
        }
        if (status != null) {
            clinic.appointment("a", "p", status, "2026-03-03T10:00", "c", null, "2026-03-02T11:00");
        }
        Folding folding = clinic.fold();
        assertThat(folding.count(Measure.QUALIFIED, "2026-03-02")).isEqualTo(qualified);
        assertThat(folding.count(Measure.BOOKED, "2026-03-02")).isEqualTo(booked);
        assertThat(folding.count(Measure.COMPLETED, "2026-03-02")).isEqualTo(completed);
        String label = booked == 1 ? "booked" : qualified == 1 ? "qualified" : "";
        assertThat(folding.byDimension(Measure.UNFINISHED, "2026-03-02"))
                .isEqualTo(completed == 1 ? Map.of() : Map.of(Dimension.of(label), 1L));
    }

    /** It no longer may convert, since it has, even before its first message is known; but the patient has not come yet. */
    @Test
    void isUnfinishedFor720HoursThoughItConverted() {
        FoldedClinic clinic = new FoldedClinic("2026-04-01T10:59:59.999")
                .appointment("a", "p", AppointmentStatus.CONFIRMED, "2026-05-05T10:00", "c", null, "2026-03-02T10:05")
                .patient("c", "2026-03-02T10:00");
        assertThat(clinic.fold().count(Measure.UNFINISHED)).isEqualTo(1);

        Folding stepByStep = clinic.start("2026-03-02T12:00");
        clinic.facts().forEach(stepByStep.fold()::accept);
        assertThat(stepByStep.count(Measure.UNFINISHED)).isEqualTo(1);
        stepByStep.fold().advance(clinic.local("2026-04-01T11:00").toEpochMilli());
        assertThat(stepByStep.count(Measure.UNFINISHED)).isZero();
    }

    @Test
    void twoMessagesOfOneInstantAreTwoAndOneThatComesTwiceIsOne() {
        FoldedClinic clinic = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .patient("c", "2026-03-02T10:00")
                .bot("c", "2026-03-02T10:00")
                .human("c", "2026-03-02T10:01");
        Folding twice = clinic.fold();
        clinic.facts().forEach(twice.fold()::accept);
        assertThat(twice.count(Measure.PATIENT_MESSAGES, "2026-03-02")).isEqualTo(2);
    }

    @ParameterizedTest(name = "starts {0}, answered {1}: recovered {2}")
    @CsvSource({
        "2026-03-02T08:59, 2026-03-02T08:59:30, 1",
        "2026-03-02T08:59, 2026-03-02T08:59:59.999, 1",
        "2026-03-02T08:59, 2026-03-02T09:00, 0",
        "2026-03-02T09:00, 2026-03-02T09:00:01, 0",
        "2026-03-02T13:59:59.999, 2026-03-02T14:00:01, 0",
        "2026-03-02T14:00, 2026-03-03T08:59, 1",
        "2026-03-06T20:00, 2026-03-09T08:59, 1",
        "2026-03-06T20:00, 2026-03-09T09:01, 0",
        "2026-03-06T20:00, 2026-03-06T20:00, 1",
    })
    void isRecoveredWhenItStartsClosedAndIsAnsweredBeforeOpening(String start, String answer, long recovered) {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", start)
                .human("c", start)
                .bot("c", answer)
                .fold();
        assertThat(folding.count(Measure.RECOVERED)).isEqualTo(recovered);
        assertThat(folding.people(Measure.RECOVERED)).isEqualTo((int) recovered);
    }

    @Test
    void aBotMessageBeforeTheStartRecoversNothing() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .bot("c", "2026-03-02T07:59")
                .patient("c", "2026-03-02T08:00")
                .fold();
        assertThat(folding.count(Measure.RECOVERED)).isZero();
    }

    @Test
    void keepsTheValueOfTheCompletedAppointmentsOfARecoveredConversation() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T08:00")
                .bot("c", "2026-03-02T08:01")
                .appointment("a", "p1", AppointmentStatus.BOOKED, "2026-03-05T10:00", "c", "10 EUR", "2026-03-03T10:00")
                .appointment(
                        "a",
                        "p1",
                        AppointmentStatus.COMPLETED,
                        "2026-03-06T10:00",
                        null,
                        "12.5 USD",
                        "2026-03-06T11:00")
                .appointment(
                        "b", "p2", AppointmentStatus.NO_SHOW, "2026-03-06T10:00", "c", "99 EUR", "2026-03-06T11:00")
                .appointment(
                        "free", "p3", AppointmentStatus.COMPLETED, "2026-03-06T10:00", "c", "0 USD", "2026-03-06T11:00")
                .fold();
        Dimension usdOnTheSixth =
                new Dimension("", "USD", LocalDate.of(2026, 3, 6).toEpochDay());
        assertThat(folding.amounts(Measure.RECOVERED_VALUE)).containsOnlyKeys(usdOnTheSixth);
        assertThat(folding.amounts(Measure.RECOVERED_VALUE).get(usdOnTheSixth))
                .isEqualByComparingTo(new BigDecimal("12.5"));
        assertThat(folding.people(Measure.RECOVERED_VALUE)).isEqualTo(1);
        assertThat(folding.count(Measure.RECOVERED_VALUE, "2026-03-02")).isEqualTo(2);
        assertThat(folding.count(Measure.RECOVERED_CONVERTED, "2026-03-02")).isEqualTo(1);
    }

    @Test
    void anUnrecoveredConversationKeepsNoValue() {
        Folding folding = new FoldedClinic(MUCH_LATER)
                .patient("c", "2026-03-02T10:00")
                .bot("c", "2026-03-02T10:01")
                .appointment(
                        "a", "p1", AppointmentStatus.COMPLETED, "2026-03-06T10:00", "c", "12.5 USD", "2026-03-06T11:00")
                .fold();
        assertThat(folding.count(Measure.RECOVERED_VALUE)).isZero();
        assertThat(folding.count(Measure.RECOVERED_CONVERTED)).isZero();
    }

    @ParameterizedTest(name = "as of {0}: active {1}")
    @CsvSource({
        "2026-03-02T09:59:59.999, 0",
        "2026-03-02T10:00, 1",
        "2026-03-02T10:39:59.999, 1",
        "2026-03-02T10:40, 0",
    })
    void isActiveForHalfAnHourFromItsLatestMessage(String asOf, int active) {
        FoldedClinic clinic =
                new FoldedClinic(asOf).patient("c", "2026-03-02T10:00").bot("c", "2026-03-02T10:10");
        assertThat(clinic.fold().fold().activeConversations()).isEqualTo(active);
    }

    @ParameterizedTest(name = "closed {0}: active {1}")
    @CsvSource({"2026-03-02T09:59:59.999, 1", "2026-03-02T10:00, 0", "2026-03-02T10:05, 0"})
    void isNotActiveOnceClosedAtOrAfterItsLatestMessage(String closedAt, int active) {
        FoldedClinic clinic = new FoldedClinic("2026-03-02T10:10")
                .patient("c", "2026-03-02T10:00")
                .closed("c", closedAt);
        assertThat(clinic.fold().fold().activeConversations()).isEqualTo(active);
    }

    @Test
    void manyConversationsAreForgottenAsTheyAge() {
        FoldedClinic clinic = new FoldedClinic("2026-03-02T12:00");
        for (int i = 0; i < 500; i++) {
            clinic.patient("c" + i, "2026-03-02T%02d:%02d".formatted(9 + i / 240, i / 4 % 60));
        }
        assertThat(clinic.fold().fold().activeConversations()).isZero();
        assertThat(clinic.asOf("2026-03-02T09:10").fold().fold().activeConversations())
                .isEqualTo(44);
        assertThat(clinic.asOf("2026-03-02T10:30").fold().fold().activeConversations())
                .isEqualTo(120);
    }
}
