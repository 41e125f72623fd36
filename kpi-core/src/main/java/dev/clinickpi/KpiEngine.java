package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard engine of an installation: it takes the events of its clinics in and opens their dashboards. Safe for use by many threads.
 *
 * <pre>{@code
 * KpiEngine engine = KpiEngine.builder()
 *         .directory(ClinicDirectory.read(Path.of("clinics.json")))
 *         .events(EventLog.inMemory())
 *         .privacy(StandardPrivacy.with(keys))
 *         .audit(AuditLog.inMemory())
 *         .build();
 *
 * engine.record(events);
 *
 * ClinicDashboard sol = engine.open(Principal.clinicAdmin("ana", ClinicId.of("sol")), ClinicId.of("sol"));
 * KpiReport march = sol.report(Period.month(2026, 3));
 * }</pre>
 */
public final class KpiEngine implements AutoCloseable {

    private final EventLog events;
    private final PrivacyGate gate;
    private final Publication publication;
    private final AuditLog audit;
    private final Clock clock;
    private final FoldSettings settings;
    private final List<KpiDefinition> catalogue;
    private final ConcurrentMap<ClinicId, ClinicState> clinics = new ConcurrentHashMap<>();
    private final Tally tally = new Tally();
    private final LiveUpdates liveUpdates;
    private final List<Shard> shards;
    private final Object directoryChange = new Object();
    private final ReadWriteLock recording = new ReentrantReadWriteLock();
    private volatile ClinicDirectory directory;
    private volatile boolean closed;

    private KpiEngine(ClinicDirectory directory, EventLog events, Privacy privacy, AuditLog audit, Builder options) {
        this.directory = directory;
        this.events = events;
        this.gate = Objects.requireNonNull(privacy.gate(), "privacy.gate()");
        this.publication = Objects.requireNonNull(privacy.publication(), "privacy.publication()");
        this.audit = audit;
        this.clock = options.clock;
        this.settings = new FoldSettings(options.conversionWindow, options.activeWindow);
        this.catalogue = List.copyOf(options.catalogue);
        this.liveUpdates = new LiveUpdates(options.liveEvery, options.liveExecutor);
        int settledOfShard = Math.max(1, options.settledInMemory / options.shards);
        this.shards = Stream.generate(() -> new Shard(events, tally, clock, settledOfShard))
                .limit(options.shards)
                .toList();
        directory.clinics().keySet().forEach(clinic -> clinics.put(clinic, newState(clinic, directory)));
    }

    /** A builder; directory, events, privacy and audit must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes events in. Those that hold are stored before this returns and count from then on, or from when their time comes; the others are rejected
     * with their place in the list, and change nothing.
     */
    public RecordResult record(List<? extends KpiEvent> events) {
        return whileOpen(() -> {
            Ingestion ingestion = new Ingestion(this, rejection -> {});
            long place = 0;
            for (KpiEvent event : events) {
                ingestion.add(++place, event);
            }
            return ingestion.finish();
        });
    }

    /**
     * Takes the events of a reader in, to its end.
     *
     * @param rejections gets each rejected line when it is met
     * @throws IOException if the input could not be read; what was read before is stored
     */
    public RecordResult record(EventReader reader, Consumer<Rejection> rejections) throws IOException {
        requireOpen();
        Ingestion ingestion = new Ingestion(this, rejections);
        try {
            KpiEvent event = reader.next(ingestion::reject);
            while (event != null) {
                ingestion.add(reader.line(), event);
                event = reader.next(ingestion::reject);
            }
        } finally {
            ingestion.store();
        }
        return ingestion.finish();
    }

    /**
     * Opens a clinic's dashboard: the one way to its figures.
     *
     * @throws AccessDeniedException if there is no such clinic or the principal may not see it
     * @throws AuditUnavailableException if the access could not be recorded
     */
    public ClinicDashboard open(Principal principal, ClinicId clinic) {
        return open(principal, clinic, null);
    }

    /**
     * The engine at a past moment.
     *
     * @throws IllegalArgumentException if the moment has not come yet
     */
    public AsOf asOf(Instant moment) {
        if (moment.isAfter(clock.instant())) {
            throw new IllegalArgumentException(
                    "The engine does not know what will be; ask as of a moment that has come");
        }
        return new AsOf(this, moment);
    }

    /** As of a past moment, or of each question's own when it is null. */
    ClinicDashboard open(Principal principal, ClinicId clinic, @Nullable Instant moment) {
        requireOpen();
        Instant now = clock.instant();
        String detail = moment == null ? "" : "as of " + moment;
        if (directory.clinic(clinic).isEmpty() || !principal.mayRead(clinic, now)) {
            audit(principal, AuditRecord.Action.DASHBOARD_REFUSED, clinic, detail, now);
            throw denied();
        }
        audit(principal, AuditRecord.Action.OPEN_DASHBOARD, clinic, detail, now);
        return new ClinicDashboard(this, principal, clinic, moment == null ? null : past(clinic, moment));
    }

