package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.fold.FoldSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One clinic in the engine: its cells and the reference data that they are read by, under a lock. A fact is appended to the log and folded under the same hold of the lock, so the cells always
 * are those of the facts that the log has accepted.
 *
 * <p>A change of calendar folds the whole log anew beside the cells in use, which go on answering and taking facts. What is accepted meanwhile is noted
 * and folded in before the swap, unless the reading of the log has already come across it.
 */
final class ClinicState {

    private final ClinicId id;
    private final EventLog log;
    private final FoldSettings settings;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private ClinicDirectory directory;
    private ClinicCells cells;
    private @Nullable List<Fact> acceptedMeanwhile;

    /** Folds what the log has of the clinic. */
    ClinicState(ClinicId id, ClinicDirectory directory, EventLog log, FoldSettings settings, Clock clock) {
        this.id = id;
        this.directory = directory;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.cells = newCells(ClinicCalendar.of(clinic(directory)));
        log.read(id, cells::accept);
    }

    /** Stores facts of this clinic and folds those that are new. */
    List<Outcome> record(List<Fact> facts) {
        lock.lock();
        try {
            List<Outcome> outcomes = log.append(facts);
            cells.advance(clock.instant());
            for (int i = 0; i < facts.size(); i++) {
                if (outcomes.get(i) == Outcome.ACCEPTED) {
                    accept(facts.get(i));
                }
            }
            return outcomes;
        } finally {
            lock.unlock();
        }
    }

    private void accept(Fact fact) {
        cells.accept(fact);
        if (acceptedMeanwhile != null) {
            acceptedMeanwhile.add(fact);
        }
    }

    /** Asks the cells as they stand at a moment, or at the latest that they were asked for when that lies behind it. */
    <T> T ask(Instant now, Question<T> question) {
        lock.lock();
        try {
            Instant asOf = cells.advance(now);
            return question.answer(cells, directory, clinic(directory), asOf);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Answers by other reference data from now on. Where it changes what facts depend on, the whole log is folded anew first. One call at a time.
     *
     * @param next has this clinic
     */
    void use(ClinicDirectory next) {
        ClinicCalendar calendar = ClinicCalendar.of(clinic(next));
        lock.lock();
        try {
            if (cells.calendar().equals(calendar)) {
                directory = next;
                return;
            }
            acceptedMeanwhile = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        try {
            rebuild(next, calendar);
        } finally {
            stopNoting();
        }
    }

    private void stopNoting() {
        lock.lock();
        try {
            acceptedMeanwhile = null;
        } finally {
            lock.unlock();
        }
    }

    private void rebuild(ClinicDirectory nextDirectory, ClinicCalendar calendar) {
        ClinicCells next = newCells(calendar);
        Set<Long> read = new HashSet<>();
        log.read(id, fact -> {
            read.add(fact.id());
            next.accept(fact);
        });
        lock.lock();
        try {
            if (acceptedMeanwhile != null) {
                acceptedMeanwhile.stream()
                        .filter(fact -> !read.contains(fact.id()))
                        .forEach(next::accept);
            }
            next.advance(cells.advance(clock.instant()));
            cells = next;
            directory = nextDirectory;
        } finally {
            lock.unlock();
        }
    }

    private ClinicCells newCells(ClinicCalendar calendar) {
        return new ClinicCells(calendar, settings, clock.instant());
    }

    private Clinic clinic(ClinicDirectory of) {
        return of.clinic(id).orElseThrow(() -> new IllegalArgumentException("The directory lacks clinic " + id));
    }

    /** What is asked of the cells, under the reference data of the same moment. */
    @FunctionalInterface
    interface Question<T> {

        T answer(ClinicCells cells, ClinicDirectory directory, Clinic clinic, Instant asOf);
    }
}
