package dev.clinickpi.jdbc;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread, engine or process is to bring about. */
final class Await {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(100);

    private Await() {}

    /** Returns as soon as a condition holds, or after a hundred seconds: the test then asserts it, in words that say more than that it did not hold. */
    static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }
}