    /** Folds the part of a clinic's log that existed at a moment. */
    private ClinicMoment past(ClinicId clinic, Instant moment) {
        ClinicDirectory reference = directory;
        Clinic itself = reference.clinic(clinic).orElseThrow(KpiEngine::denied);
        if (events.floor(clinic) != Long.MIN_VALUE) {
            throw new IllegalStateException(
                    "The event log has forgotten facts of clinic " + clinic + ", so its past cannot be folded again");
        }
        ClinicCells cells = new ClinicCells(clinic, ClinicCalendar.of(itself), settings, events, moment);
        events.read(clinic, 0, (position, fact) -> {
            if (fact.at() <= moment.toEpochMilli()) {
                cells.fold().accept(position, fact);
            }
        });
        return cells.moment(reference, itself);
    }

    /**
     * Replaces the reference data while the engine runs. Prices, rates, revenue per visit, fees and tiers hold from the next question on; for a clinic
     * whose zone, opening hours or holidays changed this folds its log anew and returns when its new cells answer.
     *
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws AuditUnavailableException if the change could not be recorded
     */
    public void replaceDirectory(Principal principal, ClinicDirectory next) {
        Objects.requireNonNull(next, "next");
        if (!principal.mayChangeReferenceData()) {
            throw new AccessDeniedException("Only a super admin may change the reference data");
        }
        synchronized (directoryChange) {
            audit(
                    principal,
                    AuditRecord.Action.CHANGE_REFERENCE_DATA,
                    null,
                    next.clinics().size() + " clinics",
                    clock.instant());
            for (ClinicId clinic : next.clinics().keySet()) {
                clinics.computeIfAbsent(clinic, id -> newState(id, next)).use(next);
            }
            directory = next;
            clinics.values().removeIf(state -> {
                boolean gone = next.clinic(state.id()).isEmpty();
                if (gone) {
                    state.leave();
                }
                return gone;
            });
        }
    }

    private ClinicState newState(ClinicId clinic, ClinicDirectory reference) {
        return new ClinicState(clinic, reference, shard(clinic), events, settings, clock);
    }

    /** Writes a record before what it records takes effect. */
    void audit(Principal principal, AuditRecord.Action action, @Nullable ClinicId clinic, String detail, Instant at) {
        String reason = principal.reason() == null ? "" : "reason: " + principal.reason();
        String whole = detail.isEmpty() || reason.isEmpty() ? detail + reason : detail + "; " + reason;
        try {
            audit.write(new AuditRecord(at, principal.name(), principal.role(), action, clinic, whole));
        } catch (RuntimeException e) {
            throw new AuditUnavailableException(
                    "The audit log could not record " + action
                            + ", so it was refused; see to the audit log and ask again",
                    e);
        }
    }

    /** One message whether the clinic exists or not. */
    static AccessDeniedException denied() {
        return new AccessDeniedException("There is no such clinic, or the principal may not see it");
    }

    /** How the engine is: what became of the events, and what it holds in memory. */
    public EngineHealth health() {
        Instant now = clock.instant();
        Shard.Holdings held = Shard.Holdings.NONE;
        for (Shard shard : shards) {
            held = held.plus(shard.holdings());
        }
        return new EngineHealth(
                now,
                tally.count(Outcome.ACCEPTED),
                tally.count(Outcome.DUPLICATE),
                tally.count(Outcome.CONFLICT),
                tally.countOfRejected(),
                tally.count(Outcome.TOO_LATE) + held.tooLate(),
                held.entities(),
                held.cells(),
                held.bytes(),
                held.newest() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(held.newest()));
    }

    /**
     * Closes the engine: a list that is being recorded is stored and folded to its end, of a reader's input the batch under way; who watches is told
     * that there is no more, and whatever is called after that is refused. The event log and the audit log are the host's to close. Closing again
     * changes nothing.
     */
    @Override
    public void close() {
        recording.writeLock().lock();
        try {
            closed = true;
        } finally {
            recording.writeLock().unlock();
        }
        liveUpdates.close();
    }

    /** The shard that a clinic belongs to. */
    Shard shard(ClinicId clinic) {
        return shards.get(Math.floorMod(clinic.hashCode(), shards.size()));
    }

    /** Stores facts of one shard's clinics and folds those that are new. */
    List<Outcome> record(Shard shard, List<Fact> facts) {
        return shard.record(facts, clinics::get);
    }

