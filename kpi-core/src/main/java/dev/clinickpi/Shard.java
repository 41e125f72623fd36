package dev.clinickpi;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some of the engine's clinics, with one writer at a time. The writer is the thread that calls: it appends its facts to the log and folds those that
 * are new under one hold of the lock, so the cells always are those of the facts that the log has accepted. Nobody queues but for the lock, and that is
 * all the backpressure there is: a host that records faster than the log stores waits in {@code record}.
 *
 * <p>The clinics of a shard share a number of settled entities that they may keep in memory. When they keep more, those that were needed least lately
 * are let go, half of what is allowed staying, so that the search for them is paid for by many batches. Entities that time may still change stay.
 */
final class Shard {

    private final ReentrantLock lock = new ReentrantLock();
    private final EventLog log;
    private final Clock clock;
    private final int mostSettled;
    private final Set<ClinicState> clinics = new HashSet<>();
    private boolean closed;
    private int step;
    private long lookAgainAt;

    /**
     * A shard of no clinics.
     *
     * @param mostSettled how many settled entities may stay in memory
     */
    Shard(EventLog log, Clock clock, int mostSettled) {
        this.log = log;
        this.clock = clock;
        this.mostSettled = mostSettled;
        this.lookAgainAt = mostSettled;
    }

    /**
     * Stores facts of this shard's clinics and folds those that are new.
     *
     * @param states the clinics that there are; a fact of another is stored and not folded
     * @return what became of each fact
     */
    List<Outcome> record(List<Fact> facts, Function<ClinicId, @Nullable ClinicState> states) {
        return locked(() -> {
            requireOpen();
            List<Outcome> outcomes = log.append(facts);
            Map<ClinicState, List<Fact>> accepted = new HashMap<>();
            for (int i = 0; i < facts.size(); i++) {
                Fact fact = facts.get(i);
                ClinicState state = outcomes.get(i) == Outcome.ACCEPTED ? states.apply(fact.clinic()) : null;
                if (state != null) {
                    accepted.computeIfAbsent(state, s -> new ArrayList<>()).add(fact);
                }
            }
            step++;
            fold(accepted);
            makeRoom();
            return outcomes;
        });
    }

    /** Folds what was stored. A clinic whose facts the log fails to recall holds up no other. */
    private void fold(Map<ClinicState, List<Fact>> accepted) {
        RuntimeException failure = null;
        for (Map.Entry<ClinicState, List<Fact>> news : accepted.entrySet()) {
            try {
                news.getKey().accept(news.getValue(), step, clock.instant());
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Lets a clinic in. */
    void add(ClinicState clinic) {
        locked(() -> clinics.add(clinic));
    }

    /** Forgets a clinic. */
    void remove(ClinicState clinic) {
        locked(() -> clinics.remove(clinic));
    }

    /** Waits for the writer and lets none follow. */
    void close() {
        locked(() -> closed = true);
    }

    /** @throws IllegalStateException if it was closed */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The engine is closed; build another one");
        }
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does some work under the lock if that is free within a while. */
    void ifFreeWithin(Duration patience, Runnable work) {
        boolean free = false;
        try {
            free = lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (free) {
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (free) {
                lock.unlock();
            }
        }
    }

    /** What its clinics hold in memory. */
    Holdings holdings() {
        return locked(() -> {
            Holdings held = Holdings.NONE;
            for (ClinicState clinic : clinics) {
                held = held.plus(clinic.holdings());
            }
            return held;
        });
    }

    private void makeRoom() {
        if (entities() <= lookAgainAt) {
            return;
        }
        int[] steps = settledSteps();
        int settled = steps.length;
        if (settled > mostSettled) {
            settled = mostSettled / 2;
            int before = settled == 0 ? step + 1 : steps[steps.length - settled];
            clinics.forEach(clinic -> clinic.letGo(before));
        }
        lookAgainAt = entities() + mostSettled - settled;
    }

    private long entities() {
        long entities = 0;
        for (ClinicState clinic : clinics) {
            entities += clinic.entities();
        }
        return entities;
    }

    /** The steps that the settled entities were last needed at, in order. */
    private int[] settledSteps() {
        IntStream.Builder steps = IntStream.builder();
        clinics.forEach(clinic -> clinic.forEachSettled(steps::add));
        return steps.build().sorted().toArray();
    }

    /**
     * What is held in memory.
     *
     * @param entities conversations, appointments and patients
     * @param cells cells by slice
     * @param bytes about how much memory both take
     * @param tooLate what came for entities that the log no longer has all facts of
     * @param newest the latest instant that a fact bears, in epoch milliseconds
     */
    record Holdings(long entities, long cells, long bytes, long tooLate, long newest) {

        static final Holdings NONE = new Holdings(0, 0, 0, 0, Long.MIN_VALUE);

        Holdings plus(Holdings other) {
            return new Holdings(
                    entities + other.entities,
                    cells + other.cells,
                    bytes + other.bytes,
                    tooLate + other.tooLate,
                    Math.max(newest, other.newest));
        }
    }
}
