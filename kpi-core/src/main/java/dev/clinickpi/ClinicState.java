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
import java.util.List;
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
 * <p>Positions say what is folded. Facts that were just appended are folded as they come where they stand right behind what is; where others have
 * appended in between, or an append failed and may have stored them all the same, the log is read on from there.
 *
 * <p>A change of calendar folds the whole log anew beside the cells in use, which go on answering and taking facts. What the log takes meanwhile is read
 * before the swap.
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
    private volatile @Nullable ClinicMoment latest;
    private volatile boolean asked;
    private final AtomicLong changes = new AtomicLong();
    private boolean isHalfDone;
    private boolean mayBeBehind;
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

    /**
     * Folds facts that the log has just accepted. Under the shard's lock.
     *
     * @param first the position of the first of them
     */
    void accept(long first, List<Fact> facts, int step, Instant now) {
        cells.fold().step(step);
        if (isHalfDone) {
            // The log has these facts, too.
            foldAgain();
        } else if (first != cells.fold().position()) {
            catchUp();
        } else {
            wholly(() -> {
                cells.advance(now);
                facts.forEach(cells.fold()::accept);
            });
        }
        hasChanged();
    }

    /** Folds what the log has beyond what is folded. */
    private void catchUp() {
        wholly(() -> log.read(id, cells.fold().position(), cells.fold()::accept));
        mayBeBehind = false;
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
     * Notes that the log may have facts that are not folded: it is read before anything else. The latest moment stays, since it has all that was recorded
     * for certain.
     */
    void doubt() {
        mayBeBehind = true;
    }

    private void foldAgain() {
        tooLateBefore += cells.fold().tooLate();
        cells = folded(cells.calendar());
        isHalfDone = false;
        mayBeBehind = false;
    }

    /** Sees to it that all is folded that is known to be in the log. */
    private void settle() {
        if (isHalfDone) {
            foldAgain();
        } else if (mayBeBehind) {
            catchUp();
        }
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
            settle();
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
                settle();
                directory = next;
                hasChanged();
                return true;
            }
            return false;
        });
        if (!isSame) {
            rebuild(next, calendar);
        }
    }

    private void rebuild(ClinicDirectory nextDirectory, ClinicCalendar calendar) {
        ClinicCells next = folded(calendar);
        shard.locked(() -> {
            log.read(id, next.fold().position(), next.fold()::accept);
            next.advance(cells.now());
            next.advance(clock.instant());
            tooLateBefore += cells.fold().tooLate();
            cells = next;
            isHalfDone = false;
            mayBeBehind = false;
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
                cells.fold().newest());
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
        log.read(id, 0, all.fold()::accept);
        return all;
    }

    private ClinicCells newCells(ClinicCalendar calendar) {
        return new ClinicCells(id, calendar, settings, log, clock.instant());
    }

    private Clinic clinic(ClinicDirectory of) {
        return of.clinic(id).orElseThrow(() -> new IllegalArgumentException("The directory lacks clinic " + id));
    }
}
