package dev.clinickpi.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.testkit.model.ReferenceFigure.Status;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the golden cases do not ask. */
class ReferenceModelTest {

    private static final ReferenceOptions LIVE = ReferenceOptions.standard().asLive();
    private static final BigDecimal NONE = BigDecimal.ZERO;

    @ParameterizedTest
    @CsvSource({
        "Asia/Kathmandu,      2026-03-10T10:20, 2026-03-10T10:00",
        "Australia/Lord_Howe, 2026-04-04T15:20:00Z, 2026-04-04T14:00:00Z", // 01:50 for the second time
        "Europe/Madrid,       2026-03-29T03:10, 2026-03-29T01:00:00Z"
    })
    void anHourlyFigureEndsWithTheLastLocalHour(String zone, String asOf, String end) {
        Story story = Story.in(zone);
        ReferenceFigure figure = story.figure("conversion-rate", "2026-03-01", "2026-05-01", asOf);

        assertThat(figure.to()).isEqualTo(story.instant(end));
        assertThat(figure.partial()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"MONDAY, 2026-03-09", "SUNDAY, 2026-03-15", "WEDNESDAY, 2026-03-11"})
    void aWeeklyFigureEndsWithTheLastWeek(DayOfWeek weekStart, String end) {
        Story story = Story.in("Europe/Madrid");
        ReferenceFigure figure = story.figure(
                "top-services",
                "2026-03-01",
                "2026-04-01",
                "2026-03-15T12:00",
                ReferenceOptions.standard().withWeekStart(weekStart));

        assertThat(figure.to()).isEqualTo(story.instant(end + "T00:00"));
    }

    @Test
    void liveCountsUpToTheInstantOfTheQuestion() {
        Story story =
                Story.in("Europe/Madrid").patient("c1", "2026-03-10T10:00").patient("c2", "2026-03-10T10:00:00.001");

        assertThat(story.figure("conversion-rate", "2026-03-10", "2026-03-11", "2026-03-10T10:00")
                        .n())
                .isZero();
        assertThat(story.figure("conversion-rate", "2026-03-10", "2026-03-11", "2026-03-10T10:00", LIVE)
                        .n())
                .isEqualTo(1);
    }

    @Test
    void aPeriodThatIsNotYetHasNothing() {
        Story story = Story.in("Europe/Madrid").patient("c1", "2026-03-10T10:00");
        ReferenceFigure figure = story.figure("handoff-rate", "2026-04-01", "2026-05-01", "2026-03-10T12:00");

        assertThat(figure.status()).isEqualTo(Status.UNDEFINED);
        assertThat(figure.denominator()).isZero();
        assertThat(figure.from()).isEqualTo(story.instant("2026-04-01T00:00")).isEqualTo(figure.to());
        assertThat(figure.partial()).isTrue();
    }

    @Test
    void aSkippedDayHoldsNothing() {
        Story story = Story.in("Pacific/Apia")
                .patient("c1", "2011-12-29T23:59:59.999")
                .patient("c2", "2011-12-31T00:00");
        String asOf = "2012-02-01T00:00";

        assertThat(story.figure("handoff-rate", "2011-12-29", "2011-12-30", asOf)
                        .n())
                .isEqualTo(1);
        assertThat(story.figure("handoff-rate", "2011-12-30", "2011-12-31", asOf)
                        .n())
                .isZero();
        assertThat(story.figure("handoff-rate", "2011-12-31", "2012-01-01", asOf)
                        .n())
                .isEqualTo(1);
    }

    /** Else the month's fee would not add up to the fee. */
    @Test
    void aSkippedDayCostsItsPartOfTheFee() {
        ReferenceFigure figure = Story.in("Pacific/Apia")
                .fee("100")
                .llm("2011-12-10T12:00")
                .figure("llm-cost", "2011-12-01", "2012-01-01", "2012-02-01T00:00");

        assertThat(figure.number("feeMargin")).isEqualByComparingTo("0.99");
    }

