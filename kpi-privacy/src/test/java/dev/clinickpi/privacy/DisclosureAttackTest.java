package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationRequest;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.cell.ReleasedCells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.publication.ReleasedCopies;
import dev.clinickpi.privacy.publication.WeakenedCopies;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.PeriodComparison;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody who may ask whatever a dashboard answers, and adds and subtracts what comes back (section 6). The attacks see published results alone; that they
 * know which conversation is whose, and when it changed, is what an insider might, and is used to tell what they found.
 */
class DisclosureAttackTest {

    private static final int MINIMUM = 5;
    private static final int RUNS = 12;
    private static final int LONG_RUNS = 10_000;

    /** How many conversations a day a clinic has at the most, or up to eight more. */
    private static final int QUIET = 2;

    private static final int BUSY = 14;

    private static final Supplier<Publication> EACH_FOR_ITSELF = () -> new MinimumGroup(MINIMUM);
    private static final Supplier<Publication> STANDARD =
            () -> new StandardPublication(PublicationStore.inMemory(), MINIMUM);

    @Test
    void subtractingRangesGrainsAndComparisonsFindsTooFewOnlyWhereEachRequestIsJudgedByItself() {
        assertThat(successes(RUNS, EACH_FOR_ITSELF, DisclosureAttackTest::ranges))
                .isGreaterThan(RUNS * 3 / 4);
        assertThat(successes(RUNS, STANDARD, DisclosureAttackTest::ranges)).isZero();
    }

    @Test
    void subtractingRowsFindsTooFewOnlyWhereEachRequestIsJudgedByItself() {
        assertThat(successes(RUNS, EACH_FOR_ITSELF, DisclosureAttackTest::rows)).isGreaterThan(RUNS * 3 / 4);
        assertThat(successes(RUNS, STANDARD, DisclosureAttackTest::rows)).isZero();
    }

