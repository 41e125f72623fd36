package dev.clinickpi;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who watches a dashboard. One daemon thread, there only while somebody watches, looks at short intervals whether there is something to tell; the
 * telling is an executor's, so that a subscriber that takes its time holds up nobody else.
 */
final class LiveUpdates {

    private final Duration every;
    private final Executor tellers;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService ticker;
    private @Nullable Future<?> looking;
    private volatile boolean closed;

    LiveUpdates(Duration every, Executor tellers) {
        this.every = every;
        this.tellers = tellers;
    }

    /** Has a watch told from now on; of a closed engine, that there is nothing more to tell. */
    void add(Watch watch) {
        synchronized (this) {
            if (!closed) {
                watches.add(watch);
                start();
            }
        }
        if (closed) {
            watch.complete();
        }
        // It may have ended while it was let in.
        if (watch.hasEnded()) {
            remove(watch);
        }
    }

    private void start() {
        if (ticker == null) {
            ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "clinic-kpi-live");
                thread.setDaemon(true);
                return thread;
            });
            long nanos = every.toNanos();
            looking = started.scheduleWithFixedDelay(this::look, 0, nanos, TimeUnit.NANOSECONDS);
            ticker = started;
        }
    }

    synchronized void remove(Watch watch) {
        watches.remove(watch);
        if (watches.isEmpty()) {
            stop();
        }
    }

    private void look() {
        watches.forEach(watch -> watch.look(tellers));
    }

    /** Tells every subscriber that there is no more, and takes no more. */
    void close() {
        synchronized (this) {
            closed = true;
            stop();
        }
        watches.forEach(Watch::complete);
        watches.clear();
    }

    private synchronized void stop() {
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
        if (ticker != null) {
            ticker.shutdown();
            ticker = null;
        }
    }
}