    /** St John's set its clock from 00:01 to 23:01; the day had begun by then. */
    @Test
    void aDayThatHasBegunDoesNotEndWhenTheClockGoesBack() {
        Story story = Story.in("America/St_Johns").patient("c1", "2010-11-07T02:45:00Z");
        String asOf = "2011-01-01T00:00";

        assertThat(story.figure("handoff-rate", "2010-11-06", "2010-11-07", asOf)
                        .n())
                .isZero();
        assertThat(story.figure("handoff-rate", "2010-11-07", "2010-11-08", asOf)
                        .n())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T12:00,         2026-03-10T12:29:59.999, 1",
        "2026-03-10T12:00, 2026-03-10T12:30, 0",
        "2026-03-10T12:00:00.001,  2026-03-10T12:30,        1"
    })
    void aConversationIsActiveForLessThanHalfAnHour(String latest, String asOf, long active) {
        Story story = Story.in("Europe/Madrid")
                .patient("c1", "2026-03-10T11:00")
                .bot("c1", latest)
                .bot("c2", latest);
        ReferenceFigure figure = story.figure("active-conversations", "2026-01-01", "2026-02-01", asOf);

        assertThat(figure.n()).isEqualTo(active);
        assertThat(figure.partial()).isFalse();
        assertThat(figure.from()).isEqualTo(story.instant(asOf)).isEqualTo(figure.to());
    }

    @ParameterizedTest
    @CsvSource({"2026-04-09T10:00, 1", "2026-04-09T09:59:59.999, 1", "2026-04-09T10:00:00.001, 0"})
    void aConversationConvertsWithinThirtyTimesTwentyFourHours(String confirmed, long converted) {
        Story story = Story.in("Europe/Madrid")
                .patient("c1", "2026-03-10T09:00") // an hour earlier by the wall, before summer time
                .appointment("a1", AppointmentStatus.CONFIRMED, confirmed, "c1", null);

        assertThat(story.figure("conversion-rate", "2026-03-10", "2026-03-11", "2026-05-01T00:00")
                        .numerator())
                .isEqualTo(converted);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-31T09:59:59.999Z, 1", "2026-03-31T10:00:00Z, 0"})
    void aConversationIsPendingForLessThanThat(String asOf, BigDecimal pending) {
        Story story = Story.in("Europe/Madrid").patient("c1", "2026-03-01T10:00:00Z");

        assertThat(story.figure("conversion-rate", "2026-03-01", "2026-03-02", asOf)
                        .number("pending"))
                .isEqualByComparingTo(pending);
    }

    @Test
    void theVerticalIsTheLatestThatIsNamed() {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .message("c1", Sender.BOT, "2026-03-10T11:00", "physio")
                .message("c1", Sender.PATIENT, "2026-03-10T10:00", "aesthetics")
                .message("c1", Sender.HUMAN, "2026-03-10T12:00", null)
                .message(
                        "c2",
                        Sender.PATIENT,
                        "2026-03-10T10:00",
                        "～") // by code point before 𝛀, by UTF-16 unit behind it
                .message("c2", Sender.PATIENT, "2026-03-10T10:00", "𝛀")
                .patient("c3", "2026-03-10T10:00")
                .figure("conversion-rate", "2026-03-10", "2026-03-11", "2026-03-11T00:00");

        assertThat(figure.breakdown()).containsExactly(entry("dental", NONE), entry("physio", NONE), entry("𝛀", NONE));
    }

    @Test
    void withoutAnOpeningToComeEveryAnswerRecovers() {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .patient("c1", "2026-03-10T10:00")
                .bot("c1", "2026-03-20T10:00")
                .patient("c2", "2026-03-10T10:00")
                .figure("revenue-recovered", "2026-03-10", "2026-03-11", "2026-04-01T00:00");

        assertThat(figure.n()).isEqualTo(1);
        assertThat(figure.people()).containsExactly("p-c1");
        assertThat(figure.componentPeople().get("conversionRate")).containsExactlyInAnyOrder("p-c1", "p-c2");
    }

    /** On the last Sunday of March 02:15 is 03:15, after 03:10: a span of 02:15-03:10 does not exist, and the next begins a week later. */
    @Test
    void aSpanThatTheClockEmptiesOpensNothing() {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .open(DayOfWeek.SUNDAY, "02:15", "03:10")
                .patient("c1", "2026-03-28T10:00")
                .bot("c1", "2026-04-05T02:14:59.999")
                .patient("c2", "2026-03-28T10:00")
                .bot("c2", "2026-04-05T02:15")
                .figure("revenue-recovered", "2026-03-28", "2026-03-29", "2026-05-01T00:00");

        assertThat(figure.people()).containsExactly("p-c1");
    }

    @Test
    void moneyWithoutARateIsLeftOutAndCounted() {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .patient("c1", "2026-03-09T10:00")
                .bot("c1", "2026-03-09T10:00")
                .appointment("a1", AppointmentStatus.COMPLETED, "2026-03-10T00:00", "c1", money("80", "USD"))
                .appointment("a2", AppointmentStatus.COMPLETED, "2026-03-09T23:59:59.999", "c1", money("80", "USD"))
                .appointment("a3", AppointmentStatus.COMPLETED, "2026-03-10T00:00", "c1", money("0", "EUR"))
                .appointment("a4", AppointmentStatus.NO_SHOW, "2026-03-10T00:00", "c1", money("9", "EUR"))
                .figure("revenue-recovered", "2026-03-09", "2026-03-10", "2026-04-01T00:00");

        assertThat(figure.number("booked")).isEqualByComparingTo("40");
        assertThat(figure.number("unpriced")).isEqualByComparingTo("1");
        assertThat(figure.componentPeople().get("booked")).containsExactly("p-a1");
    }

    @ParameterizedTest
    @CsvSource({
        "pro,     starter,       max,           c, 3", // of one instant the larger
        "starter, unlisted,      pro,           b, 2", // one that is not listed is smaller than all
        ",        max,           starter,       c, 3"
    })
    void theTierIsThatOfTheLatestChange(String own, String one, String other, String feature, long offered) {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .tier(own)
                .subscribed(one, "2026-03-10T10:00")
                .subscribed(other, "2026-03-10T10:00")
                .subscribed("starter", "2026-03-16T00:00") // no longer before the end
                .used(feature, "2026-03-11T10:00")
                .figure("tier-utilization", "2026-03-09", "2026-03-16", "2026-04-01T00:00");

        assertThat(figure.denominator()).isEqualTo(offered);
        assertThat(figure.numerator()).isEqualTo(1);
        assertThat(figure.components()).doesNotContainKey("advice");
    }

    @Test
    void anUnknownTierHasNoUtilization() {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .tier("unlisted")
                .used("a", "2026-03-11T10:00")
                .figure("tier-utilization", "2026-03-09", "2026-03-16", "2026-04-01T00:00");

        assertThat(figure.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(figure.components()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-30, KEEP", "2026-03-29, "})
    void adviceTakesTwentyEightDays(String to, String advice) {
        ReferenceFigure figure = Story.in("Europe/Madrid")
                .used("a", "2026-03-11T10:00")
                .figure("tier-utilization", "2026-03-02", to, "2026-05-01T00:00");

        assertThat(figure.components().get("advice")).isEqualTo(advice);
    }

    /** Even one that is not yet. */
    @Test
    void theFirstEventUnderAnIdIsTheEvent() {
        Story story = Story.in("Europe/Madrid")
                .score("s1", "2026-03-10T10:00", 1)
                .score("s1", "2026-03-10T10:00", 5)
                .score("s2", "2026-04-10T10:00", 4)
                .score("s2", "2026-03-10T11:00", 2);

        assertThat(story.figure("csat", "2026-03-01", "2026-04-01", "2026-04-01T00:00")
                        .value())
                .isEqualByComparingTo("1");
        assertThat(story.figure("csat", "2026-04-01", "2026-05-01", "2026-05-01T00:00")
                        .value())
                .isEqualByComparingTo("4");
    }

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }
}
