package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.cell.People;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.kpi.Figure.Row;
import dev.clinickpi.kpi.Figure.Split;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Coverage;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MinimumGroupTest {

    private static final Instant AS_OF = Instant.parse("2026-04-02T09:00:00Z");
    private static final Coverage MARCH = new Coverage(
            new Span(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")), false, true);
    private static final PublicationRequest REQUEST = new PublicationRequest(Clinics.SOL, Period.month(2026, 3), AS_OF);

    @ParameterizedTest
    @CsvSource({
        "5,  0, OK",
        "5,  1, SUPPRESSED",
        "5,  4, SUPPRESSED",
        "5,  5, OK",
        "5, 50, OK",
        "9,  0, OK",
        "9,  5, SUPPRESSED",
        "9,  8, SUPPRESSED",
        "9,  9, OK"
    })
    void judgesAFigureByItsPeople(int minimum, int people, Status status) {
        Figure figure = Figure.ratio(1, 7);
        assertThat(release(minimum, Kpi.NO_SHOW_RATE, figure, people(people)).status())
                .isEqualTo(status);
    }

    @Test
    void leavesOfASuppressedResultItsEnvelopeAlone() {
        Figure figure = Figure.ratio(1, 7)
                .with("unresolved", 3)
                .with("word", 4)
                .withRows(Split.OUTCOME, List.of(Row.of("a", 1)));
        assertThat(release(5, Kpi.HANDOFF_RATE, figure, people(4)))
                .isEqualTo(new KpiResult(
                        "handoff-rate",
                        Status.SUPPRESSED,
                        "Fewer than 5 people stand behind this figure",
                        null,
                        null,
                        null,
                        null,
                        null,
                        true,
                        MARCH.span(),
                        AS_OF,
                        Kpi.HANDOFF_RATE.refresh(),
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null));
        assertThat(release(5, Kpi.HANDOFF_RATE, figure, people(1)))
                .as("how few they are is no more told than who")
                .isEqualTo(release(5, Kpi.HANDOFF_RATE, figure, people(4)));
        assertThat(release(8, Kpi.HANDOFF_RATE, figure, people(7)).reason())
                .isEqualTo("Fewer than 8 people stand behind this figure");
    }

    @Test
    void alwaysShowsVolumesAndEmptyPeriods() {
        assertThat(release(5, Kpi.ACTIVE_CONVERSATIONS, Figure.of(1), null).value())
                .isEqualTo("1");
        KpiResult empty = release(5, Kpi.NO_SHOW_RATE, Figure.ratio(0, 0).with("unresolved", 0), people(0));
        assertThat(empty.status()).isEqualTo(Status.UNDEFINED);
        assertThat(empty.component("unresolved")).contains(BigDecimal.ZERO);
    }

    @Test
    void saysThatASettingIsMissingHoweverFewPeopleThereAre() {
        KpiResult result =
                release(5, Kpi.REVENUE_RECOVERED, Figure.notApplicable("The clinic has no average revenue"), people(2));
        assertThat(result.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(result.reason()).isEqualTo("The clinic has no average revenue");
    }

    @Test
    void judgesAComponentByPeopleOfItsOwn() {
        Figure revenue = Figure.of(new BigDecimal("191.25"), 9)
                .with("recoveredConversations", 9)
                .with("conversionRate", new BigDecimal("0.25"), people(6))
                .with("booked", new BigDecimal("85.00"), people(1))
                .with("refunded", BigDecimal.ZERO, people(0));
        KpiResult result = release(5, Kpi.REVENUE_RECOVERED, revenue, people(6));
        assertThat(result.component("recoveredConversations")).contains(BigDecimal.valueOf(9));
        assertThat(result.component("conversionRate")).contains(new BigDecimal("0.25"));
        assertThat(result.component("booked")).isEmpty();
        assertThat(result.component("refunded")).contains(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "4, false", "5, true"})
    void showsRevenueBesideTheCostWhenItIsPublishableItself(int recovered, boolean shown) {
        Figure cost = Figure.of(new BigDecimal("12.50"), 40)
                .with("revenueRecovered", new BigDecimal("191.25"), people(recovered))
                .with("margin", new BigDecimal("0.93"), people(recovered))
                .with("feeMargin", new BigDecimal("0.87"));
        KpiResult result = release(5, Kpi.LLM_COST, cost, null);
        assertThat(result.value()).isEqualTo("12.50");
        assertThat(result.component("revenueRecovered").isPresent()).isEqualTo(shown);
        assertThat(result.component("margin").isPresent()).isEqualTo(shown);
        assertThat(result.component("feeMargin")).isPresent();
    }

    /**
     * The golden cases: the people behind each row and the rows that are hidden. Where they have no patient in common, as here, they hide
     * the same.
     */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    small 1 | PARTITION | 6  | aesthetics=2 dental=5                   | aesthetics dental
                    small 1 | OVERLAP   | 6  | botox=1 checkup=2 cleaning=3 physio=2   | botox checkup cleaning physio
                    zones 1 | PARTITION | 96 | aesthetics=8 dental=94 physio=5         |
                    zones 2 | PARTITION | 79 | aesthetics=76 dental=1 physio=9         | dental physio
                    zones 3 | PARTITION | 92 | aesthetics=4 dental=8 physio=87         | aesthetics dental
                    zones 3 | OVERLAP   | 90 | botox=15 checkup=9 cleaning=23          |
                    zones 4 | PARTITION | 46 | aesthetics=2 dental=42 physio=4         | aesthetics physio
                    zones 4 | OVERLAP   | 28 | botox=4 checkup=3 cleaning=5 implant=6  | botox checkup
                    zones 5 | PARTITION | 34 | aesthetics=31 dental=2 physio=2         | aesthetics dental physio
                    zones 5 | OVERLAP   | 14 | botox=1 cleaning=5 implant=2 physio=5   | botox implant
                    zones 6 | PARTITION | 94 | aesthetics=9 dental=9 physio=91         |
                    zones 7 | PARTITION | 23 | aesthetics=1 dental=21 physio=3         | aesthetics dental physio
                    edges 1 | PARTITION | 19 | dental=18 physio=1                      | dental physio
                    edges 1 | OVERLAP   | 15 | botox=1 implant=6                       | botox
                    edges 3 | PARTITION | 5  | dental=5                                |
                    """)
    void hidesTheRowsOfTheGoldenCases(String golden, Split split, int people, String rows, String hidden) {
        assertThat(hidden(5, split, people(people), apart(rows))).isEqualTo(words(hidden));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # k | rows and their patients                | hidden
                    5   | a=abcde b=fghij                        |
                    5   | a=abcd b=efghi c=jklmno                | a b
                    5   | a=abcd b=abcde c=jklmno                | a b
                    5   | a=abc b=abc c=abcdefg d=hijklmnop      | a b c
                    5   | a=abc b=de c=fghijkl                   | a b
                    5   | a=abcd b=abc c=abcd d=abcdef e=ghijklm | a b c d
                    5   | a= b=abcd c= d=efghi                   | b d
                    5   | z=abcd y=efghi x=jklmn                 | z x
                    6   | a=abcde b=fghijkl                      | a b
                    6   | a=abcdef b=fghijkl                     |
                    """)
    void hidesFurtherRowsOfAPartitionUntilTheHiddenOnesAreAGroup(int minimum, String rows, String hidden) {
        assertThat(hidden(minimum, Split.PARTITION, people(50), together(rows))).isEqualTo(words(hidden));
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void showsRowsWithoutPeopleOfTheirOwnWithTheirFigure(Split split) {
        List<Row> rows = List.of(Row.of("hot", 1), Row.of("warm", 4), new Row("cold", null, null, null, null, false));
        assertThat(hidden(5, split, people(9), rows)).isEmpty();
    }

    @Test
    void showsRowsByOutcomeHoweverFewPeopleEachHas() {
        assertThat(hidden(5, Split.OUTCOME, people(9), together("hot=a warm=b")))
                .isEmpty();
    }

    @Test
    void leavesOfAHiddenRowItsKeyAtTheEnd() {
        Figure figure = Figure.of(3)
                .withRows(
                        Split.OVERLAP,
                        List.of(
                                Row.of("implant", 9, people(4)),
                                Row.of("crown", 8, people(8)),
                                Row.of("botox", 7, people(1)),
                                Row.of("cleaning", 6, people(6))));
        assertThat(release(5, Kpi.TOP_SERVICES, figure, people(9)).breakdown())
                .containsExactly(
                        new KpiResult.Row("crown", Status.OK, BigDecimal.valueOf(8), null, null),
                        new KpiResult.Row("cleaning", Status.OK, BigDecimal.valueOf(6), null, null),
                        new KpiResult.Row("botox", Status.SUPPRESSED, null, null, null),
                        new KpiResult.Row("implant", Status.SUPPRESSED, null, null, null));
    }

    @Test
    void answersInTheOrderOfTheQuestion() {
        List<ExactResult> results = List.of(
                exact(Kpi.NO_SHOW_RATE, Figure.ratio(1, 7), people(4)),
                exact(Kpi.ACTIVE_CONVERSATIONS, Figure.of(1), null),
                exact(Kpi.CONVERSION_RATE, Figure.ratio(1, 7), people(7)));
        assertThat(new MinimumGroup(5).release(REQUEST, results))
                .extracting(KpiResult::id)
                .containsExactly("no-show-rate", "active-conversations", "conversion-rate");
    }

    /**
     * What is left when the shown rows of a partition are taken from its shown total comes from a group or from nobody, unless no row with
     * people is shown; and no row is hidden without need.
     */
    @Property
    void letsNobodySubtractAGroupThatIsTooSmall(
            @ForAll("rows") List<Row> rows, @ForAll @IntRange(min = 5, max = 8) int minimum) {
        Set<String> hidden = hidden(minimum, Split.PARTITION, people(50), rows);
        List<Row> nonEmpty = rows.stream()
                .filter(row -> !row.people().isEmpty())
                .sorted(Comparator.<Row>comparingInt(row -> row.people().count())
                        .thenComparing(Row::key))
                .toList();

        assertThat(nonEmpty.stream().map(Row::key)).as("nobody is not hidden").containsAll(hidden);
        assertThat(nonEmpty.stream()
                        .filter(row -> row.people().count() < minimum)
                        .map(Row::key))
                .as("a row of too few is hidden")
                .allMatch(hidden::contains);
        int together = union(nonEmpty, hidden).count();
        assertThat(hidden.isEmpty() || together >= minimum || hidden.size() == nonEmpty.size())
                .as("%s of %s are hidden", hidden, rows)
                .isTrue();
        assertThat(nonEmpty.stream().limit(hidden.size()).map(Row::key))
                .as("fewest patients first, then by key")
                .containsExactlyInAnyOrderElementsOf(hidden);
        if (!hidden.isEmpty()) {
            Row last = nonEmpty.get(hidden.size() - 1);
            Set<String> others = new HashSet<>(hidden);
            others.remove(last.key());
            assertThat(last.people().count() < minimum
                            || union(nonEmpty, others).count() < minimum)
                    .as("%s is hidden with need", last.key())
                    .isTrue();
        }
    }

    @Property
    void hidesOfOverlappingRowsThoseOfTooFewAlone(
            @ForAll("rows") List<Row> rows, @ForAll @IntRange(min = 5, max = 8) int minimum) {
        assertThat(hidden(minimum, Split.OVERLAP, people(50), rows))
                .isEqualTo(rows.stream()
                        .filter(row -> row.people().count() > 0 && row.people().count() < minimum)
                        .map(Row::key)
                        .collect(Collectors.toSet()));
    }

    @Property
    void hidesTheSameInAnyOrderOfTheRows(@ForAll("rows") List<Row> rows, @ForAll Split split) {
        List<Row> reversed = new ArrayList<>(rows);
        Collections.reverse(reversed);
        assertThat(hidden(5, split, people(50), reversed)).isEqualTo(hidden(5, split, people(50), rows));
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Set<Integer>> people =
                Arbitraries.integers().between(0, 15).set().ofMaxSize(9);
        return people.list()
                .ofMaxSize(6)
                .map(all -> IntStream.range(0, all.size())
                        .mapToObj(i -> Row.of("row" + i, i, people(all.get(i).stream())))
                        .toList());
    }

    private static Set<String> hidden(int minimum, Split split, People people, List<Row> rows) {
        KpiResult result =
                release(minimum, Kpi.CONVERSION_RATE, Figure.ratio(10, 50).withRows(split, rows), people);
        assertThat(result.breakdown()).hasSameSizeAs(rows);
        return result.breakdown().stream()
                .filter(row -> row.status() == Status.SUPPRESSED)
                .map(KpiResult.Row::key)
                .collect(Collectors.toSet());
    }

    private static KpiResult release(int minimum, KpiDefinition kpi, Figure figure, People people) {
        return new MinimumGroup(minimum)
                .release(REQUEST, List.of(exact(kpi, figure, people)))
                .get(0);
    }

    private static ExactResult exact(KpiDefinition kpi, Figure figure, People people) {
        return new ExactResult(kpi, kpi.unit().id(), MARCH, kpi.refresh(), AS_OF, figure, people);
    }

    /** As {@code dental=18 physio=1}: rows of so many people, none of them in two rows. */
    private static List<Row> apart(String rows) {
        List<Row> all = new ArrayList<>();
        int next = 0;
        for (String row : rows.split(" ")) {
            int count = Integer.parseInt(row.substring(row.indexOf('=') + 1));
            all.add(Row.ratio(
                    row.substring(0, row.indexOf('=')),
                    1,
                    50,
                    people(IntStream.range(next, next + count).boxed())));
            next += count;
        }
        return all;
    }

    /** As {@code a=xyz b=x}: rows of people of one letter each, who may be in several rows. */
    private static List<Row> together(String rows) {
        return Arrays.stream(rows.split(" "))
                .map(row -> row.split("=", 2))
                .map(row -> Row.ratio(row[0], 1, 50, people(row[1].chars().boxed())))
                .toList();
    }

    private static People people(int count) {
        return people(IntStream.range(0, count).boxed());
    }

    /** Two facts of each. */
    private static People people(Stream<Integer> hashes) {
        People people = new People();
        hashes.forEach(hash -> people.add(hash, 2));
        return people;
    }

    private static People union(List<Row> rows, Set<String> keys) {
        People union = new People();
        rows.stream().filter(row -> keys.contains(row.key())).forEach(row -> union.addAll(row.people(), 1));
        return union;
    }

    private static Set<String> words(String list) {
        return list == null ? Set.of() : Set.copyOf(Arrays.asList(list.split(" ")));
    }
}
