package dev.clinickpi.privacy.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.time.LocalDays;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A block of twenty conversations, each of another patient, of which nothing was known but that they had begun when it was cut. */
class ConversationChangesTest {

    private static final int MINIMUM = 5;
    private static final int HOUR = 3_600_000;
    private static final Dimension HOT = Dimension.of("hot");
    private static final Dimension COLD = Dimension.of("cold");

    private final CellTable copy = new CellTable(LocalDays.in(ZoneOffset.UTC));
    private final CellTable cells = new CellTable(LocalDays.in(ZoneOffset.UTC));

    @BeforeEach
    void cut() {
        for (CellTable table : List.of(copy, cells)) {
            for (int patient = 0; patient < 20; patient++) {
                person(table, Measure.CONVERSATIONS, Dimension.NONE, patient, 1);
                person(table, Measure.PENDING, Dimension.NONE, patient, 1);
                person(table, Measure.UNFINISHED, Dimension.NONE, patient, 1);
            }
        }
    }

    @Test
    void aScoreWaitsForOthersAndTheFunnelDoesNotTellIt() {
        score(0, HOT);
        everybodysWindowEnds(1, 20);
        restate();

        assertThat(count(Measure.LEADS)).isZero();
        assertThat(count(Measure.QUALIFIED)).isZero();
        assertThat(count(Measure.PENDING)).isEqualTo(1);
        assertThat(unfinished("")).isEqualTo(1);
        assertThat(unfinished("qualified")).isZero();
    }

    @Test
    void whoseScoreWaitsIsQualifiedByAnAppointment() {
        score(0, HOT);
        IntStream.range(0, 6).forEach(this::book);
        restate();

        assertThat(count(Measure.LEADS)).isZero();
        assertThat(count(Measure.QUALIFIED)).isEqualTo(6);
        assertThat(count(Measure.BOOKED)).isEqualTo(6);
        assertThat(unfinished("booked")).isEqualTo(6);
        assertThat(unfinished("")).isEqualTo(14);
    }

    /** The score as it was released is the one that both figures go on to show. */
    @Test
    void whoWasQualifiedStaysSoWhileANewScoreWaits() {
        for (CellTable table : List.of(copy, cells)) {
            score(table, 0, HOT, 1);
        }
        score(cells, 0, HOT, -1);
        person(cells, Measure.LEADS, COLD, 0, 1);
        IntStream.range(1, 6).forEach(this::book);
        restate();

        assertThat(cells.count(Measure.QUALIFIED, 0, HOUR)).isEqualTo(5);
        assertThat(count(Measure.QUALIFIED)).isEqualTo(6);
        assertThat(unfinished("qualified")).isEqualTo(1);
        assertThat(leads("hot")).isEqualTo(1);
        assertThat(leads("cold")).isZero();
    }

    @Test
    void enoughScoresGoIntoBothFigures() {
        IntStream.range(0, MINIMUM).forEach(patient -> score(patient, HOT));
        restate();

        assertThat(leads("hot")).isEqualTo(MINIMUM);
        assertThat(count(Measure.QUALIFIED)).isEqualTo(MINIMUM);
        assertThat(unfinished("qualified")).isEqualTo(MINIMUM);
    }

    /** Else the funnel would be restated later for four others and him. */
    @Test
    void scoresWaitForTheFunnelWhereTheyChangeItForTooFew() {
        score(0, HOT);
        IntStream.range(1, 9).forEach(patient -> score(patient, COLD));
        restate();
        assertThat(count(Measure.LEADS)).isZero();

        IntStream.range(10, 14).forEach(this::book);
        restate();
        assertThat(leads("hot")).isEqualTo(1);
        assertThat(leads("cold")).isEqualTo(8);
        assertThat(count(Measure.QUALIFIED)).isEqualTo(5);
    }

    @Test
    void scoresThatChangeNothingOfTheFunnelDoNotWaitForIt() {
        IntStream.range(0, MINIMUM).forEach(patient -> score(patient, COLD));
        book(10);
        restate();

        assertThat(leads("cold")).isEqualTo(MINIMUM);
        assertThat(count(Measure.BOOKED)).isZero();
    }

