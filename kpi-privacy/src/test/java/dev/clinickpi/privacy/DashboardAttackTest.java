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
import java.time.Duration;
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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
        Map<Counted, Long> found = found(RUNS, EACH_FOR_ITSELF, DashboardAttackTest::again);
        for (Counted counted : Counted.values()) {
            assertThat(found.getOrDefault(counted, 0L))
                    .as("%s of %s", counted, found)
                    .isGreaterThanOrEqualTo(RUNS / 2);
        }
        assertThat(found(RUNS, STANDARD, DashboardAttackTest::again)).isEmpty();
    }

    @Test
    void withoutBlocksEverythingGivesAway() {
        assertThat(found(
                        RUNS,
                        () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutBlocks()),
                        DashboardAttackTest::once))
                .hasSizeGreaterThan(Counted.values().length / 2);
    }

    @Test
    void withoutWaitingForOthersWhatChangedGivesAway() {
        assertThat(found(
                        RUNS,
                        () -> DisclosureAttackTest.weakened(WeakenedCopies.withoutWaiting()),
                        DashboardAttackTest::again))
                .hasSizeGreaterThan(Counted.values().length / 2);
    }

    @Test
    @Tag("thorough")
    void findsNothingInManyClinics() {
        assertThat(found(LONG_RUNS, STANDARD, DashboardAttackTest::again)).isEmpty();
    }

    /** In how many clinics something of too few was found, by what is counted. */
    private static Map<Counted, Long> found(
            int runs, Supplier<Publication> publication, Function<Random, List<Integer>> moments) {
        return IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> attack(run, publication.get(), moments))
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** While the last appointments are still to come, when most have been, and when no conversation may convert any more; so many days after the last one. */
    private static List<Integer> again(Random random) {
        return List.of(-1, 6 + random.nextInt(5), 34);
    }

    private static List<Integer> once(Random random) {
        return List.of(34);
    }

    private static Set<Counted> attack(int run, Publication publication, Function<Random, List<Integer>> moments) {
        Random random = new Random(run);
        int days = 6 + random.nextInt(7);
        AttackedDashboard clinic = new AttackedDashboard(random, days, 3 + random.nextInt(13), publication);
        Map<Counted, Learnt> learnt = new EnumMap<>(Counted.class);
        for (Counted counted : Counted.values()) {
            learnt.put(counted, new Learnt(clinic, counted));
        }
        for (int after : moments.apply(random)) {
            Instant now =
                    AttackedClinic.FIRST.plusDays(days + after).atTime(11, 0).toInstant(ZoneOffset.UTC);
            Answers answers = new Answers(clinic.at(now), days + AttackedDashboard.LEAD_DAYS + 1);
            learnt.forEach((counted, all) -> all.add(answers.of(counted), now));
        }
        return learnt.entrySet().stream()
                .filter(one -> one.getValue().giveAway())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
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
            for (KpiDefinition kpi :
                    List.of(Kpi.HANDOFF_RATE, Kpi.LEAD_TIERS, Kpi.CSAT, Kpi.NO_SHOW_RATE, Kpi.WAITLIST_CONVERSION)) {
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
            } else if (is(AttackedDashboard.ANSWERED, result)) {
                add(Counted.ANSWERED_SURVEY, result.period(), number(result.numerator()));
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
                add(Counted.IMPLANT, span, service(result, "implant"));
                add(Counted.BRACES, span, service(result, "braces"));
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
                assertThat(rate)
                        .isEqualByComparingTo(shares.get(result.period()).value());
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

        /** Where no service is mentioned there are no rows. */
        private static @Nullable Long service(KpiResult result, String service) {
            boolean isNone = result.value() != null && result.value().signum() == 0;
            return isNone ? Long.valueOf(0) : row(result, service);
        }

        private static @Nullable Long row(KpiResult result, String row) {
            return number(result.row(row).map(KpiResult.Row::value).orElse(null));
        }
    }

    /** All that was told of one thing that is counted. What a conversation adds is one unknown for as long as it stays the same. */
    private static final class Learnt {

        private static final Comparator<Told> SHORTEST_FIRST =
                Comparator.comparing(told -> Duration.between(told.span.from(), told.span.to()));

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
            Map<Instant, List<Told>> smaller = new HashMap<>();
            for (Told each : told.stream().sorted(SHORTEST_FIRST).toList()) {
                List<Long> sum = sum(each.span.from(), each.span.to(), smaller, new HashSet<>());
                if (sum == null) {
                    known.add(conversations(each));
                } else {
                    assertThat(each.numbers).as("%s of %s", counted, each.span).isEqualTo(sum);
                }
                smaller.computeIfAbsent(each.span.from(), key -> new ArrayList<>())
                        .add(each);
            }
        }

        /** The sum of spans that lie side by side from one instant to another; null when there are none. */
        private static @Nullable List<Long> sum(
                Instant from, Instant to, Map<Instant, List<Told>> spans, Set<Instant> tried) {
            for (Told first : spans.getOrDefault(from, List.of())) {
                Instant end = first.span.to();
                if (end.equals(to)) {
                    return first.numbers;
                }
                List<Long> rest = end.isAfter(to) || !tried.add(end) ? null : sum(end, to, spans, tried);
                if (rest != null) {
                    return IntStream.range(0, rest.size())
                            .mapToObj(i -> first.numbers.get(i) + rest.get(i))
                            .toList();
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
            assertThat(last)
                    .as("%s %s of %s, which never were so many", told.numbers, counted, told.span)
                    .isNotNull();
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
