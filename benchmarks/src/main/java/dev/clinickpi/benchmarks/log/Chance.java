package dev.clinickpi.benchmarks.log;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Draws of one seed. */
final class Chance {

    private static final HexFormat HEX = HexFormat.of();

    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** One of many streams of a seed. They are a prime apart: two that are a multiple of the generator's own step apart would run into each other. */
    static Chance ofStream(long seed, int stream) {
        return new Chance(new SplittableRandom(seed + stream * 1_000_003L));
    }

    boolean in(double share) {
        return random.nextDouble() < share;
    }

    /** From {@code least} to below {@code end}. */
    int between(int least, int end) {
        return random.nextInt(least, end);
    }

    long millisBetween(long least, long end) {
        return random.nextLong(least, end);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A place of a table, each as often as its weight says. */
    int weighted(double[] weights, double sum) {
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** A whole number of this mean, by Knuth's method for a Poisson distribution (TAOCP 3.4.1). */
    int count(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit && count < 10_000) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** From 0.3 to 1.7, mostly around 1. */
    double size() {
        return 0.3 + 0.7 * (random.nextDouble() + random.nextDouble());
    }

    String hex() {
        return HEX.toHexDigits(random.nextLong());
    }
}
