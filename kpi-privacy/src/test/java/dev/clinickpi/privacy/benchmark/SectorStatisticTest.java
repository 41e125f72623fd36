package dev.clinickpi.privacy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
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

    private static final int K = 5;

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

    /** One owner with six clinics is one who looks, and nobody besides. */
    @Test
    void theClinicsOfAnOwnerCountAsOne() {
        List<Contribution> oneOwner = IntStream.range(0, 6)
                .mapToObj(i -> new Contribution("grupo", 50, new BigDecimal("0.2")))
                .toList();
        assertThat(SectorStatistic.of(oneOwner, K)).isEmpty();

        List<Contribution> six = new ArrayList<>(oneOwner);
        six.addAll(contributions("0.1", "0.2", "0.3", "0.4"));
        assertThat(SectorStatistic.of(six, K)).as("five owners").isEmpty();
        six.add(new Contribution("sixth", 50, new BigDecimal("0.5")));
        assertThat(SectorStatistic.of(six, K).orElseThrow().mean())
                .as("the group's clinics weigh as one")
                .isEqualByComparingTo("0.283");
    }

    @Test
    void aClinicOfFewPatientsBringsNothingIn() {
        List<Contribution> clinics = new ArrayList<>(contributions("0.1", "0.2", "0.3", "0.4", "0.5"));
        clinics.add(new Contribution("small", K - 1, new BigDecimal("0.6")));
        assertThat(SectorStatistic.of(clinics, K)).isEmpty();
        clinics.set(5, new Contribution("small", K, new BigDecimal("0.6")));
        assertThat(SectorStatistic.of(clinics, K)).isPresent();
    }

    /** A minimum group that the host has set higher asks for more owners, too. */
    @ParameterizedTest
    @CsvSource({"5, 5, false", "5, 6, true", "8, 8, false", "8, 9, true"})
    void itHasOneOwnerMoreThanTheMinimumGroup(int minimumGroup, int owners, boolean shown) {
        List<Contribution> clinics = IntStream.range(0, owners)
                .mapToObj(i -> new Contribution("owner " + i, 100, BigDecimal.valueOf(20 + i)))
                .toList();
        assertThat(SectorStatistic.of(clinics, minimumGroup).isPresent()).isEqualTo(shown);
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
        assertThat(SectorStatistic.of(contributions(values.split(",")), K)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"6, 6–9", "9, 6–9", "10, 10–19", "19, 10–19", "20, 20+", "500, 20+"})
    void theNumberOfClinicsIsABand(int owners, String band) {
        assertThat(ClinicBand.of(owners).text()).isEqualTo(band);
        assertThatThrownBy(() -> ClinicBand.of(5)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Neither the order of the clinics nor who looks makes a difference. */
    @Property(tries = 300, seed = "20260301")
    void itIsTheSameInAnyOrder(@ForAll Random random) {
        List<Contribution> clinics = random(random);
        List<Contribution> shuffled = new ArrayList<>(clinics);
        Collections.shuffle(shuffled, random);
        assertThat(SectorStatistic.of(shuffled, K)).isEqualTo(SectorStatistic.of(clinics, K));
    }

    /** The p % rule by the book, for each figure and each who looks, not for the two greatest alone. */
    @Property(tries = 500, seed = "20260301")
    void nobodyIsEstimatedWithinTenPerCentByAnother(@ForAll Random random) {
        List<Contribution> clinics = random(random);
        if (SectorStatistic.of(clinics, K).isPresent()) {
            List<BigDecimal> values =
                    clinics.stream().map(Contribution::value).sorted().toList();
            Stream.of(
                            values,
                            SectorStatistic.around(values, 1),
                            SectorStatistic.around(values, 2),
                            SectorStatistic.around(values, 3))
                    .forEach(SectorStatisticTest::assertNobodyIsEstimated);
        }
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
        for (int owners = SectorStatistic.LEAST_OWNERS; owners <= 40; owners++) {
            List<BigDecimal> places =
                    IntStream.range(0, owners).mapToObj(BigDecimal::valueOf).toList();
            List<double[]> figures = new ArrayList<>();
            figures.add(indicator(places, owners));
            for (int quartile = 1; quartile <= 3; quartile++) {
                figures.add(indicator(SectorStatistic.around(places, quartile), owners));
            }
            for (int own = 0; own < owners; own++) {
                List<double[]> known = new ArrayList<>(figures);
                known.add(indicator(List.of(places.get(own)), owners));
                int rank = rank(known);
                for (int other = 0; other < owners; other++) {
                    List<double[]> guessed = new ArrayList<>(known);
                    guessed.add(indicator(List.of(places.get(other)), owners));
                    assertThat(other == own || rank(guessed) > rank)
                            .as("%d owners, %d learns %d", owners, own, other)
                            .isTrue();
                }
            }
        }
    }

    private static double[] indicator(List<BigDecimal> places, int owners) {
        double[] row = new double[owners];
        places.forEach(place -> row[place.intValue()] = 1);
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

    private static List<Contribution> random(Random random) {
        return IntStream.range(0, 4 + random.nextInt(12))
                .mapToObj(i -> new Contribution(
                        "owner " + i,
                        100,
                        BigDecimal.valueOf(random.nextInt(4) == 0 ? random.nextInt(4) : 50 + random.nextInt(200))))
                .toList();
    }

    private static SectorStatistic of(String... values) {
        return SectorStatistic.of(contributions(values), K).orElseThrow();
    }

    private static List<Contribution> contributions(String... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Contribution("owner " + i, 100, new BigDecimal(values[i])))
                .toList();
    }
}
