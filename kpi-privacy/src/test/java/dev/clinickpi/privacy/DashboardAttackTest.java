package dev.clinickpi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.Publication;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.privacy.AttackedDashboard.Counted;
import dev.clinickpi.privacy.publication.WeakenedCopies;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        AttackedDashboard clinic = new AttackedDashboard(random, days, 3 + random.nextInt(13), true, publication);
        Map<Counted, LearntSums> learnt = new EnumMap<>(Counted.class);
        for (Counted counted : Counted.values()) {
            learnt.put(counted, new LearntSums(clinic, counted));
        }
        for (int after : moments.apply(random)) {
            Instant now =
                    AttackedClinic.FIRST.plusDays(days + after).atTime(11, 0).toInstant(ZoneOffset.UTC);
            DashboardAnswers answers = new DashboardAnswers(clinic.at(now), days + AttackedDashboard.LEAD_DAYS + 1);
            learnt.forEach((counted, all) -> all.add(answers.of(counted), now));
        }
        return learnt.entrySet().stream()
                .filter(one -> one.getValue().giveAway())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
