package dev.clinickpi.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.TestClinics;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.LocalDays;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractBigDecimalAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formulas over cells that are filled by hand; the clinic and its prices are those of {@link TestClinics}. */
class KpiFormulaTest {

    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
    private static final Dimension USD_ON_MARCH_6 = value("USD", LocalDate.of(2026, 3, 6));

    private final CellTable cells = new CellTable(LocalDays.in(MADRID));
    private Clinic clinic = TestClinics.sol();
    private String from = "2026-03-01";
    private String to = "2026-04-01";
    private int active;

    @Test
    void aRatioOverNothingIsUndefinedNeverZeroOrOne() {
        for (KpiDefinition kpi : List.of(
                Kpi.CONVERSION_RATE,
                Kpi.NO_SHOW_RATE,
                Kpi.HANDOFF_RATE,
                Kpi.LEAD_TIERS,
                Kpi.CSAT,
                Kpi.WAITLIST_CONVERSION,
                Kpi.RESPONSE_TIME)) {
            Figure figure = evaluate(kpi);
            assertThat(figure.status()).as(kpi.id()).isEqualTo(Status.UNDEFINED);
            assertThat(figure.value()).as(kpi.id()).isNull();
            assertThat(figure.reason()).as(kpi.id()).isNotBlank();
            assertThat(figure.n()).as(kpi.id()).isZero();
        }
    }

    @Test
    void sumsAndCountsOfNothingAreZero() {
        for (KpiDefinition kpi : List.of(
                Kpi.REVENUE_RECOVERED,
                Kpi.TOP_SERVICES,
                Kpi.LLM_COST,
                Kpi.ACTIVE_CONVERSATIONS,
                Kpi.TIER_UTILIZATION)) {
            assertValue(evaluate(kpi)).as(kpi.id()).isEqualByComparingTo("0");
        }
    }

    @Test
    void revenueIsRecoveredByEachDaysAverageTimesTheRateOfAllConversations() {
        recovered("2026-02-28T20:00", 1, false);
        recovered("2026-03-02T20:00", 2, true);
        recovered("2026-03-14T20:00", 3, false);
        recovered("2026-03-15T20:00", 4, true);
        conversation("2026-03-20T10:00", 5, "", false);
        Figure figure = evaluate(Kpi.REVENUE_RECOVERED);
        assertValue(figure).isEqualByComparingTo("140");
        assertThat(figure.n()).isEqualTo(3);
        assertComponent(figure, "recoveredConversations").isEqualByComparingTo("3");
        assertComponent(figure, "conversionRate").isEqualByComparingTo("0.5");
        assertComponent(figure, "measured").isEqualByComparingTo("180");
        assertComponent(figure, "booked").isEqualByComparingTo("0");
        assertThat(figure.component("unpriced")).isEmpty();
    }

    @Test
    void aDayBeforeTheFirstAverageCountsNothing() {
        from = "2026-02-01";
        recovered("2026-02-28T23:59:59", 1, true);
        recovered("2026-03-01T00:00", 2, true);
        assertValue(evaluate(Kpi.REVENUE_RECOVERED)).isEqualByComparingTo("100");
    }

    @Test
    void bookedIsConvertedOnTheDayThatTheAppointmentStarts() {
        recovered("2026-03-02T20:00", 1, true);
        cells.money(Measure.RECOVERED_VALUE, at("2026-03-02T20:00"), USD_ON_MARCH_6, new BigDecimal("60"), 1, 1);
        cells.money(
                Measure.RECOVERED_VALUE,
                at("2026-03-02T20:00"),
                value("EUR", LocalDate.of(2026, 3, 1)),
                new BigDecimal("5.5"),
                2,
                1);
        cells.money(
                Measure.RECOVERED_VALUE,
                at("2026-03-02T20:00"),
                value("USD", LocalDate.of(2026, 3, 4)),
                new BigDecimal("7"),
                3,
                1);
        cells.money(
                Measure.RECOVERED_VALUE,
                at("2026-03-02T20:00"),
                value("GBP", LocalDate.of(2026, 3, 9)),
                new BigDecimal("7"),
                4,
                1);
        Figure figure = evaluate(Kpi.REVENUE_RECOVERED);
        assertComponent(figure, "booked").isEqualByComparingTo("35.5");
        assertComponent(figure, "unpriced").isEqualByComparingTo("2");
        assertThat(part(figure, "booked").people()).hasToString("2 people");
        assertThat(part(figure, "conversionRate").people()).hasToString("1 people");
    }

