package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.privacy.publication.WeakenedCopies;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.PeriodComparison;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The attacks of {@link DisclosureAttackTest} by ranges, grains and comparisons, on what is judged by other people than those of conversations. */
class PopulationAttackTest {

    private static final int MINIMUM = 5;
    private static final int RUNS = 8;
    private static final int LONG_RUNS = 2_500;
    private static final int ANY = Integer.MAX_VALUE;

    /** Nine in ten things are of somebody who came before. */
    private static final int FEW = 6;

    private static final Predicate<Integer> DAY_OF_TOO_FEW = patients -> patients > 0 && patients < MINIMUM;

    private static final Supplier<Publication> EACH_FOR_ITSELF = () -> new MinimumGroup(MINIMUM);
    private static final Supplier<Publication> STANDARD =
            () -> new StandardPublication(PublicationStore.inMemory(), MINIMUM);
    private static final Supplier<Publication> WITHOUT_BLOCKS =
            () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutBlocks());

    @ParameterizedTest
    @EnumSource
    void subtractingFindsTooFewOnlyWhereEachRequestIsJudgedByItself(AttackedPopulation.Kind kind) {
        assertThat(successes(kind, RUNS, ANY, EACH_FOR_ITSELF, PopulationAttackTest::everything))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(kind, RUNS, ANY, STANDARD, PopulationAttackTest::everything))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withoutBlocksSubtractingGivesAway(AttackedPopulation.Kind kind) {
        assertThat(successes(kind, RUNS, ANY, WITHOUT_BLOCKS, PopulationAttackTest::everything))
                .isGreaterThan(RUNS / 2);
    }

    @ParameterizedTest
    @EnumSource
    void comparisonsAloneGiveAwayOnlyWhereEachRequestIsJudgedByItself(AttackedPopulation.Kind kind) {
        assertThat(successes(kind, RUNS, ANY, EACH_FOR_ITSELF, PopulationAttackTest::comparisons))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(kind, RUNS, ANY, STANDARD, PopulationAttackTest::comparisons))
                .isZero();
    }

    /** A single period that is shown is enough, where a few patients come often. */
    @ParameterizedTest
    @EnumSource
    void toCountWhatHappenedInsteadOfThosePeopleGivesAway(AttackedPopulation.Kind kind) {
        assertThat(successes(kind, RUNS, FEW, RowsCounted::new, PopulationAttackTest::everything))
                .isEqualTo(RUNS);
        assertThat(successes(kind, RUNS, FEW, STANDARD, PopulationAttackTest::everything))
                .isZero();
    }

    @Test
    void subtractingCohortsFindsTooFewOnlyWhereEachRequestIsJudgedByItself() {
        AttackedPopulation.Kind kind = AttackedPopulation.Kind.RESOLVED;
        assertThat(successes(kind, RUNS, ANY, EACH_FOR_ITSELF, PopulationAttackTest::cohorts))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(kind, RUNS, ANY, WITHOUT_BLOCKS, PopulationAttackTest::cohorts))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(kind, RUNS, ANY, STANDARD, PopulationAttackTest::cohorts))
                .isZero();
    }

    /** Zero is shown and too few are not, so where each day is judged by itself its silence says that somebody came, and how few. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOKED")
    void silenceTellsHowManyCameOnADayOnlyWhereEachRequestIsJudgedByItself(AttackedPopulation.Kind kind) {
        assertThat(patientsOfSilentDays(kind, EACH_FOR_ITSELF))
                .hasSizeGreaterThan(20)
                .allMatch(DAY_OF_TOO_FEW);
        assertThat(patientsOfSilentDays(kind, WITHOUT_BLOCKS))
                .hasSizeGreaterThan(20)
                .allMatch(DAY_OF_TOO_FEW);
        assertThat(patientsOfSilentDays(kind, STANDARD)).contains(0).anyMatch(patients -> patients >= MINIMUM);
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource
    void findsNothingInTenThousandClinics(AttackedPopulation.Kind kind) {
        assertThat(successes(kind, LONG_RUNS, ANY, STANDARD, PopulationAttackTest::everything))
                .isZero();
    }

    private interface Attack {

        boolean succeedsOn(AttackedPopulation clinic);
    }

    private static int successes(
            AttackedPopulation.Kind kind,
            int runs,
            int mostPatients,
            Supplier<Publication> publication,
            Attack attack) {
        return (int) IntStream.range(0, runs)
                .parallel()
                .filter(run -> attack.succeedsOn(clinic(kind, run, mostPatients, publication)))
                .count();
    }

    private static AttackedPopulation clinic(
            AttackedPopulation.Kind kind, int run, int mostPatients, Supplier<Publication> publication) {
        Random random = new Random(run);
        int days = 6 + random.nextInt(12);
        int mostADay = 3 + random.nextInt(6);
        return new AttackedPopulation(kind, random, days, mostADay, mostPatients, publication.get());
    }

    private static boolean everything(AttackedPopulation clinic) {
        List<KpiResult> results = new ArrayList<>(compared(clinic));
        ClinicDashboard dashboard = dashboard(clinic);
        periods(clinic)
                .forEach(period -> results.add(dashboard.result(clinic.kind().kpi(), KpiRequest.of(period))));
        Period all = new Period(AttackedClinic.FIRST, AttackedClinic.FIRST.plusDays(clinic.days() + 2L));
        for (Grain grain : List.of(Grain.DAY, Grain.WEEK, Grain.MONTH)) {
            dashboard
                    .series(clinic.kind().kpi(), grain, KpiRequest.of(all))
                    .points()
                    .forEach(point -> results.add(point.result()));
        }
        return giveAway(clinic, results);
    }

    private static boolean comparisons(AttackedPopulation clinic) {
        return giveAway(clinic, compared(clinic));
    }

    private static List<KpiResult> compared(AttackedPopulation clinic) {
        ClinicDashboard dashboard = dashboard(clinic);
        List<KpiResult> results = new ArrayList<>();
        for (Period period : periods(clinic)) {
            KpiRequest request = KpiRequest.of(period);
            PeriodComparison before = dashboard.comparison(clinic.kind().kpi(), request);
            results.add(before.current());
            results.add(before.previous());
            BaselineComparison baseline = dashboard.baseline(clinic.kind().kpi(), request);
            results.add(baseline.current());
            if (baseline.baseline() instanceof BaselineComparison.Baseline.Measured measured) {
                results.add(measured.result());
            }
        }
        return results;
    }

    /** Who was onboarded in any period, by month. */
    private static boolean cohorts(AttackedPopulation clinic) {
        int patients = 1 + Collections.max(clinic.patients());
        PublishedSums sums =
                new PublishedSums(IntStream.range(0, patients).boxed().toList());
        for (Period period : periods(clinic)) {
            for (CohortTable.Cohort cohort : dashboard(clinic).cohorts(period).cohorts()) {
                if (cohort.size() != null) {
                    BitSet in = clinic.onboarded(cohort.covered());
                    assertThat(cohort.size()).as("%s", cohort.covered()).isEqualTo(in.cardinality());
                    sums.add(in);
                }
            }
        }
        return sums.giveAway(MINIMUM);
    }

    /** What is told is true of the period that it names, which is what makes it worth adding. */
    private static boolean giveAway(AttackedPopulation clinic, List<KpiResult> results) {
        PublishedSums sums = new PublishedSums(clinic.patients());
        for (KpiResult result : results) {
            BigDecimal told = clinic.kind().told(result);
            if (told != null) {
                BitSet in = clinic.in(result.period());
                assertThat(told).as("%s of %s", clinic.kind(), result.period()).isEqualByComparingTo(clinic.truth(in));
                sums.add(in);
            }
        }
        return sums.giveAway(MINIMUM);
    }

    /** How many patients there really were on each day of which nothing is shown. */
    private static List<Integer> patientsOfSilentDays(AttackedPopulation.Kind kind, Supplier<Publication> publication) {
        List<Integer> patients = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            AttackedPopulation clinic = clinic(kind, run, ANY, publication);
            for (int day = 0; day < clinic.days(); day++) {
                KpiResult result = dashboard(clinic).result(kind.kpi(), KpiRequest.of(period(day, day + 1)));
                if (result.status() == Status.SUPPRESSED) {
                    patients.add(clinic.patientsOf(clinic.in(day)));
                }
            }
        }
        return patients;
    }

    private static List<Period> periods(AttackedPopulation clinic) {
        List<Period> periods = new ArrayList<>();
        for (int from = 0; from < clinic.days(); from++) {
            for (int to = from + 1; to <= clinic.days(); to += 2) {
                periods.add(period(from, to));
            }
        }
        return periods;
    }

    private static Period period(int from, int to) {
        return new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to));
    }

    private static ClinicDashboard dashboard(AttackedPopulation clinic) {
        return clinic.engine().open(Principal.clinicAdmin("mallory", AttackedClinic.SOL), AttackedClinic.SOL);
    }

    /** Shows what is of enough events, whoever they are of. */
    private static final class RowsCounted implements Publication {

        @Override
        public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
            return ReleasedCells.unguarded(cells);
        }

        @Override
        public void erase(ClinicId clinic, long patient, long erasures) {}

        @Override
        public void eraseClinic(ClinicId clinic, long erasures) {}

        @Override
        public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
            return results.stream()
                    .map(result -> result.figure().n() < MINIMUM
                            ? result.suppress("too few")
                            : result.release(part -> true, row -> true))
                    .toList();
        }
    }
}
