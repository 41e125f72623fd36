package dev.clinickpi.privacy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.privacy.benchmark.SectorStatistic.Range;
import dev.clinickpi.sector.ClinicBand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark says where a sector stands, and nothing of anybody in it. */
class SectorStatisticTest {

    private static final SectorRules RULES = SectorRules.of(5);

    @Test
    void itIsTheMeanAndTheQuartilesOfTheOwners() {
        SectorStatistic statistic = of("0.10", "0.12", "0.14", "0.16", "0.18", "0.20", "0.22", "0.24", "0.26");

        assertThat(statistic.mean()).isEqualByComparingTo("0.18");
        assertThat(statistic.lowerQuartile()).as("of 0.12, 0.14, 0.16").isEqualByComparingTo("0.14");
        assertThat(statistic.median()).as("of 0.16, 0.18, 0.20").isEqualByComparingTo("0.18");
        assertThat(statistic.upperQuartile()).as("of 0.20, 0.22, 0.24").isEqualByComparingTo("0.22");
        assertThat(statistic.clinics()).isEqualTo(ClinicBand.SIX_TO_NINE);
    }

    @Test
    void itIsRoundedToThreeDigits() {
        SectorStatistic statistic = of("1234.5", "1234.6", "1234.7", "1234.8", "1234.9", "1235.0");

        assertThat(statistic.mean()).isEqualByComparingTo("1230");
        assertThat(of("0.33333", "0.33333", "0.33333", "0.33333", "0.33333", "0.33333")
                        .median())
                .isEqualByComparingTo("0.333");
    }

    /** A minimum group that the host has set higher asks for more owners, too. */
    @ParameterizedTest
    @CsvSource({"5, 5, false", "5, 6, true", "8, 8, false", "8, 9, true"})
    void itHasOneOwnerMoreThanTheMinimumGroup(int minimumGroup, int owners, boolean shown) {
        List<BigDecimal> values =
                IntStream.range(20, 20 + owners).mapToObj(BigDecimal::valueOf).toList();
        assertThat(SectorStatistic.of(values, Bounds.NOT_NEGATIVE, SectorRules.of(minimumGroup))
                        .isPresent())
                .isEqualTo(shown);
    }

