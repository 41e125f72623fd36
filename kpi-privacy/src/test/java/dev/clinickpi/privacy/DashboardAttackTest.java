package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.privacy.AttackedDashboard.Counted;
import dev.clinickpi.privacy.publication.WeakenedCopies;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.PeriodComparison;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks a dashboard for everything, some days later for everything again, and adds and subtracts all that came back of each thing that is counted,
 * from whichever figure it came. They know whose each conversation is and when what is known of it changed, but not what.
 */
class DashboardAttackTest {

    private static final int MINIMUM = 5;
    private static final int RUNS = 4;
    private static final int LONG_RUNS = 2_500;
    private static final BigDecimal AVERAGE_REVENUE = BigDecimal.valueOf(40);

    private static final Supplier<Publication> EACH_FOR_ITSELF = () -> new MinimumGroup(MINIMUM);
    private static final Supplier<Publication> STANDARD =
            () -> new StandardPublication(PublicationStore.inMemory(), MINIMUM);

    @Test
    void askingForEverythingAgainAndAgainFindsTooFewOnlyWhereEachRequestIsJudgedByItself() {
        Map<Counted, Long> found = found(RUNS, EACH_FOR_ITSELF);
        for (Counted counted : Counted.values()) {
            assertThat(found.getOrDefault(counted, 0L)).as("%s of %s", counted, found).isGreaterThan(RUNS / 2);
        }
        assertThat(found(RUNS, STANDARD)).isEmpty();
    }