    @Test
    void anAppointmentCountsForConversionsAndForTheFunnelAtOnce() {
        IntStream.range(0, 2).forEach(this::book);
        everybodysWindowEnds(10, 12);
        IntStream.range(13, 16).forEach(this::convert);
        restate();

        assertThat(count(Measure.CONVERTED)).isZero();
        assertThat(count(Measure.BOOKED)).isZero();
        assertThat(count(Measure.PENDING)).isEqualTo(20);

        IntStream.range(2, 4).forEach(this::book);
        restate();
        assertThat(count(Measure.CONVERTED)).isEqualTo(3);
        assertThat(count(Measure.BOOKED)).isEqualTo(4);
        assertThat(count(Measure.PENDING)).isEqualTo(15);
        assertThat(unfinished("")).isEqualTo(14);
    }

    @Test
    void otherFiguresWaitForThemselves() {
        IntStream.range(0, MINIMUM).forEach(patient -> person(cells, Measure.HANDED_OFF, Dimension.NONE, patient, 1));
        person(cells, Measure.SURVEYED, Dimension.NONE, 7, 1);
        ConversationChanges changes = changes();

        assertThat(changes.areAllDue()).isFalse();
        assertThat(changes.due()).hasSize(1);
        restate();
        assertThat(count(Measure.HANDED_OFF)).isEqualTo(MINIMUM);
        assertThat(count(Measure.SURVEYED)).isZero();
    }

    private void everybodysWindowEnds(int from, int to) {
        for (int patient = from; patient < to; patient++) {
            person(cells, Measure.PENDING, Dimension.NONE, patient, -1);
            person(cells, Measure.UNFINISHED, Dimension.NONE, patient, -1);
        }
    }

    private void score(int patient, Dimension tier) {
        if (tier.equals(HOT)) {
            score(cells, patient, tier, 1);
        } else {
            person(cells, Measure.LEADS, tier, patient, 1);
        }
    }

    private static void score(CellTable table, int patient, Dimension tier, int times) {
        person(table, Measure.LEADS, tier, patient, times);
        person(table, Measure.QUALIFIED, Dimension.NONE, patient, times);
        person(table, Measure.UNFINISHED, Dimension.of("qualified"), patient, times);
        person(table, Measure.UNFINISHED, Dimension.NONE, patient, -times);
    }

    /** As an appointment of a conversation that may already be qualified. */
    private void book(int patient) {
        boolean isQualified = cells.people(Measure.QUALIFIED, 0, HOUR).times(patient) > 0;
        person(cells, Measure.QUALIFIED, Dimension.NONE, patient, isQualified ? 0 : 1);
        person(cells, Measure.BOOKED, Dimension.NONE, patient, 1);
        person(cells, Measure.UNFINISHED, Dimension.of("booked"), patient, 1);
        person(cells, Measure.UNFINISHED, isQualified ? Dimension.of("qualified") : Dimension.NONE, patient, -1);
    }

    private void convert(int patient) {
        person(cells, Measure.CONVERTED, Dimension.NONE, patient, 1);
        person(cells, Measure.PENDING, Dimension.NONE, patient, -1);
    }

    private static void person(CellTable table, Measure measure, Dimension dimension, int patient, int times) {
        table.person(measure, 0, dimension, patient, times);
    }

    private ConversationChanges changes() {
        return new ConversationChanges(copy, cells, 0, HOUR, Rules.of(MINIMUM));
    }

    private void restate() {
        changes().due().forEach(each -> each.applyTo(copy));
    }

    private long count(Measure measure) {
        return copy.count(measure, 0, HOUR);
    }

    private long leads(String tier) {
        return copy.counts(Measure.LEADS, 0, HOUR, Dimension::label).getOrDefault(tier, 0L);
    }

    private long unfinished(String stage) {
        return copy.counts(Measure.UNFINISHED, 0, HOUR, Dimension::label).getOrDefault(stage, 0L);
    }
}
