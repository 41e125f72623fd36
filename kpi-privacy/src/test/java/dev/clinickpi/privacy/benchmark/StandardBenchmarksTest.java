package dev.clinickpi.privacy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.sector.BenchmarkStore;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.sector.SectorClinic;
import dev.clinickpi.testkit.model.ReferenceBenchmark;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.time.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a vertical goes into its benchmarks, and that they are made once. */
class StandardBenchmarksTest {

    private static final String NO_SHOWS = Kpi.NO_SHOW_RATE.id();
    private static final YearMonth MARCH = YearMonth.of(2026, 3);

    private final BenchmarkStore store = BenchmarkStore.inMemory();
    private final StandardBenchmarks benchmarks = new StandardBenchmarks(store, 5);

    /** Whatever is shown is what section 7 says, in any order of the clinics. */
    @Property(tries = 300, seed = "20260301")
    void whatIsShownIsTheReferenceModels(@ForAll Random random) {
        List<SectorClinic> clinics = new ArrayList<>();
        List<ReferenceBenchmark.Value> values = new ArrayList<>();
        for (int i = random.nextInt(32); i >= 0; i--) {
            String owner = "owner " + random.nextInt(25);
            int patients = 3 + random.nextInt(9);
            BigDecimal value = random.nextInt(9) == 0 ? null : BigDecimal.valueOf(20L + random.nextInt(60), 2);
            clinics.add(clinic(owner, patients, value, "ratio", false));
            values.add(new ReferenceBenchmark.Value(owner, patients, value));
        }
        Collections.shuffle(clinics, random);
        Optional<SectorBenchmark> made = new StandardBenchmarks(BenchmarkStore.inMemory(), 5)
                .publish("dental", MARCH, clinics).stream().findFirst();
        ReferenceBenchmark expected = ReferenceBenchmark.of(values);
        assertThat(made.isPresent()).isEqualTo(expected != null);
        if (made.isPresent()) {
            SectorBenchmark shown = made.get();
            ReferenceBenchmark reference = Objects.requireNonNull(expected);
            assertThat(shown.mean()).isEqualByComparingTo(reference.mean());
            assertThat(shown.lowerQuartile()).isEqualByComparingTo(reference.lowerQuartile());
            assertThat(shown.median()).isEqualByComparingTo(reference.median());
            assertThat(shown.upperQuartile()).isEqualByComparingTo(reference.upperQuartile());
            assertThat(shown.clinics().text()).isEqualTo(reference.band());
        }
    }