    @Test
    void askingAgainLaterFindsTooFewOnlyWhereEachRequestIsJudgedByItself() {
        assertThat(successes(RUNS, EACH_FOR_ITSELF, DisclosureAttackTest::later))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, STANDARD, DisclosureAttackTest::later)).isZero();
    }

    @Test
    void subtractingComparisonsFindsTooFewOnlyWhereEachRequestIsJudgedByItself() {
        assertThat(successes(RUNS, EACH_FOR_ITSELF, DisclosureAttackTest::comparisons))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, () -> weakened(WeakenedCopies.withoutBlocks()), DisclosureAttackTest::comparisons))
                .isGreaterThan(RUNS / 2);
        assertThat(successes(RUNS, STANDARD, DisclosureAttackTest::comparisons)).isZero();
    }

    @Test
    void withoutBlocksRangesGiveAway() {
        assertThat(successes(RUNS, () -> weakened(WeakenedCopies.withoutBlocks()), DisclosureAttackTest::ranges))
                .isGreaterThan(RUNS / 2);
    }

    /** Where the smaller vertical has few and the other many. */
    @Test
    void withoutCutsRowsGiveAway() {
        assertThat(successes(RUNS, BUSY, () -> weakened(WeakenedCopies.withoutCuts()), DisclosureAttackTest::rows))
                .isGreaterThan(RUNS / 5);
        assertThat(successes(RUNS, BUSY, STANDARD, DisclosureAttackTest::rows)).isZero();
    }

    @Test
    void withoutWaitingForOthersWhatChangedGivesAway() {
        assertThat(successes(RUNS, () -> weakened(WeakenedCopies.withoutWaiting()), DisclosureAttackTest::later))
                .isGreaterThan(RUNS / 2);
    }

    /** Each attack has clinics of its own: to one whose clock has been further on, an earlier moment is the past. */
    @Test
    @Tag("thorough")
    void findsNothingInTenThousandClinics() {
        assertThat(successes(LONG_RUNS, STANDARD, DisclosureAttackTest::ranges)).isZero();
        assertThat(successes(LONG_RUNS, STANDARD, DisclosureAttackTest::rows)).isZero();
        assertThat(successes(LONG_RUNS / 4, BUSY, STANDARD, DisclosureAttackTest::rows))
                .isZero();
        assertThat(successes(LONG_RUNS, STANDARD, DisclosureAttackTest::later)).isZero();
        assertThat(successes(LONG_RUNS, STANDARD, DisclosureAttackTest::comparisons))
                .isZero();
    }

    private interface Attack {

        boolean succeedsOn(AttackedClinic clinic);
    }

    private static int successes(int runs, Supplier<Publication> publication, Attack attack) {
        return successes(runs, QUIET, publication, attack);
    }

    private static int successes(int runs, int leastADay, Supplier<Publication> publication, Attack attack) {
        IntPredicate succeeds = run -> {
            Random random = new Random(run);
            int days = 6 + random.nextInt(20);
            int mostADay = leastADay + random.nextInt(9);
            return attack.succeedsOn(AttackedClinic.random(random, days, mostADay, publication.get()));
        };
        return (int) IntStream.range(0, runs).parallel().filter(succeeds).count();
    }

    private static Instant moment(int day) {
        return AttackedClinic.FIRST.plusDays(day).atTime(11, 0).toInstant(ZoneOffset.UTC);
    }

    private static boolean ranges(AttackedClinic clinic) {
        Instant now = moment(clinic.days() + 2);
        clinic.at(now);
        PublishedSums sums = new PublishedSums(clinic.patients());
        figures(clinic).forEach(result -> addTotal(sums, clinic, result, now));
        return sums.giveAway(MINIMUM);
    }

    /** Conversions within so many days are other unknowns than those within more. */
    private static boolean comparisons(AttackedClinic clinic) {
        Instant now = moment(clinic.days() + 2);
        clinic.at(now);
        Map<Long, PublishedSums> sums = new HashMap<>();
        for (Period period : periods(clinic)) {
            PeriodComparison comparison = clinic.dashboard().comparison(Kpi.CONVERSION_RATE, KpiRequest.of(period));
            long days = comparison.conversionDays();
            for (KpiResult result : List.of(comparison.current(), comparison.previous())) {
                if (result.numerator() != null) {
                    BitSet in = clinic.known(result.period(), now);
                    assertThat(result.numerator().longValueExact())
                            .as("converted within %s days of %s", days, result.period())
                            .isEqualTo(clinic.convertedWithin(in, days, now));
                    sums.computeIfAbsent(days, key -> new PublishedSums(clinic.patients()))
                            .add(in);
                }
            }
        }
        return sums.values().stream().anyMatch(each -> each.giveAway(MINIMUM));
    }

    private static boolean rows(AttackedClinic clinic) {
        Instant now = moment(clinic.days() + 2);
        clinic.at(now);
        PublishedSums sums = new PublishedSums(clinic.patients());
        for (KpiResult result : figures(clinic)) {
            addTotal(sums, clinic, result, now);
            Span span = result.breakdownPeriod() == null ? result.period() : result.breakdownPeriod();
            for (KpiResult.Row row : result.breakdown()) {
                if (row.numerator() != null) {
                    boolean physio = row.key().equals("physio");
                    BitSet in = clinic.in(span, i -> clinic.isKnown(i, now) && clinic.isPhysio(i) == physio);
                    assertThat(row.numerator().longValueExact())
                            .as(row.key() + " of " + span)
                            .isEqualTo(clinic.converted(in, now));
                    sums.add(in);
                }
            }
        }
        return sums.giveAway(MINIMUM);
    }

    /** A figure says what is true of the period that it names; which is what makes it worth adding. */
    private static void addTotal(PublishedSums sums, AttackedClinic clinic, KpiResult result, Instant now) {
        if (result.numerator() != null) {
            BitSet in = clinic.known(result.period(), now);
            assertThat(result.numerator().longValueExact())
                    .as("converted of " + result.period())
                    .isEqualTo(clinic.converted(in, now));
            sums.add(in);
        }
    }

    private static List<KpiResult> figures(AttackedClinic clinic) {
        ClinicDashboard dashboard = clinic.dashboard();
        List<KpiResult> results = new ArrayList<>();
        for (Period period : periods(clinic)) {
            results.add(dashboard.result(Kpi.CONVERSION_RATE, KpiRequest.of(period)));
            results.add(
                    dashboard.result(Kpi.CONVERSION_RATE, KpiRequest.of(period).asLive()));
        }
        Period all = new Period(AttackedClinic.FIRST, AttackedClinic.FIRST.plusDays(clinic.days() + 3));
        for (Grain grain : List.of(Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH)) {
            dashboard
                    .series(Kpi.CONVERSION_RATE, grain, KpiRequest.of(all).asLive())
                    .points()
                    .forEach(point -> results.add(point.result()));
        }
        return results;
    }

    private static List<Period> periods(AttackedClinic clinic) {
        Random random = new Random(clinic.days());
        List<Period> periods = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(clinic.days());
            int to = from + 1 + random.nextInt(clinic.days() + 3 - from);
            periods.add(new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to)));
        }
        return periods;
    }

    /** Asks the same at several moments, of the smallest periods that are answered for: what larger ones say is their sum. */
    private static boolean later(AttackedClinic clinic) {
        Map<Span, Map<Instant, List<Long>>> seen = new HashMap<>();
        List<Instant> moments = new ArrayList<>();
        for (int day = clinic.days() / 2; day < clinic.days() + 34; day += 3) {
            Instant now = moment(day);
            clinic.at(now);
            moments.add(now);
            for (KpiResult result : smallest(clinic)) {
                seen.computeIfAbsent(result.period(), span -> new HashMap<>()).put(now, told(result));
            }
        }
        return seen.keySet().stream()
                .filter(span -> seen.keySet().stream().noneMatch(other -> isInside(other, span)))
                .anyMatch(span -> tellsOfTooFew(clinic, span, seen.get(span), moments));
    }

    /** From each day on, the figure of the fewest days that there is one of. */
    private static List<KpiResult> smallest(AttackedClinic clinic) {
        ClinicDashboard dashboard = clinic.dashboard();
        List<KpiResult> smallest = new ArrayList<>();
        for (int from = 0; from < clinic.days(); from++) {
            boolean isFound = false;
            for (int to = from + 1; to <= clinic.days() && !isFound; to++) {
                Period period = new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to));
                KpiResult result = dashboard.result(Kpi.CONVERSION_RATE, KpiRequest.of(period));
                if (result.numerator() != null && result.denominator().signum() > 0) {
                    smallest.add(result);
                    isFound = true;
                }
            }
        }
        return smallest;
    }

    private static boolean isInside(Span inner, Span outer) {
        return !inner.equals(outer)
                && !inner.from().isBefore(outer.from())
                && !inner.to().isAfter(outer.to());
    }

    private static List<Long> told(KpiResult result) {
        return List.of(
                result.numerator().longValueExact(),
                result.component("pending").orElseThrow().longValueExact());
    }

    private static boolean tellsOfTooFew(
            AttackedClinic clinic, Span span, Map<Instant, List<Long>> told, List<Instant> moments) {
        List<Long> before = null;
        Instant asBefore = null;
        for (Instant now : moments) {
            List<Long> says = told.get(now);
            if (says == null || says.equals(before)) {
                continue;
            }
            Instant as = trueAt(clinic, span, says, moments, now);
            if (asBefore != null) {
                Instant then = asBefore;
                int patients = clinic.patientsOf(clinic.in(span, c -> clinic.state(c, then) != clinic.state(c, as)));
                if (patients > 0 && patients < MINIMUM) {
                    return true;
                }
            }
            before = says;
            asBefore = as;
        }
        return false;
    }

    /** The last moment by then that what is said was true of. What was never true was put together of several moments, and that must not be. */
    private static Instant trueAt(
            AttackedClinic clinic, Span span, List<Long> says, List<Instant> moments, Instant now) {
        Instant last = null;
        for (Instant moment : moments) {
            if (!moment.isAfter(now) && clinic.truth(span, moment).equals(says)) {
                last = moment;
            }
        }
        assertThat(last).as(says + " of " + span).isNotNull();
        return last;
    }

    static Publication weakened(ReleasedCopies copies) {
        MinimumGroup minimumGroup = new MinimumGroup(MINIMUM);
        return new Publication() {
            @Override
            public ReleasedCells released(ClinicId clinic, Instant asOf, Cells cells, long erasures) {
                return copies.of(clinic, asOf, cells, erasures);
            }

            @Override
            public void erase(ClinicId clinic, long patient, long erasures) {
                copies.erase(clinic, patient, erasures);
            }

            @Override
            public void eraseClinic(ClinicId clinic, long erasures) {
                copies.eraseClinic(clinic, erasures);
            }

            @Override
            public List<KpiResult> release(PublicationRequest request, List<ExactResult> results) {
                return minimumGroup.release(request, results);
            }
        };
    }
}
