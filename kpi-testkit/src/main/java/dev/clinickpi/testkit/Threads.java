package dev.clinickpi.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does a thing in several threads that start together, for tests of what must hold when many do it. */
public final class Threads {

    private static final long PATIENCE_SECONDS = 60;

    private Threads() {}

    /** What one of the threads does. */
    @FunctionalInterface
    public interface Work<T> {

        /** Does it in one of the threads, which are counted from 0. */
        T run(int thread) throws Exception;
    }

    /** The results in the order of the threads; fails when one of them does or takes a minute. */
    public static <T> List<T> atOnce(int threads, Work<T> work) throws Exception {
        return atOnce(threads, Duration.ZERO, work);
    }

    /** The same for work that is to take a while, and may take a minute more. */
    static <T> List<T> atOnce(int threads, Duration expected, Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                futures.add(pool.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return work.run(thread);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(expected.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