    /** One owner with six clinics is one who looks, and nobody besides. */
    @Test
    void theClinicsOfAnOwnerCountAsOne() {
        List<SectorClinic> clinics = new ArrayList<>(clinics(5, "0.20"));
        IntStream.range(0, 6).forEach(i -> clinics.add(clinic("owner 0", 50, new BigDecimal("0.2"), "ratio", false)));
        assertThat(benchmarks.publish("dental", MARCH, clinics)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true"})
    void aClinicOfFewPatientsBringsNothingIn(int patients, boolean shown) {
        List<SectorClinic> clinics = new ArrayList<>(clinics(5, "0.20"));
        clinics.add(clinic("owner 5", patients, new BigDecimal("0.2"), "ratio", false));
        assertThat(benchmarks.publish("dental", MARCH, clinics)).hasSize(shown ? 1 : 0);
    }

    /** A sum of a part of the month is no month's, a share of it nearly is. */
    @ParameterizedTest
    @CsvSource({"ratio, true", "score, true", "ms, true", "EUR, false", "count, false"})
    void ofAPartOfTheMonthSharesCountAndSumsDoNot(String unit, boolean shown) {
        List<SectorClinic> clinics = IntStream.range(0, 6)
                .mapToObj(i -> clinic("owner " + i, 50, BigDecimal.valueOf(20 + i), unit, true))
                .toList();
        assertThat(benchmarks.publish("dental", MARCH, clinics)).hasSize(shown ? 1 : 0);
    }

    /** Money is shown in the currency that most owners have, and of these alone. */
    @Test
    void moneyIsInOneCurrency() {
        List<SectorClinic> clinics = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            clinics.add(clinic("owner " + i, 50, BigDecimal.valueOf(20 + i), "MXN", false));
        }
        for (int i = 0; i < 9; i++) {
            clinics.add(clinic("owner " + (i % 6), 50, BigDecimal.valueOf(2), "EUR", false));
        }
        assertThat(benchmarks.publish("dental", MARCH, clinics)).singleElement().satisfies(made -> {
            assertThat(made.unit()).isEqualTo("MXN");
            assertThat(made.mean()).isEqualByComparingTo("23");
        });
    }

    /** Whoever makes them a second time, of other clinics, gets what the first has made. */
    @Test
    void whatWasMadeStays() {
        List<SectorBenchmark> first = benchmarks.publish("dental", MARCH, clinics(6, "0.20"));
        assertThat(first).hasSize(1);
        StandardBenchmarks another = new StandardBenchmarks(store, 5);
        assertThat(another.publish("dental", MARCH, clinics(7, "0.30"))).isEqualTo(first);
        assertThat(another.published("dental", MARCH)).hasValue(first);
        assertThat(another.published("physio", MARCH)).isEmpty();
    }

    /** Also what was withheld: else what changed by then would tell why. */
    @Test
    void whatWasWithheldStaysWithheld() {
        assertThat(benchmarks.publish("dental", MARCH, clinics(5, "0.20"))).isEmpty();
        assertThat(benchmarks.publish("dental", MARCH, clinics(6, "0.20"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, 8, the same owners are shown",
        "8, 9, 8, one who joins waits",
        "8, 13, 8, five wait",
        "9, 15, 9, so do six who could be told apart in a still sector",
        "8, 48, 48, forty are shown",
        "8, 7, 0, where one has left nothing is"
    })
    void whoIsInOneMonthAloneIsNotAlone(int before, int after, int shown, String why) {
        benchmarks.publish("dental", MARCH, clinics(before, "0.20"));
        benchmarks.publish("dental", MARCH.plusMonths(1), clinics(after, "0.20"));
        List<MadeBenchmark> made =
                MadeBenchmark.decode(store.load("dental", MARCH.plusMonths(1)).orElseThrow());
        assertThat(made.stream().mapToInt(each -> each.owners().size()).sum())
                .as(why)
                .isEqualTo(shown);
    }

    /** The months are held against each other whichever was asked for first. */
    @Test
    void theOrderOfTheQuestionsMakesNoDifference() {
        benchmarks.publish("dental", MARCH.plusMonths(1), clinics(8, "0.20"));
        assertThat(benchmarks.publish("dental", MARCH, clinics(7, "0.20"))).isEmpty();
    }

    @Test
    void damagedBytesAreNoBenchmarks() {
        store.add("dental", MARCH, new byte[] {1, 1, 4});
        assertThatThrownBy(() -> benchmarks.published("dental", MARCH)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> benchmarks.publish("dental", MARCH.plusMonths(1), clinics(6, "0.20")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<SectorClinic> clinics(int number, String least) {
        return IntStream.range(0, number)
                .mapToObj(i -> clinic(
                        "owner " + i,
                        50,
                        new BigDecimal(least).add(BigDecimal.valueOf(i * 37 % 50, 3)),
                        "ratio",
                        false))
                .toList();
    }

    private static SectorClinic clinic(String owner, int people, BigDecimal value, String unit, boolean partial) {
        Span month = new Span(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
        KpiResult result = new KpiResult(
                NO_SHOWS,
                value == null ? Status.SUPPRESSED : Status.OK,
                value == null ? "withheld" : null,
                value,
                value == null ? null : unit,
                null,
                null,
                value == null ? null : 100L,
                partial,
                month,
                month.to(),
                Refresh.DAILY,
                value == null ? null : 1,
                null,
                null,
                List.of(),
                List.of(),
                null);
        return new SectorClinic(owner, List.of(new SectorClinic.Published(result, people)));
    }
}
