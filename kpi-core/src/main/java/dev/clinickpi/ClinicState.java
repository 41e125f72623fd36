package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clinic in the engine: its cells and the reference data that they are read by, changed under its shard's lock alone. Where a store keeps cells they
 * are loaded when the clinic is first needed.
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
    private final Folding folding;
    private ClinicDirectory directory;
    private @Nullable ClinicCells cells;
    private volatile @Nullable ClinicMoment latest;
    private volatile boolean asked;
    private final AtomicLong changes = new AtomicLong();
    private boolean isHalfDone;
    private boolean mayBeBehind;
    private boolean mayBeBeyondStore;
    private long tooLateBefore;
    private long erasures;

    /** A clinic that is folded when it is first needed. */
    ClinicState(ClinicId id, ClinicDirectory directory, Shard shard, Folding folding) {
        this.id = id;
        this.shard = shard;
        this.directory = directory;
        this.folding = folding;
        shard.add(this);
    }

    /**
     * Folds facts that the log has just accepted. Under the shard's lock.
     *
     * @param first the position of the first of them
     */
    void accept(long first, List<Fact> facts, int step, Instant now) {
        ClinicCells present = cells;
        if (present != null
                && !isHalfDone
                && !isBeforeErasure()
                && first == present.fold().position()) {
            present.fold().step(step);
            wholly(() -> {
                present.advance(now);
                present.fold().accept(first, facts);
            });
        } else {
            // The log has these facts, too.
            mayBeBehind = true;
            boolean wasBeyond = present != null && !isHalfDone && present.fold().position() > first;
            if (wasBeyond || isBeyondLog(upToDate(), first)) {
                foldWholeLog(first);
            }
        }
        hasChanged();
    }

    /** The position behind all that is folded; 0 when nothing is in memory. */
    long position() {
        return shard.locked(() -> cells == null ? 0 : cells.fold().position());
    }

    /**
     * Folds what others have appended, if the clinic is in memory.
     *
     * @param before the position that it had come to before the log was asked for its end, which it may have passed since
     * @param end where its part of the log ended
     */
    void follow(long before, long end, Instant now) {
        shard.doLocked(() -> {
            ClinicCells present = cells;
            if (present != null && before > end) {
                foldWholeLog(end);
                hasChanged();
            } else if (present != null && present.fold().position() < end) {
                if (!isHalfDone) {
                    wholly(() -> present.advance(now));
                }
                mayBeBehind = true;
                upToDate();
                hasChanged();
                shard.makeRoom();
            }
        });
    }

    /**
     * Forgets all that was folded before the latest erasure, the moment that is shown among it; it is folded again when it is next needed. Where the log no longer
     * has what that takes, what was erased is taken out of what is folded.
     *
     * @param latestErasures how often something of the clinic has been erased from the log
     */
    void erased(long latestErasures) {
        shard.doLocked(() -> {
            boolean isNews = latestErasures != erasures;
            erasures = latestErasures;
            boolean isBefore = isBeforeErasure();
            if (isBefore) {
                try {
                    takeOutErased();
                } catch (RuntimeException e) {
                    LOG.warn("What was erased of clinic {} is taken out when its event log can be read again", id, e);
                }
            }
            if (isNews || isBefore) {
                hasChanged();
            }
        });
    }

    /** Whether the store has more of the clinic than the log, which has had facts appended at a position. */
    private boolean isBeyondLog(ClinicCells loaded, long appendedAt) {
        return loaded.keptPosition() > appendedAt
                && loaded.keptPosition() > folding.log().ends().getOrDefault(id, 0L);
    }

    /** For a log that has lost facts that it had, as one has that was restored from a backup: what was folded of it, and kept, is no more. */
    private void foldWholeLog(long end) {
        LOG.warn("The event log of clinic {} ended at {}, before what was folded of it; all is folded again", id, end);
        cells = ClinicCells.folded(id, calendar(directory), folding);
        isHalfDone = false;
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

    private boolean isBeforeErasure() {
        return cells != null && cells.erasures() < erasures;
    }

    /** Has no cells in memory any more that count what was erased: they are corrected where they cannot be folded again, else forgotten. */
    private void takeOutErased() {
        ClinicCells present = cells;
        boolean isToBeCorrected =
                present != null && !isHalfDone && ClinicCells.isToBeCorrected(id, present.erasures(), folding.log());
        Runnable correction = present == null || !isToBeCorrected ? null : present.correction();
        if (present == null || correction == null) {
            unload();
        } else {
            wholly(correction);
            erasures = present.erasures();
            latest = null;
            changes.incrementAndGet();
        }
    }

    /**
     * How often something of the clinic was erased that is not counted here, with what is known of the log folded.
     *
     * @throws RuntimeException if the log cannot be read
     */
    long erasuresTakenOut() {
        return shard.locked(() -> upToDate().erasures());
    }

    /** The cells with all folded that is known to be in the log. */
    private ClinicCells upToDate() {
        if (isBeforeErasure()) {
            takeOutErased();
        }
        ClinicCells present = cells;
        if (present == null || isHalfDone || isBeforeErasure()) {
            tooLateBefore += present == null ? 0 : present.fold().tooLate();
            present = ClinicCells.loaded(id, calendar(directory), folding);
            cells = present;
            if (present.erasures() != erasures) {
                // The moment that is shown is of before.
                latest = null;
                changes.incrementAndGet();
            }
            erasures = present.erasures();
            if (mayBeBeyondStore) {
                present.notSaved();
            }
            isHalfDone = false;
        } else if (mayBeBehind) {
            wholly(present::catchUp);
        }
        mayBeBehind = false;
        return present;
    }

    /** Folds what the log has, if nothing is in memory. */
    void load() {
        shard.doLocked(() -> {
            upToDate();
            shard.makeRoom();
        });
    }

    /** Forgets what is in memory, for it to be loaded when it is needed again. The latest moment stays. Under the shard's lock. */
    void unload() {
        tooLateBefore += cells == null ? 0 : cells.fold().tooLate();
        cells = null;
        isHalfDone = false;
    }

    boolean isLoaded() {
        return cells != null;
    }

    /**
     * What a store has to keep as of a moment; null for nothing. Under the shard's lock. Until {@link #saved} is called a clinic that is loaded anew may be
     * loaded from before it, and is then written whole: the difference from there would leave out what came and went in between.
     */
    @Nullable
    Captured capture(Instant asOf) {
        ClinicCells present = upToDate();
        wholly(() -> present.advance(asOf));
        Captured captured = present.capture();
        mayBeBeyondStore |= captured != null;
        return captured;
    }

    /** Notes that the store has what was last captured. Under the shard's lock. */
    void saved() {
        mayBeBeyondStore = false;
    }

    /** Whether cells with a fingerprint are what this clinic's calendar gives. Under the shard's lock. */
    boolean isFoldedBy(String fingerprint) {
        return folding.isFoldedBy(fingerprint, calendar(directory)) && Folding.erasuresBefore(fingerprint) >= erasures;
    }

    /** Lets go of what is too much of its shard. Under the shard's lock. */
    void makeRoom() {
        shard.makeRoom();
    }

    /** Notes that the store may not have what was last captured. Under the shard's lock. */
    void notSaved() {
        mayBeBeyondStore = true;
        if (cells != null) {
            cells.notSaved();
        }
    }

    /** Goes on from what the store has, to which nobody else adds any more. Under the shard's lock. */
    void takeOver() {
        unload();
        mayBeBeyondStore = false;
    }

    private void hasChanged() {
        changes.incrementAndGet();
        latest = asked && cells != null && !isHalfDone && !isBeforeErasure()
                ? cells.moment(directory, clinic(directory))
                : null;
        asked = false;
    }

    @Override
    public long changes() {
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
            ClinicCells present = upToDate();
            wholly(() -> present.advance(now));
            moment = present.moment(directory, clinic(directory));
            latest = moment;
        }
        return moment;
    }

    /**
     * Makes ready for other reference data, which may fail and changes nothing yet: where it changes what facts depend on, the whole log is folded anew.
     * One call at a time.
     *
     * @param next has this clinic
     * @return takes the reference data into use, and does not fail
     * @throws IllegalStateException if the log would have to be folded again and no longer has all facts of the clinic
     */
    Runnable prepare(ClinicDirectory next) {
        ClinicCalendar calendar = calendar(next);
        if (shard.locked(() -> agrees(calendar))) {
            return () -> shard.doLocked(() -> use(next, calendar));
        }
        ClinicCells rebuilt = ClinicCells.refolded(id, calendar, folding);
        return () -> shard.doLocked(() -> swap(next, rebuilt));
    }

    /** Whether a calendar says the same as the present one of all days that have begun. */
    private boolean agrees(ClinicCalendar calendar) {
        ClinicCalendar present = calendar(directory);
        LocalDate today = present.lastDateBy(folding.clock().millis());
        return present.fingerprint(today).equals(calendar.fingerprint(today));
    }

    private void use(ClinicDirectory next, ClinicCalendar calendar) {
        ClinicCells present = cells;
        if (present == null || isHalfDone || !agrees(calendar)) {
            unload();
        } else {
            present.use(calendar);
        }
        directory = next;
        hasChanged();
    }

    private void swap(ClinicDirectory next, ClinicCells rebuilt) {
        unload();
        directory = next;
        cells = rebuilt;
        mayBeBehind = true;
        try {
            ClinicCells present = upToDate();
            wholly(() -> present.advance(folding.clock().instant()));
            shard.makeRoom();
        } catch (RuntimeException e) {
            LOG.warn("Clinic {} is folded by its new calendar when its event log can be read again", id, e);
        }
        hasChanged();
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
        return cells == null ? 0 : cells.fold().entities();
    }

    Shard.Holdings holdings() {
        ClinicCells present = cells;
        return present == null
                ? new Shard.Holdings(0, 0, 0, tooLateBefore, Long.MIN_VALUE)
                : new Shard.Holdings(
                        entities(),
                        present.cells().cells(),
                        present.cells().bytes() + present.fold().bytes(),
                        tooLateBefore + present.fold().tooLate(),
                        present.fold().newest());
    }

    void forEachSettled(IntConsumer steps) {
        if (cells != null) {
            cells.fold().forEachSettled(steps);
        }
    }

    void letGo(int beforeStep) {
        if (cells != null) {
            cells.fold().letGo(beforeStep);
        }
    }

    private ClinicCalendar calendar(ClinicDirectory of) {
        return ClinicCalendar.of(clinic(of));
    }

    private Clinic clinic(ClinicDirectory of) {
        return of.clinic(id).orElseThrow(() -> new IllegalArgumentException("The directory lacks clinic " + id));
    }
}
