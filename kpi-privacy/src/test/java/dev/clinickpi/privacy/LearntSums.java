package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.privacy.AttackedDashboard.Counted;
import dev.clinickpi.privacy.DashboardAnswers.Told;
import dev.clinickpi.time.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All that was told of one thing that is counted. What a conversation adds is one unknown for as long as it stays the same. */
final class LearntSums {

    private static final int MINIMUM = 5;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Comparator<Told> SHORTEST_FIRST = Comparator.comparing(
            told -> Duration.between(told.span().from(), told.span().to()));

    private final AttackedDashboard clinic;
    private final Counted counted;
    private final List<Instant> moments = new ArrayList<>();
    private final Map<List<Object>, Integer> unknowns = new HashMap<>();
    private final List<Integer> patients = new ArrayList<>();
    private final Set<BitSet> known = new HashSet<>();

    LearntSums(AttackedDashboard clinic, Counted counted) {
        this.clinic = clinic;
        this.counted = counted;
    }

    /** What is the sum of smaller spans tells nothing more than those. */
    void add(Set<Told> told, Instant now) {
        moments.add(now);
        Map<Instant, List<Told>> smaller = new HashMap<>();
        for (Told each : told.stream().sorted(SHORTEST_FIRST).toList()) {
            List<Long> sum = sum(each.span().from(), each.span().to(), smaller, new HashSet<>());
            if (sum == null) {
                known.add(conversations(each));
            } else {
                assertThat(each.numbers()).as("%s of %s", counted, each.span()).isEqualTo(sum);
            }
            smaller.computeIfAbsent(each.span().from(), key -> new ArrayList<>())
                    .add(each);
        }
    }

    /** The sum of spans that lie side by side from one instant to another; null when there are none. */
    private static @Nullable List<Long> sum(
            Instant from, Instant to, Map<Instant, List<Told>> spans, Set<Instant> tried) {
        for (Told first : spans.getOrDefault(from, List.of())) {
            Instant end = first.span().to();
            if (end.equals(to)) {
                return first.numbers();
            }
            List<Long> rest = end.isAfter(to) || !tried.add(end) ? null : sum(end, to, spans, tried);
            if (rest != null) {
                return IntStream.range(0, rest.size())
                        .mapToObj(i -> first.numbers().get(i) + rest.get(i))
                        .toList();
            }
        }
        return null;
    }

    /** Blocks of a span may have been restated at different moments. */
    private BitSet conversations(Told told) {
        BitSet all = conversations(told.span(), told.numbers());
        Instant from = told.span().from();
        Instant to = told.span().to();
        for (Instant at = from.plus(DAY); all == null && at.isBefore(to); at = at.plus(DAY)) {
            Span first = new Span(from, at);
            Span second = new Span(at, to);
            for (List<Instant> pair : moments()) {
                List<Long> before = numbers(first, told.numbers().size(), pair.get(0), pair.get(1));
                List<Long> rest = IntStream.range(0, before.size())
                        .mapToObj(i -> told.numbers().get(i) - before.get(i))
                        .toList();
                BitSet behind = all == null ? conversations(second, rest) : null;
                if (behind != null) {
                    all = conversations(first, pair.get(0), pair.get(1));
                    all.or(behind);
                }
            }
        }
        assertThat(all)
                .as("%s %s of %s, which never were so many", told.numbers(), counted, told.span())
                .isNotNull();
        return all;
    }

    /** Of the last moments by now that it was true of, or of some that were told of before, as which it says nothing new; null when it never was. */
    private @Nullable BitSet conversations(Span span, List<Long> numbers) {
        BitSet last = null;
        for (List<Instant> pair : moments()) {
            if (numbers(span, numbers.size(), pair.get(0), pair.get(1)).equals(numbers)) {
                BitSet of = conversations(span, pair.get(0), pair.get(1));
                if (known.contains(of)) {
                    return of;
                }
                last = of;
            }
        }
        return last;
    }

    /** Of what is known, and of the scores, which may be of before. */
    private List<List<Instant>> moments() {
        return moments.stream()
                .flatMap(moment -> moments.stream()
                        .filter(scores -> !scores.isAfter(moment))
                        .map(scores -> List.of(moment, scores)))
                .toList();
    }

    private List<Long> numbers(Span span, int size, Instant moment, Instant scores) {
        long[] sum = new long[size];
        for (int i = 0; i < clinic.size(); i++) {
            long[] adds = clinic.adds(counted, i, span, moment, scores);
            for (int j = 0; adds != null && j < size; j++) {
                sum[j] += adds[j];
            }
        }
        return Arrays.stream(sum).boxed().toList();
    }

    private BitSet conversations(Span span, Instant moment, Instant scores) {
        BitSet in = new BitSet();
        for (int i = 0; i < clinic.size(); i++) {
            long[] adds = clinic.adds(counted, i, span, moment, scores);
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
