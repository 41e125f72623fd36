package dev.clinickpi.testkit.world;

import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * An instant before it is known where on the line it lies: beside one of the instants that rules turn on. That keeps instants independent
 * of all else in a world, so that each shrinks by itself, and makes many of them fall together.
 *
 * @param anchor which of the world's {@linkplain Anchors anchors}, counted around
 * @param offset how far from it
 */
record Moment(int anchor, Duration offset) {

    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final int ANCHORS = 60;
    private static final int HOURS_TO_SETTLE = 24 * 40;
    private static final int SECONDS_OF_A_DAY = 86_400;

    /** Beside an anchor, or as far from one as the rules on conversions, activity and waits reach, or within a day of it. */
    static Arbitrary<Moment> any() {
        Arbitrary<Duration> offsets = Arbitraries.frequencyOf(
                Tuple.of(6, Prepared.of(Arbitraries.just(Duration.ZERO))),
                Tuple.of(3, Prepared.of(beside(Duration.ZERO))),
                Tuple.of(
                        4,
                        Prepared.of(Arbitraries.integers()
                                .between(-SECONDS_OF_A_DAY, SECONDS_OF_A_DAY)
                                .map(Duration::ofSeconds))),
                Tuple.of(2, Prepared.of(beside(Duration.ofMinutes(30), Duration.ofDays(7), Duration.ofDays(30)))),
                Tuple.of(1, Prepared.of(beside(Duration.ofMinutes(-30), Duration.ofDays(-30)))));
        return Combinators.combine(Arbitraries.integers().between(0, ANCHORS), offsets)
                .as(Moment::new);
    }

    /** From the end of the period that is asked about to some weeks later. */
    static Arbitrary<Moment> afterThePeriod() {
        return Arbitraries.integers()
                .between(0, HOURS_TO_SETTLE)
                .map(hours -> new Moment(Anchors.END_OF_PERIOD, Duration.ofHours(hours)));
    }

    /** How long after the last thing of a story the next one follows. */
    static Arbitrary<Duration> delay() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Prepared.of(Arbitraries.just(Duration.ZERO))),
                Tuple.of(4, Prepared.of(Arbitraries.integers().between(1, 3_600).map(Duration::ofSeconds))),
                Tuple.of(2, Prepared.of(Arbitraries.integers().between(1, 5_000).map(Duration::ofMillis))),
                Tuple.of(1, Prepared.of(Arbitraries.integers().between(1, 20).map(Duration::ofHours))),
                Tuple.of(1, Prepared.of(beside(Duration.ofMinutes(30), Duration.ofDays(7), Duration.ofDays(30)))));
    }

    private static Arbitrary<Duration> beside(Duration... borders) {
        return Arbitraries.of(Stream.of(borders)
                .flatMap(
                        border -> Stream.of(border, border.plus(INSTANT), border.minus(INSTANT), border.plusSeconds(1)))
                .toList());
    }
}
