package dev.clinickpi;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at short intervals for what others have appended to the log and erased from it, and at longer ones has kept what is folded and erasures completed:
 * one daemon thread. What fails is logged once, until it succeeds again, and tried again at the next interval.
 */
final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final EventLog log;
    private final Function<ClinicId, @Nullable ClinicState> states;
    private final @Nullable Checkpoints checkpoints;
    private final ErasureCompletion erasures;
    private final Duration checkpointEvery;
    private final Clock clock;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable Future<?> looking;
    private long savedAt;
    private boolean saves;
    private volatile @Nullable Instant failingSince;

    /** Where each clinic's part of the log ended when it was last asked for. */
    private Map<ClinicId, Long> ends = Map.of();

    /**
     * Does nothing until it is started.
     *
     * @param states the clinic of an id, if there is one
     * @param checkpoints keeps what is folded; null when nothing is kept
     */
    Follower(
            EventLog log,
            Function<ClinicId, @Nullable ClinicState> states,
            @Nullable Checkpoints checkpoints,
            ErasureCompletion erasures,
            Duration checkpointEvery,
            Clock clock) {
        this.log = log;
        this.states = states;
        this.checkpoints = checkpoints;
        this.erasures = erasures;
        this.checkpointEvery = checkpointEvery;
        this.clock = clock;
    }

    synchronized void start(Duration every) {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "clinic-kpi-follow");
            daemon.setDaemon(true);
            return daemon;
        });
        looking = started.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
        thread = started;
    }

    /** What fails does not keep the rest from being done: a clinic that cannot be followed is kept as far as it is folded. */
    private void look() {
        Throwable first = attempt(this::follow);
        if (!saves || System.nanoTime() - savedAt >= checkpointEvery.toNanos()) {
            Throwable second = attempt(this::save);
            first = first == null ? second : first;
            savedAt = System.nanoTime();
            saves = true;
        }
        tell(first);
    }

    private void tell(@Nullable Throwable failure) {
        if (failure == null) {
            if (failingSince != null) {
                LOG.info("The event log is followed and what is folded is kept again");
            }
            failingSince = null;
        } else if (failingSince == null) {
            LOG.warn(
                    "The event log cannot be followed or what is folded not kept; it is tried again and again",
                    failure);
            failingSince = clock.instant();
        }
    }

    /** Since when each try has failed; null when the last one succeeded. */
    @Nullable
    Instant failingSince() {
        return failingSince;
    }

    /** Does both at once, and tells what went wrong. */
    void lookNow() {
        Throwable first = attempt(this::follow);
        Throwable second = attempt(this::save);
        Throwable failed = first == null ? second : first;
        tell(failed);
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
        if (failed instanceof Error error) {
            throw error;
        }
    }

    /** An error, too, is tried again: a task that throws is never run again, and nobody would see it. */
    private static @Nullable Throwable attempt(Runnable work) {
        try {
            work.run();
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** Forgets what others have erased, and folds what they have appended for clinics that are in memory. */
    synchronized void follow() {
        Map<ClinicId, Long> before = new HashMap<>();
        for (ClinicId clinic : ends.keySet()) {
            ClinicState state = states.apply(clinic);
            before.put(clinic, state == null ? 0 : state.position());
        }
        ends = log.ends();
        log.erasures().forEach((clinic, count) -> {
            ClinicState state = states.apply(clinic);
            if (state != null) {
                state.erased(count);
            }
        });
        RuntimeException first = null;
        for (Map.Entry<ClinicId, Long> end : ends.entrySet()) {
            ClinicState state = states.apply(end.getKey());
            if (state != null) {
                try {
                    state.follow(before.getOrDefault(end.getKey(), 0L), end.getValue(), clock.instant());
                } catch (RuntimeException e) {
                    first = e;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Keeps what is folded, and completes the erasures that are kept with it. */
    synchronized void save() {
        if (checkpoints != null) {
            checkpoints.save(ends);
        }
        erasures.complete();
    }

    /** Keeps what is folded for the last time, where that can be done, and lets others write. */
    void close() {
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            running = thread;
            thread = null;
            if (looking != null) {
                looking.cancel(false);
            }
        }
        boolean hasEnded = running == null || awaitEnd(running);
        if (!hasEnded) {
            LOG.warn("What is folded is still being kept after a minute; the engine is closed without it");
        } else if (checkpoints != null) {
            Throwable unsaved = attempt(this::save);
            Throwable unreleased = attempt(checkpoints::release);
            if (unsaved != null || unreleased != null) {
                LOG.warn(
                        "What was folded since the last checkpoint may not be kept; the next engine folds it again",
                        unsaved == null ? unreleased : unsaved);
            }
        }
    }

    /** Waits, and interrupts nobody: a thread that is interrupted while it writes to a file takes an embedded database down with it. */
    private static boolean awaitEnd(ScheduledThreadPoolExecutor running) {
        running.shutdown();
        try {
            return running.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