    @Test
    void withoutConversationsNothingIsRecoveredAndTheRateIsUndefined() {
        Figure figure = evaluate(Kpi.REVENUE_RECOVERED);
        assertThat(figure.component("conversionRate")).isEmpty();
        assertThat(part(figure, "conversionRate").value()).isNull();
    }

    @Test
    void revenueNeedsOpeningHoursAndAnAverage() {
        clinic = TestClinics.sol(EffectiveDated.none(), Set.of(), MADRID);
        assertThat(evaluate(Kpi.REVENUE_RECOVERED).status()).isEqualTo(Status.NOT_APPLICABLE);
        clinic = withoutAverage(TestClinics.sol());
        assertThat(evaluate(Kpi.REVENUE_RECOVERED).status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(evaluate(Kpi.LLM_COST).component("revenueRecovered")).isEmpty();
    }

    @Test
    void conversionsGoByVerticalAndTheClinicsIsTheDefault() {
        conversation("2026-03-02T10:00", 1, "", true);
        conversation("2026-03-03T10:00", 2, "dental", false);
        conversation("2026-03-03T10:00", 2, "physio", false);
        cells.count(Measure.PENDING, at("2026-03-03T10:00"), Dimension.of("physio"), 1);
        Figure figure = evaluate(Kpi.CONVERSION_RATE);
        assertThat(figure.numerator()).isEqualByComparingTo("1");
        assertThat(figure.denominator()).isEqualByComparingTo("3");
        assertThat(figure.n()).isEqualTo(3);
        assertComponent(figure, "pending").isEqualByComparingTo("1");
        assertThat(figure.split()).isEqualTo(Figure.Split.PARTITION);
        assertThat(figure.rows()).extracting(Figure.Row::key).containsExactly("dental", "physio");
        assertThat(figure.rows().get(0).value()).isEqualByComparingTo("0.5");
        assertThat(figure.rows().get(0).numerator()).isEqualByComparingTo("1");
        assertThat(figure.rows().get(0).denominator()).isEqualByComparingTo("2");
        assertThat(figure.rows().get(0).people()).hasToString("2 people");
        assertThat(figure.rows().get(1).value()).isEqualByComparingTo("0");
    }

    @ParameterizedTest(name = "{0} of 100 answers: {1} at {2} ms")
    @CsvSource({"p50, 50, 50", "p95, 95, 95", "p99, 99, 99", "max, 100, 100"})
    void percentilesAreOfTheNearestRank(String component, int rank, long millis) {
        IntStream.rangeClosed(1, 100)
                .forEach(i -> cells.time(Measure.BOT_RESPONSE_TIMES, at("2026-03-02T10:00"), i, 1));
        Figure figure = evaluate(Kpi.RESPONSE_TIME);
        assertComponent(figure, component).isEqualByComparingTo(BigDecimal.valueOf(millis));
        assertThat(rank).isEqualTo((int) millis);
        assertValue(figure).isEqualByComparingTo("95");
        assertComponent(figure, "count").isEqualByComparingTo("100");
    }

    @Test
    void responseTimesAreAtMostATenthOfAPercentOffAndNeverAboveSevenDays() {
        cells.time(Measure.BOT_RESPONSE_TIMES, at("2026-03-02T10:00"), 123_456_789, 1);
        cells.time(Measure.HUMAN_RESPONSE_TIMES, at("2026-03-02T10:00"), 1_000_000_000_000L, 1);
        cells.count(Measure.UNANSWERED_TURNS, at("2026-03-02T10:00"), Dimension.NONE, 3);
        Figure figure = evaluate(Kpi.RESPONSE_TIME);
        assertThat(figure.value()).isNotNull();
        assertThat(figure.value().doubleValue()).isBetween(123_456_789 * 0.9995, 123_456_789 * 1.0005);
        assertThat(figure.component("humanP50").orElseThrow().doubleValue())
                .isBetween(604_800_000 * 0.999, 604_800_000.0);
        assertComponent(figure, "unanswered").isEqualByComparingTo("3");
        assertThat(figure.denominator()).isEqualByComparingTo("1");
    }

    @Test
    void humansAnswerEvenWhereTheBotDoesNot() {
        cells.time(Measure.HUMAN_RESPONSE_TIMES, at("2026-03-02T10:00"), 1_000, 1);
        Figure figure = evaluate(Kpi.RESPONSE_TIME);
        assertThat(figure.status()).isEqualTo(Status.UNDEFINED);
        assertThat(figure.component("p95")).isEmpty();
        assertComponent(figure, "humanP95").isEqualByComparingTo("1000");
        assertComponent(figure, "count").isEqualByComparingTo("0");
    }

    @Test
    void sharesOfAppointmentsAndCancellations() {
        count(Measure.RESOLVED, 4);
        count(Measure.NO_SHOWS, 1);
        count(Measure.UNRESOLVED, 7);
        count(Measure.CANCELLATIONS, 5);
        count(Measure.FILLED, 2);
        count(Measure.OFFERED, 3);
        assertValue(evaluate(Kpi.NO_SHOW_RATE)).isEqualByComparingTo("0.25");
        assertComponent(evaluate(Kpi.NO_SHOW_RATE), "unresolved").isEqualByComparingTo("7");
        assertValue(evaluate(Kpi.WAITLIST_CONVERSION)).isEqualByComparingTo("0.4");
        assertComponent(evaluate(Kpi.WAITLIST_CONVERSION), "offered").isEqualByComparingTo("3");
    }

    @ParameterizedTest(name = "{0} of 100 handed off: {1}")
    @CsvSource({"14, BELOW", "15, HEALTHY", "20, HEALTHY", "25, HEALTHY", "26, ABOVE"})
    void handoffsHaveAHealthyBand(int handedOff, Verdict verdict) {
        count(Measure.CONVERSATIONS, 100);
        count(Measure.HANDED_OFF, handedOff);
        BigDecimal value = evaluate(Kpi.HANDOFF_RATE).value();
        assertThat(Kpi.HANDOFF_RATE.target()).isNotNull();
        assertThat(Kpi.HANDOFF_RATE.target().verdict(value)).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({"1999, MET", "2000, MISSED"})
    void answersWithinTwoSeconds(BigDecimal p95, Verdict verdict) {
        assertThat(Kpi.RESPONSE_TIME.target()).isNotNull();
        assertThat(Kpi.RESPONSE_TIME.target().verdict(p95)).isEqualTo(verdict);
    }

    @Test
    void leadTiersAreSharesOfWhatWasScored() {
        count(Measure.CONVERSATIONS, 10);
        label(Measure.LEADS, "hot", 1);
        label(Measure.LEADS, "warm", 2);
        label(Measure.LEADS, "cold", 5);
        Figure figure = evaluate(Kpi.LEAD_TIERS);
        assertValue(figure).isEqualByComparingTo("0.375");
        assertComponent(figure, "unscored").isEqualByComparingTo("2");
        assertThat(figure.rows()).extracting(Figure.Row::key).containsExactly("hot", "warm", "cool", "cold");
        assertThat(figure.rows()).extracting(row -> row.value().intValue()).containsExactly(1, 2, 0, 5);
        assertThat(figure.split()).isEqualTo(Figure.Split.OUTCOME);
    }

    @Test
    void servicesStandMostFirstTiesById() {
        count(Measure.CONVERSATIONS, 9);
        label(Measure.SERVICE_MENTIONS, "b", 2);
        label(Measure.SERVICE_MENTIONS, "a", 2);
        label(Measure.SERVICE_MENTIONS, "z", 3);
        Figure figure = evaluate(Kpi.TOP_SERVICES);
        assertValue(figure).isEqualByComparingTo("3");
        assertThat(figure.n()).isEqualTo(9);
        assertThat(figure.denominator()).isEqualByComparingTo("9");
        assertThat(figure.rows()).extracting(Figure.Row::key).containsExactly("z", "a", "b");
        assertThat(figure.split()).isEqualTo(Figure.Split.OVERLAP);
    }

    @Test
    void satisfactionIsAMeanWithItsShares() {
        count(Measure.CONVERSATIONS, 20);
        count(Measure.SURVEYED, 5);
        label(Measure.CSAT_SCORES, "5", 4);
        label(Measure.CSAT_SCORES, "4", 1);
        label(Measure.CSAT_SCORES, "3", 2);
        label(Measure.CSAT_SCORES, "1", 1);
        Figure figure = evaluate(Kpi.CSAT);
        assertValue(figure).isEqualByComparingTo("3.875");
        assertThat(figure.n()).isEqualTo(8);
        assertThat(figure.numerator()).isNull();
        assertThat(figure.denominator()).isEqualByComparingTo("8");
        assertComponent(figure, "satisfied").isEqualByComparingTo("0.625");
        assertComponent(figure, "nps").isEqualByComparingTo("0.125");
        assertComponent(figure, "responseRate").isEqualByComparingTo("0.25");
        assertThat(figure.rows()).extracting(row -> row.value().intValue()).containsExactly(1, 0, 2, 1, 4);
    }

    @Test
    void tokensCostThePriceInForce() {
        uses("2026-03-09T23:59:59", "m", "", 1_000_000, 400_000, 100_000);
        uses("2026-03-10T00:00", "m", "", 1_000_000, 400_000, 100_000);
        Figure figure = evaluate(Kpi.LLM_COST);
        assertValue(figure).isEqualByComparingTo("11");
        assertThat(figure.n()).isEqualTo(2);
        assertThat(figure.rows()).extracting(Figure.Row::key).containsExactly("m");
        assertComponent(figure, "inputTokens").isEqualByComparingTo("2000000");
        assertComponent(figure, "cachedInputTokens").isEqualByComparingTo("800000");
        assertComponent(figure, "outputTokens").isEqualByComparingTo("200000");
        assertComponent(figure, "unpriced").isEqualByComparingTo("0");
    }

    @Test
    void aStatedCostGoesBeforeThePriceListAndIsConvertedOnItsDay() {
        uses("2026-03-05T10:00", "m", "USD", 1_000, 0, 0);
        cells.cost(Measure.LLM_STATED_COST, at("2026-03-05T10:00"), llm("m", "USD"), new BigDecimal("3"), 1);
        uses("2026-03-05T10:00", "z", "EUR", 7, 0, 0);
        cells.cost(Measure.LLM_STATED_COST, at("2026-03-05T10:00"), llm("z", "EUR"), new BigDecimal("0.25"), 1);
        Figure figure = evaluate(Kpi.LLM_COST);
        assertValue(figure).isEqualByComparingTo("1.75");
        assertThat(figure.rows()).extracting(Figure.Row::key).containsExactly("m", "z");
    }

    @Test
    void aUseWithoutPriceOrRateIsCountedAndNeverTakenAsNothing() {
        count(Measure.CONVERSATIONS, 10);
        uses("2026-03-05T10:00", "m", "", 1_000_000, 0, 0);
        uses("2026-03-04T10:00", "m", "USD", 1, 0, 0);
        uses("2026-03-05T10:00", "unknown", "", 1, 0, 0);
        Figure figure = evaluate(Kpi.LLM_COST);
        assertValue(figure).isEqualByComparingTo("1");
        assertComponent(figure, "unpriced").isEqualByComparingTo("2");
        assertThat(figure.component("costPerConversation")).isEmpty();
        assertThat(figure.component("margin")).isEmpty();
        assertThat(figure.component("feeMargin")).isEmpty();
    }

    @Test
    void aCostOfWhichNothingIsKnownIsUndefined() {
        uses("2026-03-05T10:00", "unknown", "", 1, 0, 0);
        Figure figure = evaluate(Kpi.LLM_COST);
        assertThat(figure.status()).isEqualTo(Status.UNDEFINED);
        assertThat(figure.n()).isEqualTo(1);
        assertComponent(figure, "inputTokens").isEqualByComparingTo("1");
    }

    @Test
    void aCostStandsAgainstConversationsRevenueAndFee() {
        recovered("2026-03-02T20:00", 1, true);
        conversation("2026-03-02T20:00", 2, "", false);
        uses("2026-03-05T10:00", "m", "", 10_000_000, 0, 0);
        Figure figure = evaluate(Kpi.LLM_COST);
        assertComponent(figure, "costPerConversation").isEqualByComparingTo("5");
        assertComponent(figure, "revenueRecovered").isEqualByComparingTo("50");
        assertComponent(figure, "margin").isEqualByComparingTo("0.8");
        assertComponent(figure, "feeMargin")
                .isEqualByComparingTo(
                        BigDecimal.ONE.subtract(BigDecimal.TEN.divide(new BigDecimal("31"), Figure.PRECISION)));
        assertThat(part(figure, "revenueRecovered").people()).hasToString("1 people");
        assertThat(part(figure, "margin").people()).hasToString("1 people");
    }

    @Test
    void aMarginOverNothingIsAbsent() {
        uses("2026-03-05T10:00", "m", "", 10_000_000, 0, 0);
        Figure figure = evaluate(Kpi.LLM_COST);
        assertComponent(figure, "revenueRecovered").isEqualByComparingTo("0");
        assertThat(figure.component("margin")).isEmpty();
        assertThat(figure.component("costPerConversation")).isEmpty();
    }

    @Test
    void activeConversationsAreOfTheMoment() {
        active = 3;
        assertValue(evaluate(Kpi.ACTIVE_CONVERSATIONS)).isEqualByComparingTo("3");
        assertThat(evaluate(Kpi.ACTIVE_CONVERSATIONS).isMomentary()).isTrue();
        assertThat(evaluate(Kpi.HANDOFF_RATE).isMomentary()).isFalse();
    }

    @ParameterizedTest(name = "tier {0} using {1} over {2} days: {3}, {4} beyond, {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "pro, abcd, 28, 0.8, 0, UPGRADE",
                "pro, abc, 28, 0.6, 0, KEEP",
                "pro, af, 28, 0.2, 1, UPGRADE",
                "pro, a, 28, 0.2, 0, DOWNGRADE",
                "pro, b, 28, 0.2, 0, KEEP",
                "pro, ab, 28, 0.4, 0, KEEP",
                "pro, a, 27, 0.2, 0, -",
                "max, abcdef, 28, 1, 0, KEEP",
                "max, z, 28, 0, 1, KEEP",
                "starter, a, 28, 1, 0, UPGRADE",
            })
    void adviceOnTheTier(String tier, String used, int days, BigDecimal value, long beyond, String advice) {
        from = "2026-03-02";
        to = LocalDate.parse(from).plusDays(days).toString();
        cells.count(Measure.TIER_CHANGES, at("2026-02-01T00:00"), change(tier, "2026-02-01T00:00"), 1);
        used.chars().forEach(feature -> label(Measure.FEATURE_USES, Character.toString(feature), 2));
        Figure figure = evaluate(Kpi.TIER_UTILIZATION);
        assertValue(figure).isEqualByComparingTo(value);
        assertComponent(figure, "beyondTier").isEqualByComparingTo(BigDecimal.valueOf(beyond));
        assertThat(part(figure, "advice").word()).isEqualTo(advice);
    }

    @ParameterizedTest(name = "{0} {1} and {2} {3}: {4} features offered")
    @CsvSource({
        "starter, 2026-03-01T00:00, max, 2026-03-02T00:00, 6",
        "max, 2026-03-02T00:00, starter, 2026-03-02T00:00, 6",
        "starter, 2026-03-31T23:59:59.999, max, 2026-04-01T00:00, 1",
        "max, 2026-04-01T00:00, max, 2026-04-02T00:00, 5",
    })
    void theLatestChangeBeforeTheEndDecidesOnTheTier(
            String tier, String changed, String otherTier, String otherChanged, long offered) {
        cells.count(Measure.TIER_CHANGES, at(changed), change(tier, changed), 1);
        cells.count(Measure.TIER_CHANGES, at(otherChanged), change(otherTier, otherChanged), 1);
        assertThat(evaluate(Kpi.TIER_UTILIZATION).denominator()).isEqualByComparingTo(BigDecimal.valueOf(offered));
    }

    @Test
    void anUnknownTierDoesNotApply() {
        cells.count(Measure.TIER_CHANGES, at("2026-03-02T00:00"), change("golden", "2026-03-02T00:00"), 1);
        assertThat(evaluate(Kpi.TIER_UTILIZATION).status()).isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void readsWhatLiesInThePeriodAlone() {
        cells.count(Measure.RESOLVED, at("2026-02-28T23:59:59"), Dimension.NONE, 1);
        cells.count(Measure.RESOLVED, at("2026-03-01T00:00"), Dimension.NONE, 10);
        cells.count(Measure.RESOLVED, at("2026-03-31T23:59:59"), Dimension.NONE, 100);
        cells.count(Measure.RESOLVED, at("2026-04-01T00:00"), Dimension.NONE, 1_000);
        assertThat(evaluate(Kpi.NO_SHOW_RATE).n()).isEqualTo(110);
    }

    @Test
    void theMomentOfTheQuestionIsReadWhereItIsCovered() {
        cells.count(Measure.HANDED_OFF, at("2026-03-02T10:00"), Dimension.NONE, 1);
        Span untilTen = new Span(instant("2026-03-01T00:00"), instant("2026-03-02T10:00"));
        assertThat(scope(Kpi.HANDOFF_RATE, new Coverage(untilTen, true, true)).count(Measure.HANDED_OFF))
                .isEqualTo(1);
        assertThat(scope(Kpi.HANDOFF_RATE, new Coverage(untilTen, false, true)).count(Measure.HANDED_OFF))
                .isZero();
    }

    @Test
    void aVolumeCannotReadWhatPeopleDid() {
        KpiDefinition sneaky = new KpiDefinition(
                "sneaky",
                Unit.COUNT,
                Refresh.DAILY,
                Direction.NEUTRAL,
                null,
                new Meaning("x", "x"),
                1,
                null,
                scope -> Figure.of(scope.count(Measure.NO_SHOWS)));
        assertThatThrownBy(() -> evaluate(sneaky))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("population");
    }

    @Test
    void aHostsKpiIsAValueLikeTheTwelve() {
        KpiDefinition surveyed = KpiDefinition.ratio(
                "survey-rate",
                Refresh.DAILY,
                Direction.HIGHER_IS_BETTER,
                new Meaning("Encuestadas", "Surveyed"),
                Measure.SURVEYED,
                Measure.CONVERSATIONS);
        count(Measure.CONVERSATIONS, 4);
        count(Measure.SURVEYED, 1);
        assertValue(evaluate(surveyed)).isEqualByComparingTo("0.25");
        assertThat(surveyed.population()).isEqualTo(Measure.CONVERSATIONS);
    }

    @Test
    void theTwelveSayWhatTheyAre() {
        assertThat(Kpi.ALL).hasSize(12).extracting(KpiDefinition::id).doesNotHaveDuplicates();
        for (KpiDefinition kpi : Kpi.ALL) {
            assertThat(kpi.meaning().es()).as(kpi.id()).endsWith(".");
            assertThat(kpi.meaning().en()).as(kpi.id()).endsWith(".");
            assertThat(kpi.version()).isEqualTo(1);
        }
        assertThat(Kpi.CSAT.meaning().in(clinic.locale()))
                .isEqualTo(Kpi.CSAT.meaning().es());
        assertThat(Kpi.CSAT.meaning().in(Locale.ENGLISH))
                .isEqualTo(Kpi.CSAT.meaning().en());
    }

    private Figure evaluate(KpiDefinition kpi) {
        Span span = new Span(instant(from + "T00:00"), instant(to + "T00:00"));
        return kpi.formula().evaluate(scope(kpi, new Coverage(span, false, false)));
    }

    private KpiScope scope(KpiDefinition kpi, Coverage coverage) {
        ClinicDirectory directory = TestClinics.directory(clinic);
        return KpiScope.of(
                cells,
                ReleasedCells.unguarded(cells),
                directory,
                clinic,
                instant("2026-05-01T00:00"),
                active,
                period(),
                coverage,
                KpiScope.ANY_MATURITY,
                kpi);
    }

    private Period period() {
        return new Period(LocalDate.parse(from), LocalDate.parse(to));
    }

    private void conversation(String start, int patient, String vertical, boolean converted) {
        cells.person(Measure.CONVERSATIONS, at(start), Dimension.of(vertical), patient, 1);
        if (converted) {
            cells.count(Measure.CONVERTED, at(start), Dimension.of(vertical), 1);
        }
    }

    private void recovered(String start, int patient, boolean converted) {
        conversation(start, patient, "", converted);
        cells.person(Measure.RECOVERED, at(start), Dimension.NONE, patient, 1);
        if (converted) {
            cells.count(Measure.RECOVERED_CONVERTED, at(start), Dimension.NONE, 1);
        }
    }

    private void uses(String at, String model, String currency, long input, long cached, long output) {
        cells.count(Measure.LLM_USES, at(at), llm(model, currency), 1);
        cells.count(Measure.LLM_INPUT_TOKENS, at(at), llm(model, currency), input);
        cells.count(Measure.LLM_CACHED_INPUT_TOKENS, at(at), llm(model, currency), cached);
        cells.count(Measure.LLM_OUTPUT_TOKENS, at(at), llm(model, currency), output);
    }

    private void count(Measure measure, long n) {
        cells.count(measure, at("2026-03-05T10:00"), Dimension.NONE, n);
    }

    private void label(Measure measure, String label, long n) {
        cells.count(measure, at("2026-03-05T10:00"), Dimension.of(label), n);
    }

    private static Dimension llm(String model, String currency) {
        return new Dimension(model, currency, 0);
    }

    private static Dimension value(String currency, LocalDate startsOn) {
        return new Dimension("", currency, startsOn.toEpochDay());
    }

    private static Dimension change(String tier, String at) {
        return new Dimension(tier, "", at(at));
    }

    private static long at(String wallTime) {
        return instant(wallTime).toEpochMilli();
    }

    private static Instant instant(String wallTime) {
        return LocalDateTime.parse(wallTime).atZone(MADRID).toInstant();
    }

    private static Figure.Part part(Figure figure, String id) {
        return figure.components().stream()
                .filter(part -> part.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static AbstractBigDecimalAssert<?> assertValue(Figure figure) {
        return assertThat(figure.value());
    }

    private static AbstractBigDecimalAssert<?> assertComponent(Figure figure, String id) {
        return assertThat(figure.component(id).orElseThrow()).as(id);
    }

    private static Clinic withoutAverage(Clinic clinic) {
        return new Clinic(
                clinic.id(),
                clinic.name(),
                clinic.owner(),
                clinic.vertical(),
                clinic.country(),
                clinic.zone(),
                clinic.currency(),
                clinic.locale(),
                clinic.goLive(),
                clinic.openingHours(),
                clinic.holidays(),
                EffectiveDated.none(),
                clinic.tier(),
                clinic.services(),
                clinic.baseline(),
                clinic.subscriptionFee());
    }
}
