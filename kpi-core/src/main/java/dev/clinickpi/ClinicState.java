package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.fold.FoldSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clinic in the engine: its cells and the reference data that they are read by, changed under its shard's lock alone.
 *
 * <p>Readers read moments. The writer leaves one behind after each batch where somebody has asked since the one before, so that a dashboard that is
 * looked at has an answer that holds all that was recorded, however long the next batch takes. A reader holds the lock only to let time pass (which
 * may recall an entity from the log) and to take a moment, never while it computes; where it does not get the lock soon it answers by the last moment, which says what time it was.
 *
 * <p>A change of calendar folds the whole log anew beside the cells in use, which go on answering and taking facts. What is accepted meanwhile is noted
 * and folded in before the swap, unless the reading of the log has already come across it.
 */
final class ClinicState implements ClinicMoment.Source {

    private static final Logger LOG = LoggerFactory.getLogger(ClinicState.class);

    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final ClinicId id;
    private final Shard shard;
    private final EventLog log;
    private final FoldSettings settings;
    private final Clock clock;
    private ClinicDirectory directory;
    private ClinicCells cells;
    private @Nullable List<Fact> acceptedMeanwhile;
    private volatile @Nullable ClinicMoment latest;
    private volatile boolean asked;
    private final AtomicLong changes = new AtomicLong();
    private long newest = Long.MIN_VALUE;
    private boolean isHalfDone;
    private long tooLateBefore;

    /** Folds what the log has of the clinic. */
    ClinicState(ClinicId id, ClinicDirectory directory, Shard shard, EventLog log, FoldSettings settings, Clock clock) {
        this.id = id;
        this.shard = shard;
        this.directory = directory;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.cells = folded(ClinicCalendar.of(clinic(directory)));
        shard.add(this);
    }

    /** Folds facts that the log has just accepted. Under the shard's lock. */
    void accept(List<Fact> facts, int step, Instant now) {
        if (acceptedMeanwhile != null) {
            acceptedMeanwhile.addAll(facts);
        }
        facts.forEach(fact -> newest = Math.max(newest, fact.at()));
        if (isHalfDone) {
            // The log has these facts, too.
            foldAgain();
        } else {
            wholly(() -> {
                cells.fold().step(step);
                cells.fold().accept(facts, now.toEpochMilli());
            });
        }
        hasChanged();
    }

    /**
     * Does a step of folding that the log may interrupt. What is then half done is never shown: it is folded again from the log when it is needed, and the
     * moment before stays.
     */
    private void wholly(Runnable step) {
        isHalfDone = true;
        step.run();
        isHalfDone = false;
    }

    /**
     * Notes that the log may have facts that are not folded: all is folded again before anything else is. The latest moment stays, since it has all that
     * was recorded for certain.
     */
    void doubt() {
        isHalfDone = true;
    }

    private void foldAgain() {
        tooLateBefore += cells.fold().tooLate();
        cells = folded(cells.calendar());
        isHalfDone = false;
    }

    private void hasChanged() {
        changes.incrementAndGet();
        latest = asked ? cells.moment(directory, clinic(directory)) : null;
        asked = false;
    }

    /** How often its cells or reference data have changed; the passing of time apart. */
    long changes() {
        return changes.get();
    }

    @Override
    public ClinicMoment at(Instant now) {
        asked = true;
        ClinicMoment before = latest;
        if (before == null) {
            return shard.locked(() -> advanced(now));
        }
        if (before.asOf().isBefore(now)) {
            try {
                shard.ifFreeWithin(PATIENCE, () -> advanced(now));
            } catch (RuntimeException e) {
                // What was recorded for certain is in the moment before, which says what time it is of.
                LOG.warn("Clinic {} answers as of {}: its event log cannot be read", id, before.asOf(), e);
            }
        }
        ClinicMoment after = latest;
        return after == null ? before : after;
    }

    private ClinicMoment advanced(Instant now) {
        ClinicMoment moment = latest;
        if (moment == null || moment.asOf().isBefore(now)) {
            if (isHalfDone) {
                foldAgain();
            }
            wholly(() -> cells.advance(now));
            moment = cells.moment(directory, clinic(directory));
            latest = moment;
        }
        return moment;
    }

    /**
     * Answers by other reference data from now on. Where it changes what facts depend on, the whole log is folded anew first. One call at a time.
     *
     * @param next has this clinic
     */
    void use(ClinicDirectory next) {
        ClinicCalendar calendar = ClinicCalendar.of(clinic(next));
        boolean isSame = shard.locked(() -> {
            if (cells.calendar().equals(calendar)) {
                if (isHalfDone) {
                    foldAgain();
                }
                directory = next;
                hasChanged();
                return true;
            }
            acceptedMeanwhile = new ArrayList<>();
            return false;
        });
        if (!isSame) {
            try {
                rebuild(next, calendar);
            } finally {
                shard.locked(() -> acceptedMeanwhile = null);
            }
        }
    }

    private void rebuild(ClinicDirectory nextDirectory, ClinicCalendar calendar) {
        ClinicCells next = newCells(calendar);
        Set<Long> read = new HashSet<>();
        log.read(id, fact -> {
            read.add(fact.id());
            next.fold().accept(fact);
        });
        shard.locked(() -> {
            if (acceptedMeanwhile != null) {
                acceptedMeanwhile.stream()
                        .filter(fact -> !read.contains(fact.id()))
                        .forEach(next.fold()::accept);
            }
            next.advance(cells.now());
            next.advance(clock.instant());
            tooLateBefore += cells.fold().tooLate();
            cells = next;
            isHalfDone = false;
            directory = nextDirectory;
            hasChanged();
            shard.makeRoom();
            return next;
        });
    }

    ClinicId id() {
        return id;
    }

    /** Leaves its shard. */
    void leave() {
        shard.remove(this);
    }

    /** How many entities are in memory. Under the shard's lock, as all that follows. */
    int entities() {
        return cells.fold().entities();
    }

    Shard.Holdings holdings() {
        return new Shard.Holdings(
                entities(),
                cells.cells().cells(),
                cells.cells().bytes() + cells.fold().bytes(),
                tooLateBefore + cells.fold().tooLate(),
                newest);
    }

    void forEachSettled(IntConsumer steps) {
        cells.fold().forEachSettled(steps);
    }

    void letGo(int beforeStep) {
        cells.fold().letGo(beforeStep);
    }

    /** All that the log has, folded. */
    private ClinicCells folded(ClinicCalendar calendar) {
        ClinicCells all = newCells(calendar);
        log.read(id, fact -> {
            all.fold().accept(fact);
            newest = Math.max(newest, fact.at());
        });
        return all;
    }

    private ClinicCells newCells(ClinicCalendar calendar) {
        return new ClinicCells(id, calendar, settings, log, clock.instant());
    }

    private Clinic clinic(ClinicDirectory of) {
        return of.clinic(id).orElseThrow(() -> new IllegalArgumentException("The directory lacks clinic " + id));
    }
}
