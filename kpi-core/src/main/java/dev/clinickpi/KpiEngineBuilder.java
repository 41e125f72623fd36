package dev.clinickpi;

import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.store.CellStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a {@link KpiEngine} is made of: directory, events, privacy and audit must be given. */
public final class KpiEngineBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(KpiEngineBuilder.class);

    private static final int DEFAULT_SHARDS = 8;
    private static final int DEFAULT_SETTLED_IN_MEMORY = 200_000;
    private static final Duration DEFAULT_LIVE_EVERY = Duration.ofMillis(250);

    private static final Duration DEFAULT_FOLLOW_EVERY = Duration.ofMillis(250);
    private static final Duration DEFAULT_CHECKPOINT_EVERY = Duration.ofSeconds(1);
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(10);
    private static final Duration DEFAULT_BREAK_GLASS = Duration.ofHours(8);

    final List<KpiDefinition> catalogue = new ArrayList<>(Kpi.ALL);
    private @Nullable ClinicDirectory directory;
    private @Nullable EventLog events;
    private @Nullable Privacy privacy;
    private @Nullable AuditLog audit;

    @Nullable
    CellStore cells;

    Clock clock = Clock.systemUTC();
    Duration conversionWindow = FoldSettings.DEFAULT.conversionWindow();
    Duration activeWindow = FoldSettings.DEFAULT.activeWindow();
    int shards = DEFAULT_SHARDS;
    int settledInMemory = DEFAULT_SETTLED_IN_MEMORY;
    Duration liveEvery = DEFAULT_LIVE_EVERY;
    Executor liveExecutor = ForkJoinPool.commonPool();
    Duration followEvery = DEFAULT_FOLLOW_EVERY;
    Duration checkpointEvery = DEFAULT_CHECKPOINT_EVERY;
    Duration lease = DEFAULT_LEASE;
    Duration breakGlassAtMost = DEFAULT_BREAK_GLASS;
    boolean queriesOnly;

    KpiEngineBuilder() {}

    /** The reference data. Required. */
    public KpiEngineBuilder directory(ClinicDirectory reference) {
        directory = reference;
        return this;
    }

    /** Where the facts are kept. Required. */
    public KpiEngineBuilder events(EventLog log) {
        events = log;
        return this;
    }

    /** What events pass on the way in and figures on the way out. Required. */
    public KpiEngineBuilder privacy(Privacy guard) {
        privacy = guard;
        return this;
    }

    /** Where it is written down who did what. Required. */
    public KpiEngineBuilder audit(AuditLog log) {
        audit = log;
        return this;
    }

    /**
     * Where cells and open entities are kept between processes; nowhere unless set. An engine that has such a store starts at once and folds, when a clinic
     * is first needed, no more than what the log has beyond what is kept. It keeps what it has folded as long as no other engine does.
     */
    public KpiEngineBuilder cells(CellStore store) {
        cells = store;
        return this;
    }

    /**
     * Makes an engine that only answers questions, from the cells that another engine over the same store keeps, a second or two behind that one. It records
     * nothing and folds nothing, unless it is asked about the past.
     */
    public KpiEngineBuilder queriesOnly() {
        queriesOnly = true;
        return this;
    }

    /**
     * How often the engine looks for what others have appended to the event log, where {@linkplain EventLog#isShared() others do}; 250 milliseconds unless
     * set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KpiEngineBuilder followEvery(Duration interval) {
        followEvery = positive(interval, "followEvery");
        return this;
    }

    /**
     * How often what is folded is kept, where there is a store; a second unless set. What was not kept when a process ends is folded again by the next.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KpiEngineBuilder checkpointEvery(Duration interval) {
        checkpointEvery = positive(interval, "checkpointEvery");
        return this;
    }

    /**
     * How long other engines over one store wait for this one before they keep what is folded in its place; 10 seconds unless set. Longer than any pause that
     * this process makes while it lives is best; a longer pause loses nothing.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KpiEngineBuilder leaseFor(Duration length) {
        lease = positive(length, "leaseFor");
        return this;
    }

    /**
     * How long a service role may last at the most, from the moment that a super admin opens clinics to it; 8 hours unless set: a working day, and who needs
     * the next one gives the clinic a reason again.
     *
     * @throws IllegalArgumentException if it is not positive, or longer than 7 days
     */
    public KpiEngineBuilder breakGlassAtMost(Duration length) {
        if (length.compareTo(BreakGlass.LONGEST) > 0) {
            throw new IllegalArgumentException("breakGlassAtMost is " + BreakGlass.LONGEST + " or less");
        }
        breakGlassAtMost = positive(length, "breakGlassAtMost");
        return this;
    }

    /** The clock that says what has happened yet; the system's unless set. */
    public KpiEngineBuilder clock(Clock source) {
        clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /** How long after its start a conversation may convert; 720 hours unless set. */
    public KpiEngineBuilder conversionWindow(Duration window) {
        conversionWindow = Objects.requireNonNull(window, "conversionWindow");
        return this;
    }

    /** How long after its latest message a conversation counts as active; 30 minutes unless set. */
    public KpiEngineBuilder activeWindow(Duration window) {
        activeWindow = Objects.requireNonNull(window, "activeWindow");
        return this;
    }

    /**
     * How many shards the clinics are spread over; 8 unless set. Each is recorded to by one thread at a time, which holds it while the event log
     * stores a batch; threads that record to clinics of different shards do not wait for each other.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KpiEngineBuilder shards(int number) {
        shards = positive(number, "shards");
        return this;
    }

    /**
     * How many settled conversations, appointments and patients may stay in memory, over all clinics; 200,000 unless set. Of more, those that were
     * needed least lately are let go, and read from the event log again when something comes for them. One is settled when time alone changes
     * nothing of it any more: a conversation once its window has closed, an appointment once its start has passed. Those that are not stay.
     * At a start, and when its calendar changes, a clinic is folded whole before it lets go.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KpiEngineBuilder settledInMemory(int most) {
        settledInMemory = positive(most, "settledInMemory");
        return this;
    }

    /**
     * How often it is looked whether there is something to tell to who watches a dashboard; 250 milliseconds unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KpiEngineBuilder liveEvery(Duration interval) {
        liveEvery = positive(interval, "liveEvery");
        return this;
    }

    /** What tells who watches a dashboard; the common pool unless set. It is the host's to shut down. */
    public KpiEngineBuilder liveExecutor(Executor tellers) {
        liveExecutor = Objects.requireNonNull(tellers, "liveExecutor");
        return this;
    }

    /**
     * A KPI of the host's own, behind the twelve in every report.
     *
     * @throws IllegalArgumentException if there is one of that id
     */
    public KpiEngineBuilder kpi(KpiDefinition own) {
        if (catalogue.stream().anyMatch(kpi -> kpi.id().equals(own.id()))) {
            throw new IllegalArgumentException("There is a KPI " + own.id() + " already; choose another id");
        }
        catalogue.add(own);
        return this;
    }

    /**
     * The engine. Without a store of cells it folds what the event log has.
     *
     * @throws IllegalStateException if something that is required is missing
     * @throws IllegalArgumentException if a window is not positive, or a lease no longer than the interval of checkpoints
     */
    public KpiEngine build() {
        if (queriesOnly) {
            given(cells, "cells");
        }
        if (lease.compareTo(checkpointEvery) <= 0) {
            throw new IllegalArgumentException(
                    "leaseFor is longer than checkpointEvery, or engines would take each other's clinics between two checkpoints");
        }
        KpiEngine engine = new KpiEngine(
                given(directory, "directory"),
                given(events, "events"),
                given(privacy, "privacy"),
                given(audit, "audit"),
                this);
        warnOfForgetting(given(events, "events"), given(privacy, "privacy"));
        return engine;
    }

    /** To refuse would keep engines from being built that only record. Whoever is shown a figure has been warned by then. */
    private static void warnOfForgetting(EventLog log, Privacy guard) {
        if (log.outlivesProcess() && !guard.publication().outlivesProcess()) {
            LOG.warn("The events outlive this process, but what is released of them does not: the next process would"
                    + " put the same people together in other ways, and its figures less those of this one could"
                    + " tell of single people. Give the privacy a PublicationStore that is kept beside the events,"
                    + " such as JdbcPublicationStore");
        }
    }

    private static Duration positive(Duration length, String name) {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException(name + " is longer than nothing");
        }
        return length;
    }

    private static int positive(int number, String name) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " is positive, not " + number);
        }
        return number;
    }

    private static <T> T given(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("An engine cannot be built without " + name + "; call " + name + "(…)");
        }
        return part;
    }
}