    @Test
    void withoutBlocksEverythingGivesAway() {
        assertThat(found(RUNS, () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutBlocks())))
                .hasSizeGreaterThan(Counted.values().length / 2);
    }

    @Test
    void withoutWaitingForOthersWhatChangedGivesAway() {
        assertThat(found(RUNS, () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutWaiting())))
                .hasSizeGreaterThan(Counted.values().length / 2);
    }

    @Test
    @Tag("thorough")
    void findsNothingInManyClinics() {
        assertThat(found(LONG_RUNS, STANDARD)).isEmpty();
    }

    /** In how many clinics something of too few was found, by what is counted. */
    private static Map<Counted, Long> found(int runs, Supplier<Publication> publication) {
        Map<Counted, Long> found = new EnumMap<>(Counted.class);
        IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> attack(run, publication.get()))
                .flatMap(Set::stream)
                .sequential()
                .forEach(counted -> found.merge(counted, 1L, Long::sum));
        return found;
    }

    private static Set<Counted> attack(int run, Publication publication) {
        Random random = new Random(run);
        int days = 6 + random.nextInt(7);
        AttackedDashboard clinic = new AttackedDashboard(random, days, 3 + random.nextInt(13), publication);
        Map<Counted, Learnt> learnt = new EnumMap<>(Counted.class);
        for (Counted counted : Counted.values()) {
            learnt.put(counted, new Learnt(clinic, counted));
        }
        for (int day : new int[] {days - 1, days + 6 + random.nextInt(5), days + 34}) {
            Instant now = AttackedClinic.FIRST.plusDays(day).atTime(11, 0).toInstant(ZoneOffset.UTC);
            Answers answers = new Answers(clinic.at(now), days + AttackedDashboard.LEAD_DAYS + 1);
            learnt.forEach((counted, all) -> all.add(answers.of(counted), now));
        }
        Set<Counted> given = new HashSet<>();
        learnt.forEach((counted, all) -> {
            if (all.giveAway()) {
                given.add(counted);
            }
        });
        return given;
    }

    /** The numbers that are told of a span. */
    private record Told(Span span, List<Long> numbers) {}

    /** Everything that may be asked of a moment, as numbers of what is counted. */
    private static final class Answers {

        private final Map<Counted, Set<Told>> told = new EnumMap<>(Counted.class);
        private final List<KpiResult> results = new ArrayList<>();
        private final Map<Span, KpiResult> shares = new HashMap<>();

        Answers(ClinicDashboard dashboard, int days) {
            for (int from = 0; from < days; from++) {
                for (int to = from + 1; to <= days; to++) {
                    Period period = new Period(AttackedClinic.FIRST.plusDays(from), AttackedClinic.FIRST.plusDays(to));
                    results.addAll(dashboard.report(KpiRequest.of(period)).results());
                    if (to - from <= 2) {
                        compare(dashboard, KpiRequest.of(period));
                    }
                    add(dashboard.funnel(period));
                }
            }
            Period all = new Period(AttackedClinic.FIRST, AttackedClinic.FIRST.plusDays(days));
            for (KpiDefinition kpi : Kpi.ALL) {
                for (Grain grain : List.of(Grain.DAY, Grain.WEEK)) {
                    dashboard
                            .series(kpi, grain, KpiRequest.of(all).asLive())
                            .points()
                            .forEach(point -> results.add(point.result()));
                }
            }
            results.stream()
                    .filter(result -> is(Kpi.CONVERSION_RATE, result) && result.numerator() != null)
                    .forEach(result -> shares.put(result.period(), result));
            results.forEach(this::read);
        }

        Set<Told> of(Counted counted) {
            return told.getOrDefault(counted, Set.of());
        }

        /** Conversions within some days only are counted by {@link DisclosureAttackTest}. */
        private void compare(ClinicDashboard dashboard, KpiRequest request) {
            for (KpiDefinition kpi : List.of(
                    Kpi.HANDOFF_RATE, Kpi.LEAD_TIERS, Kpi.CSAT, Kpi.NO_SHOW_RATE, Kpi.WAITLIST_CONVERSION)) {
                PeriodComparison comparison = dashboard.comparison(kpi, request);
                results.add(comparison.current());
                results.add(comparison.previous());
            }
        }

        private void add(Funnel funnel) {
            Funnel.Stage qualified = funnel.stage(Funnel.Stage.Id.QUALIFIED);
            Funnel.Stage booked = funnel.stage(Funnel.Stage.Id.BOOKED);
            add(
                    Counted.FUNNEL,
                    funnel.covered(),
                    qualified.count(),
                    booked.count(),
                    funnel.stage(Funnel.Stage.Id.COMPLETED).count(),
                    funnel.stage(Funnel.Stage.Id.CONVERSATIONS).pending(),
                    qualified.pending(),
                    booked.pending());
        }

        private void read(KpiResult result) {
            if (is(Kpi.CONVERSION_RATE, result)) {
                add(Counted.CONVERTED, result.period(), number(result.numerator()), component(result, "pending"));
            } else if (is(Kpi.HANDOFF_RATE, result)) {
                add(Counted.HANDED_OFF, result.period(), number(result.numerator()));
            } else if (is(Kpi.LEAD_TIERS, result)) {
                readTiers(result);
            } else if (is(Kpi.REVENUE_RECOVERED, result)) {
                add(Counted.RECOVERED, result.period(), component(result, "recoveredConversations"));
                readConversionRate(result);
            } else if (is(Kpi.LLM_COST, result)) {
                readRevenue(result);
            } else if (is(Kpi.CSAT, result)) {
                readScores(result);
            } else if (is(Kpi.TOP_SERVICES, result)) {
                Span span = result.breakdownPeriod() == null ? result.period() : result.breakdownPeriod();
                add(Counted.IMPLANT, span, row(result, "implant"));
                add(Counted.BRACES, span, row(result, "braces"));
            } else if (is(Kpi.NO_SHOW_RATE, result)) {
                add(
                        Counted.MISSED,
                        result.period(),
                        number(result.numerator()),
                        number(result.denominator()),
                        component(result, "unresolved"));
            } else if (is(Kpi.WAITLIST_CONVERSION, result)) {
                add(
                        Counted.REFILLED,
                        result.period(),
                        number(result.numerator()),
                        number(result.denominator()),
                        component(result, "offered"));
            }
        }

        /** Who is not scored is all that is left of the conversations that shares are of. */
        private void readTiers(KpiResult result) {
            Long[] tiers = Stream.of("cold", "cool", "warm", "hot")
                    .map(tier -> row(result, tier))
                    .toArray(Long[]::new);
            add(Counted.SCORED, result.period(), tiers);
            KpiResult share = shares.get(result.period());
            if (share != null && result.denominator() != null) {
                assertThat(component(result, "unscored"))
                        .isEqualTo(number(share.denominator().subtract(result.denominator())));
            }
        }

        /** It is the same as the conversion rate of that span says, and so tells nothing more. */
        private void readConversionRate(KpiResult result) {
            BigDecimal rate = result.component("conversionRate").orElse(null);
            if (rate != null) {
                assertThat(shares).containsKey(result.period());
                assertThat(rate).isEqualByComparingTo(shares.get(result.period()).value());
            }
        }

        /** Whoever divides it by the conversion rate and by what a visit brings in has the recovered conversations. */
        private void readRevenue(KpiResult result) {
            BigDecimal revenue = result.component("revenueRecovered").orElse(null);
            KpiResult share = shares.get(result.period());
            if (revenue != null && share != null && share.numerator().signum() > 0) {
                add(
                        Counted.RECOVERED,
                        result.period(),
                        revenue.multiply(share.denominator())
                                .divide(AVERAGE_REVENUE.multiply(share.numerator()), 0, RoundingMode.HALF_EVEN)
                                .longValueExact());
            }
        }

        private void readScores(KpiResult result) {
            Long[] scores = IntStream.rangeClosed(1, Counted.BEST_SCORE)
                    .mapToObj(score -> row(result, Integer.toString(score)))
                    .toArray(Long[]::new);
            add(Counted.SCORES, result.period(), scores);
            if (result.value() != null) {
                BigDecimal n = result.denominator();
                assertThat(rounded(result, "satisfied", n)).isEqualTo(scores[3] + scores[4]);
                assertThat(rounded(result, "nps", n)).isEqualTo(scores[4] - scores[0] - scores[1] - scores[2]);
            }
            KpiResult share = shares.get(result.period());
            if (share != null && result.component("responseRate").isPresent()) {
                add(Counted.ANSWERED_SURVEY, result.period(), rounded(result, "responseRate", share.denominator()));
            }
        }

        private static long rounded(KpiResult result, String share, BigDecimal of) {
            return result.component(share)
                    .orElseThrow()
                    .multiply(of)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        }

        private void add(Counted counted, Span span, @Nullable Long... numbers) {
            if (!span.isEmpty() && Stream.of(numbers).allMatch(number -> number != null)) {
                told.computeIfAbsent(counted, key -> new HashSet<>()).add(new Told(span, List.of(numbers)));
            }
        }

        private static boolean is(KpiDefinition kpi, KpiResult result) {
            return result.id().equals(kpi.id());
        }

        private static @Nullable Long number(@Nullable BigDecimal number) {
            return number == null ? null : Long.valueOf(number.longValueExact());
        }

        private static @Nullable Long component(KpiResult result, String component) {
            return number(result.component(component).orElse(null));
        }

        private static @Nullable Long row(KpiResult result, String row) {
            return number(result.row(row).map(KpiResult.Row::value).orElse(null));
        }
    }

    /** All that was told of one thing that is counted. What a conversation adds is one unknown for as long as it stays the same. */
    private static final class Learnt {

        private final AttackedDashboard clinic;
        private final Counted counted;
        private final List<Instant> moments = new ArrayList<>();
        private final Map<List<Object>, Integer> unknowns = new HashMap<>();
        private final List<Integer> patients = new ArrayList<>();
        private final Set<BitSet> known = new HashSet<>();

        Learnt(AttackedDashboard clinic, Counted counted) {
            this.clinic = clinic;
            this.counted = counted;
        }

        /** What is the sum of smaller spans tells nothing more than those. */
        void add(Set<Told> told, Instant now) {
            moments.add(now);
            Map<Span, List<Long>> smaller = new HashMap<>();
            for (Told each : told.stream()
                    .sorted(Comparator.comparing(
                            one -> one.span.from().until(one.span.to(), java.time.temporal.ChronoUnit.SECONDS)))
                    .toList()) {
                List<Long> sum = sum(each.span.from(), each.span.to(), smaller, new HashSet<>());
                if (sum == null) {
                    known.add(conversations(each));
                } else {
                    assertThat(each.numbers).as("%s of %s", counted, each.span).isEqualTo(sum);
                }
                smaller.put(each.span, each.numbers);
            }
        }

        /** The sum of spans that lie side by side from one instant to another; null when there are none. */
        private @Nullable List<Long> sum(Instant from, Instant to, Map<Span, List<Long>> spans, Set<Instant> ends) {
            for (Map.Entry<Span, List<Long>> first : spans.entrySet()) {
                Instant end = first.getKey().to();
                if (first.getKey().from().equals(from) && !end.isAfter(to)) {
                    List<Long> rest = end.equals(to)
                            ? first.getValue().stream().map(number -> 0L).toList()
                            : ends.add(end) ? sum(end, to, spans, ends) : null;
                    if (rest != null) {
                        List<Long> more = rest;
                        return IntStream.range(0, more.size())
                                .mapToObj(i -> first.getValue().get(i) + more.get(i))
                                .toList();
                    }
                }
            }
            return null;
        }

        /** Of the last moment by now that it was true of; or of one that was told of before, as which it says nothing new. */
        private BitSet conversations(Told told) {
            BitSet last = null;
            for (Instant moment : moments) {
                if (numbers(told.span, moment, told.numbers.size()).equals(told.numbers)) {
                    BitSet of = conversations(told.span, moment);
                    if (known.contains(of)) {
                        return of;
                    }
                    last = of;
                }
            }
            assertThat(last).as("%s %s of %s, which never were so many", told.numbers, counted, told.span).isNotNull();
            return last;
        }

        private List<Long> numbers(Span span, Instant moment, int size) {
            long[] sum = new long[size];
            for (int i = 0; i < clinic.size(); i++) {
                long[] adds = clinic.adds(counted, i, span, moment);
                for (int j = 0; adds != null && j < size; j++) {
                    sum[j] += adds[j];
                }
            }
            return Arrays.stream(sum).boxed().toList();
        }

        private BitSet conversations(Span span, Instant moment) {
            BitSet in = new BitSet();
            for (int i = 0; i < clinic.size(); i++) {
                long[] adds = clinic.adds(counted, i, span, moment);
                if (adds != null) {
                    int patient = clinic.patient(i);
                    in.set(unknowns.computeIfAbsent(List.of(i, Arrays.toString(adds)), key -> {
                        patients.add(patient);
                        return patients.size() - 1;
                    }));
                }
            }
            return in;
        }

        boolean giveAway() {
            PublishedSums sums = new PublishedSums(patients);
            known.forEach(sums::add);
            return sums.giveAway(MINIMUM);
        }
    }
}