    /** Where one is nearly all there is, the second subtracts himself and has him. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000,1,1,1,1,1",
                "1000,900,1,1,1,1",
                "0,0,0,0,0,0",
                "0,0,0.02,0.1,0.1,0.1",
                "0.1,0.1,0.1,0,0,900"
            })
    void aDominantClinicIsNotShown(String values) {
        assertThat(SectorStatistic.of(values(values.split(",")), Bounds.NOT_NEGATIVE, RULES))
                .isEmpty();
    }

    /** Where everybody is at the end of what there can be, or one alone is not, the mean tells all who know where that is. */
    @ParameterizedTest
    @CsvSource({
        "ratio, false, '1,1,1,1,1,1'",
        "ratio, false, '0.2,1,1,1,1,1'",
        "ratio, false, '0.2,0.9,1,1,1,1'",
        "ratio, true, '0.5,0.6,0.7,0.8,0.9,0.95'",
        "ratio, true, '0.90,0.91,0.92,0.93,0.94,0.95'",
        "count, true, '1,1,1,1,1,1'",
        "score, false, '5,5,5,5,5,5'",
        "score, false, '1,1,1,1,1,1'",
        "score, false, '1.1,1.1,1.2,3,3,3'",
        "score, false, '1,5,5,5,5,5'",
        "score, true, '4.4,4.5,4.6,4.7,4.7,4.8'"
    })
    void nobodyIsToldByWhatValuesThereCanBe(String unit, boolean shown, String values) {
        assertThat(SectorStatistic.of(values(values.split(",")), Bounds.of(unit), RULES)
                        .isPresent())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"6, 6–9", "9, 6–9", "10, 10–19", "19, 10–19", "20, 20+", "500, 20+"})
    void theNumberOfClinicsIsABand(int owners, String band) {
        assertThat(ClinicBand.of(owners).text()).isEqualTo(band);
    }

    /** The p % rule by the book, for each figure and each who looks, not for the two greatest alone. */
    @Property(tries = 500, seed = "20260301")
    void nobodyIsEstimatedWithinTenPerCentByAnother(@ForAll Random random) {
        List<BigDecimal> values = random(random);
        if (SectorStatistic.of(values, Bounds.NOT_NEGATIVE, RULES).isPresent()) {
            groups(values.size()).forEach(group -> assertNobodyIsEstimated(group.of(values)));
        }
    }

    /** The same of what is left to the whole. */
    @Property(tries = 500, seed = "20260302")
    void nobodysDistanceFromTheGreatestIsEstimatedWithinTenPerCent(@ForAll Random random) {
        List<BigDecimal> distances = random(random);
        BigDecimal width = distances.get(distances.size() - 1).add(BigDecimal.ONE);
        List<BigDecimal> values = new ArrayList<>(distances);
        values.replaceAll(width::subtract);
        Collections.reverse(values);
        if (SectorStatistic.of(values, new Bounds(BigDecimal.ZERO, width), RULES)
                .isPresent()) {
            groups(values.size())
                    .forEach(group -> assertNobodyIsEstimated(
                            group.of(values).stream().map(width::subtract).toList()));
        }
    }

    /** The two who stand in no quartile of nine, or in the median alone, can be had from all four figures together by who knows one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"0,4,4,4,4,4,4,4,5", "0,1,1,1,1,1,1,1,40"})
    void nobodyIsEstimatedByFiguresTogether(String values) {
        assertThat(SectorStatistic.of(values(values.split(",")), Bounds.NOT_NEGATIVE, RULES))
                .isEmpty();
    }

    private static Stream<Range> groups(int owners) {
        return Stream.concat(
                Stream.of(new Range(0, owners)),
                Stream.of(1, 2, 3).map(quartile -> SectorStatistic.around(owners, quartile, 3)));
    }

    private static void assertNobodyIsEstimated(List<BigDecimal> values) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        for (int attacker = 0; attacker < values.size(); attacker++) {
            for (int victim = 0; victim < values.size(); victim++) {
                BigDecimal value = values.get(victim);
                BigDecimal bound = sum.subtract(values.get(attacker));
                assertThat(attacker == victim
                                || bound.subtract(value).compareTo(value.multiply(new BigDecimal("0.10"))) >= 0)
                        .isTrue();
            }
        }
    }

    /** Exactly, by linear algebra: who knows his own place and value, and all four figures unrounded, knows no other value. */
    @Test
    void noValueFollowsFromTheFiguresAndOnesOwn() {
        for (int owners = RULES.owners(); owners <= 40; owners++) {
            int all = owners;
            List<double[]> figures =
                    groups(owners).map(group -> indicator(group, all)).toList();
            for (int own = 0; own < owners; own++) {
                List<double[]> known = new ArrayList<>(figures);
                known.add(indicator(new Range(own, own + 1), owners));
                int rank = rank(known);
                for (int other = 0; other < owners; other++) {
                    List<double[]> guessed = new ArrayList<>(known);
                    guessed.add(indicator(new Range(other, other + 1), owners));
                    assertThat(other == own || rank(guessed) > rank)
                            .as("%d owners, %d learns %d", owners, own, other)
                            .isTrue();
                }
            }
        }
    }

    private static double[] indicator(Range group, int owners) {
        double[] row = new double[owners];
        Arrays.fill(row, group.from(), group.to(), 1);
        return row;
    }

    /** Of rows of small whole numbers, by elimination. */
    private static int rank(List<double[]> rows) {
        double[][] left = rows.stream().map(double[]::clone).toArray(double[][]::new);
        int rank = 0;
        for (int column = 0; column < left[0].length && rank < left.length; column++) {
            int pivot = rank;
            for (int row = rank; row < left.length; row++) {
                pivot = Math.abs(left[row][column]) > Math.abs(left[pivot][column]) ? row : pivot;
            }
            if (Math.abs(left[pivot][column]) > 1e-9) {
                double[] swapped = left[pivot];
                left[pivot] = left[rank];
                left[rank] = swapped;
                for (int row = rank + 1; row < left.length; row++) {
                    double factor = left[row][column] / left[rank][column];
                    for (int i = column; i < left[row].length; i++) {
                        left[row][i] -= factor * left[rank][i];
                    }
                }
                rank++;
            }
        }
        return rank;
    }

    private static List<BigDecimal> random(Random random) {
        return IntStream.range(0, 4 + random.nextInt(12))
                .mapToObj(
                        i -> BigDecimal.valueOf(random.nextInt(4) == 0 ? random.nextInt(4) : 50 + random.nextInt(200)))
                .sorted()
                .toList();
    }

    private static SectorStatistic of(String... values) {
        return SectorStatistic.of(values(values), Bounds.NOT_NEGATIVE, RULES).orElseThrow();
    }

    private static List<BigDecimal> values(String... values) {
        return Stream.of(values).map(BigDecimal::new).sorted().toList();
    }
}
