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
import java.util.function.Consumer;
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

    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final EventLog log;
    private final Tally tally;
    private final Clock clock;
    private final int mostSettled;
    private final Set<ClinicState> clinics = new HashSet<>();
    private int step;
    private long lookAgainAt;
    private volatile Holdings latest = Holdings.NONE;

    /**
     * A shard of no clinics.
     *
     * @param mostSettled how many settled entities may stay in memory
     */
    Shard(EventLog log, Tally tally, Clock clock, int mostSettled) {
        this.log = log;
        this.tally = tally;
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
            EventLog.Appended appended = append(facts, states);
            List<Outcome> outcomes = appended.outcomes();
            tally.became(outcomes);
            Map<ClinicState, List<Fact>> accepted = new HashMap<>();
            for (int i = 0; i < facts.size(); i++) {
                Fact fact = facts.get(i);
                ClinicState state = outcomes.get(i) == Outcome.ACCEPTED ? states.apply(fact.clinic()) : null;
                if (state != null) {
                    accepted.computeIfAbsent(state, s -> new ArrayList<>()).add(fact);
                }
            }
            step++;
            fold(accepted, appended);
            makeRoom();
            return outcomes;
        });
    }

    /** A log that fails may have stored the facts all the same, as where the word of a commit is lost: then only the log knows. */
    private EventLog.Appended append(List<Fact> facts, Function<ClinicId, @Nullable ClinicState> states) {
        try {
            return log.append(facts);
        } catch (RuntimeException | Error e) {
            for (Fact fact : facts) {
                ClinicState state = states.apply(fact.clinic());
                if (state != null) {
                    state.doubt();
                }
            }
            throw e;
        }
    }

    /** Folds what was stored. A clinic whose facts cannot be folded holds up no other. */
    private void fold(Map<ClinicState, List<Fact>> accepted, EventLog.Appended appended) {
        Throwable failure = null;
        for (Map.Entry<ClinicState, List<Fact>> news : accepted.entrySet()) {
            try {
                ClinicState clinic = news.getKey();
                List<Fact> facts = news.getValue();
                clinic.accept(appended.first(clinic.id(), facts.size()), facts, step, clock.instant());
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Lets a clinic in. */
    void add(ClinicState clinic) {
        doLocked(() -> clinics.add(clinic));
    }

    /** Forgets a clinic. */
    void remove(ClinicState clinic) {
        doLocked(() -> clinics.remove(clinic));
    }

    /** Whether a clinic is one of its. */
    boolean has(ClinicId clinic) {
        return clinics().stream().anyMatch(state -> state.id().equals(clinic));
    }

    /** Its clinics as they are now. */
    List<ClinicState> clinics() {
        return locked(() -> List.copyOf(clinics));
    }

    /** Does something with each of its clinics under the lock. */
    void forEach(Consumer<ClinicState> work) {
        doLocked(() -> clinics.forEach(work));
    }

    void doLocked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
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

    /** What its clinics hold in memory; what they held when it was last asked while somebody else has the lock for long. */
    Holdings latestHoldings() {
        ifFreeWithin(PATIENCE, () -> {
            Holdings held = Holdings.NONE;
            for (ClinicState clinic : clinics) {
                held = held.plus(clinic.holdings());
            }
            latest = held;
        });
        return latest;
    }

    /** Lets go of what is too much. Under the lock. */
    void makeRoom() {
        if (entities() <= lookAgainAt) {
            return;
        }
        int[] steps = settledSteps();
        int settled = steps.length;
        if (settled > mostSettled) {
            settled = mostSettled / 2;
            // What was folded at a start all bears one step: the oldest step goes in any case.
            int before = settled == 0 ? step + 1 : Math.max(steps[steps.length - settled], steps[0] + 1);
            clinics.forEach(clinic -> clinic.letGo(before));
        }
        lookAgainAt = entities() + mostSettled - Math.min(settled, mostSettled);
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