    /**
     * Does some recording that closing waits for.
     *
     * @throws IllegalStateException if the engine is closed
     */
    <T> T whileOpen(Supplier<T> work) {
        recording.readLock().lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            recording.readLock().unlock();
        }
    }

    /** @throws IllegalStateException if the engine is closed */
    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The engine is closed; build another one");
        }
    }

    ClinicDirectory directory() {
        return directory;
    }

    @Nullable
    ClinicState state(ClinicId clinic) {
        return clinics.get(clinic);
    }

    PrivacyGate gate() {
        return gate;
    }

    Publication publication() {
        return publication;
    }

    Clock clock() {
        return clock;
    }

    Tally tally() {
        return tally;
    }

    LiveUpdates liveUpdates() {
        return liveUpdates;
    }

    List<KpiDefinition> catalogue() {
        return catalogue;
    }

    /** What an engine is made of. */
    public static final class Builder {

        private static final int DEFAULT_SHARDS = 8;
        private static final int DEFAULT_SETTLED_IN_MEMORY = 200_000;
        private static final Duration DEFAULT_LIVE_EVERY = Duration.ofMillis(250);

        private final List<KpiDefinition> catalogue = new ArrayList<>(Kpi.ALL);
        private @Nullable ClinicDirectory directory;
        private @Nullable EventLog events;
        private @Nullable Privacy privacy;
        private @Nullable AuditLog audit;
        private Clock clock = Clock.systemUTC();
        private Duration conversionWindow = FoldSettings.DEFAULT.conversionWindow();
        private Duration activeWindow = FoldSettings.DEFAULT.activeWindow();
        private int shards = DEFAULT_SHARDS;
        private int settledInMemory = DEFAULT_SETTLED_IN_MEMORY;
        private Duration liveEvery = DEFAULT_LIVE_EVERY;
        private Executor liveExecutor = ForkJoinPool.commonPool();

        private Builder() {}

        /** The reference data. Required. */
        public Builder directory(ClinicDirectory reference) {
            directory = reference;
            return this;
        }

        /** Where the facts are kept. Required. */
        public Builder events(EventLog log) {
            events = log;
            return this;
        }

        /** What events pass on the way in and figures on the way out. Required. */
        public Builder privacy(Privacy guard) {
            privacy = guard;
            return this;
        }

        /** Where it is written down who did what. Required. */
        public Builder audit(AuditLog log) {
            audit = log;
            return this;
        }

        /** The clock that says what has happened yet; the system's unless set. */
        public Builder clock(Clock source) {
            clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        /** How long after its start a conversation may convert; 720 hours unless set. */
        public Builder conversionWindow(Duration window) {
            conversionWindow = Objects.requireNonNull(window, "conversionWindow");
            return this;
        }

        /** How long after its latest message a conversation counts as active; 30 minutes unless set. */
        public Builder activeWindow(Duration window) {
            activeWindow = Objects.requireNonNull(window, "activeWindow");
            return this;
        }

        /**
         * How many shards the clinics are spread over; 8 unless set. Each is recorded to by one thread at a time, which holds it while the event log
         * stores a batch; threads that record to clinics of different shards do not wait for each other.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder shards(int number) {
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
        public Builder settledInMemory(int most) {
            settledInMemory = positive(most, "settledInMemory");
            return this;
        }

        /**
         * How often it is looked whether there is something to tell to who watches a dashboard; 250 milliseconds unless set.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder liveEvery(Duration interval) {
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException("liveEvery is longer than nothing");
            }
            liveEvery = interval;
            return this;
        }

        /** What tells who watches a dashboard; the common pool unless set. It is the host's to shut down. */
        public Builder liveExecutor(Executor tellers) {
            liveExecutor = Objects.requireNonNull(tellers, "liveExecutor");
            return this;
        }

        /**
         * A KPI of the host's own, behind the twelve in every report.
         *
         * @throws IllegalArgumentException if there is one of that id
         */
        public Builder kpi(KpiDefinition own) {
            if (catalogue.stream().anyMatch(kpi -> kpi.id().equals(own.id()))) {
                throw new IllegalArgumentException("There is a KPI " + own.id() + " already; choose another id");
            }
            catalogue.add(own);
            return this;
        }

        /**
         * The engine. Folds what the event log has.
         *
         * @throws IllegalStateException if something that is required is missing
         * @throws IllegalArgumentException if a window is not positive
         */
        public KpiEngine build() {
            return new KpiEngine(
                    given(directory, "directory"),
                    given(events, "events"),
                    given(privacy, "privacy"),
                    given(audit, "audit"),
                    this);
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
}
