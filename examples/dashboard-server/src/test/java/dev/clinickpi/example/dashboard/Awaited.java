package dev.clinickpi.example.dashboard;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens in another thread. */
final class Awaited {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Awaited() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come to be within " + LONGEST);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
