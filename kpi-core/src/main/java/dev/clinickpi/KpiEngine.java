package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditUnavailableException;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.EventSource;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Outbox;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.store.CellStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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

    private final Folding folding;
    private final PrivacyGate gate;
    private final Publication publication;
    private final AuditLog audit;
    private final Clock clock;
    private final List<KpiDefinition> catalogue;
    private final boolean queriesOnly;
    private final ConcurrentMap<ClinicId, ClinicState> clinics = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClinicId, ReadClinic> readClinics = new ConcurrentHashMap<>();
    private final Tally tally = new Tally();
    private final LiveUpdates liveUpdates;
    private final List<Shard> shards;
    private final @Nullable Checkpoints checkpoints;
    private final Follower follower;
    private final Eraser eraser;
    private final Object directoryChange = new Object();
    private final ReadWriteLock recording = new ReentrantReadWriteLock();
    private volatile ClinicDirectory directory;
    private volatile boolean closed;

    KpiEngine(ClinicDirectory directory, EventLog events, Privacy privacy, AuditLog audit, KpiEngineBuilder options) {
        this.directory = directory;
        this.clock = options.clock;
        FoldSettings settings = new FoldSettings(options.conversionWindow, options.activeWindow);
        this.folding = new Folding(events, options.cells, settings, clock);
        this.gate = Objects.requireNonNull(privacy.gate(), "privacy.gate()");
        this.publication = Objects.requireNonNull(privacy.publication(), "privacy.publication()");
        this.audit = audit;
        this.catalogue = List.copyOf(options.catalogue);
        this.queriesOnly = options.queriesOnly;
        this.liveUpdates = new LiveUpdates(options.liveEvery, options.liveExecutor);
        int settledOfShard = Math.max(1, options.settledInMemory / options.shards);
        this.shards = Stream.generate(() -> new Shard(events, tally, clock, settledOfShard))
                .limit(options.shards)
                .toList();
        this.checkpoints = options.cells == null || queriesOnly
                ? null
                : new Checkpoints(options.cells, shards, options.lease, clock);
        this.follower = new Follower(events, clinics::get, checkpoints, options.checkpointEvery, clock);
        this.eraser = new Eraser(this, events, follower, clinics::get);
        if (!queriesOnly) {
            directory.clinics().keySet().forEach(clinic -> clinics.put(clinic, newState(clinic, directory)));
            start(options);
        }
    }

    private void start(KpiEngineBuilder options) {
        if (folding.store() == null) {
            clinics.values().forEach(ClinicState::load);
        }
        if (folding.log().isShared() || checkpoints != null) {
            follower.start(options.followEvery);
        }
    }

    /** A builder; directory, events, privacy and audit must be given. */
    public static KpiEngineBuilder builder() {
        return new KpiEngineBuilder();
    }

    /**
     * Takes events in. Those that hold are stored before this returns and count from then on, or from when their time comes; the others are rejected
     * with their place in the list, and change nothing.
     */
    public RecordResult record(List<? extends KpiEvent> events) {
        return whileOpen(() -> ingest(events, this::store));
    }

    /**
     * Takes events in within a transaction of the host's, through an outbox that the event log gave for it. They pass the gate and are judged and
     * counted as by {@link #record(List)}, but no figure knows of them before the host has committed and the log has given them their positions, which
     * is when it is next asked for news; where the host rolls back they never were, though they stay counted in {@link #health()}.
     *
     * <pre>{@code
     * connection.setAutoCommit(false);
     * book(appointment, connection);
     * engine.record(events.outbox(connection), List.of(booked));
     * connection.commit();
     * }</pre>
     *
     * <p>When this throws, some of the events may be stored in the transaction and some not: roll it back.
     */
    public RecordResult record(Outbox outbox, List<? extends KpiEvent> events) {
        Objects.requireNonNull(outbox, "outbox");
        return whileOpen(() -> ingest(events, (shard, facts) -> {
            List<Outcome> outcomes = outbox.append(facts);
            tally.became(outcomes);
            return outcomes;
        }));
    }

    private RecordResult ingest(List<? extends KpiEvent> events, Ingestion.Destination destination) {
        Ingestion ingestion = new Ingestion(this, destination, rejection -> {}, () -> {});
        long place = 0;
        for (KpiEvent event : events) {
            ingestion.add(++place, "", event);
        }
        return ingestion.finish();
    }

    /**
     * Takes the events of a source in, to its end. Each refusal is counted once, whether the source or the engine refuses. After each batch that is
     * stored the source is told so ({@link EventSource#acknowledge()}).
     *
     * @param rejections gets each rejected line or row when it is met
     * @throws IOException if the input could not be read; what was read before is stored
     */
    public RecordResult record(EventSource source, Consumer<Rejection> rejections) throws IOException {
        requireOpen();
        Ingestion ingestion = new Ingestion(this, this::store, rejections, source::acknowledge);
        try {
            ingestion.addAll(source);
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

    private PastClinic past(ClinicId clinic, Instant moment) {
        ClinicDirectory reference = directory;
        return new PastClinic(folding, reference, reference.clinic(clinic).orElseThrow(KpiEngine::denied), moment);
    }

    /**
     * Erases a patient of a clinic for good (GDPR Art. 17): figures are from then on what they would be had no event ever named the patient, in this engine at once, and in
     * every other engine and the store as soon as they next look at the log. Events of the patient that come again are refused and counted ({@link
     * RecordResult#erased()}). What is left is a record that a patient of the clinic was erased, which does not say who, and in the log the keyed ids that the
     * events are refused by.
     *
     * <p>Where this throws after the record was written, the erasure may be half done; call it again, and it goes on. An unknown patient is erased like any other.
     *
     * @param patientId the host's id of the patient, as events bear it; it goes no further than the privacy gate
     * @throws AccessDeniedException unless the principal is the clinic's admin
     * @throws AuditUnavailableException if the erasure could not be recorded; nothing is erased then
     * @throws IllegalStateException if the log has forgotten facts of the clinic, without which its cells cannot be folded again; nothing is erased then
     * @throws UnsupportedOperationException if the event log cannot erase
     */
    public void erasePatient(Principal principal, ClinicId clinic, String patientId) {
        whileOpen(() -> {
            eraser.erasePatient(principal, clinic, patientId);
            return true;
        });
    }

    /**
     * Erases a clinic for good: its key where the gate can destroy it, its events, entities and cells. What of it comes again is refused. What is left is the audit trail
     * with the record of this, and a mark in the log that refuses. Take the clinic out of the reference data afterwards, in every engine. Where this throws
     * after the record was written, call it again, and it goes on.
     *
     * @return whether the clinic's key is destroyed, too; else it is the host's to destroy
     * @throws AccessDeniedException unless the principal is a super admin and the reference data has the clinic
     * @throws AuditUnavailableException if the erasure could not be recorded; nothing is erased then
     * @throws UnsupportedOperationException if the event log cannot erase
     */
    public boolean eraseClinic(Principal principal, ClinicId clinic) {
        return whileOpen(() -> eraser.eraseClinic(principal, clinic));
    }

    /**
     * Replaces the reference data while the engine runs. Prices, rates, revenue per visit, fees and tiers hold from the next question on; for a clinic
     * whose zone changed, or opening hours or holidays of days that have begun, this folds its log anew and returns when its new cells answer. All clinics
     * change or none: what can fail is done before the first of them does.
     *
     * @throws IllegalStateException if the log of a clinic would have to be folded anew and no longer has all of its facts
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
            List<Runnable> changes = clinics.values().stream()
                    .filter(state -> next.clinic(state.id()).isPresent())
                    .map(state -> state.prepare(next))
                    .toList();
            changes.forEach(Runnable::run);
            if (!queriesOnly) {
                next.clinics().keySet().forEach(clinic -> clinics.computeIfAbsent(clinic, id -> newState(id, next)));
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
        return new ClinicState(clinic, reference, shard(clinic), folding);
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

    /**
     * How the engine is: what became of the events, and what it holds in memory. It does not wait: what a shard of clinics holds while it is busy is what it held when it was
     * last asked.
     */
    public EngineHealth health() {
        Instant now = clock.instant();
        Shard.Holdings held = Shard.Holdings.NONE;
        for (Shard shard : shards) {
            held = held.plus(shard.latestHoldings());
        }
        return new EngineHealth(
                now,
                tally.count(Outcome.ACCEPTED),
                tally.count(Outcome.DUPLICATE),
                tally.count(Outcome.CONFLICT),
                tally.countOfRejected(),
                tally.count(Outcome.TOO_LATE) + held.tooLate(),
                tally.count(Outcome.ERASED),
                held.entities(),
                held.cells(),
                held.bytes(),
                held.newest() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(held.newest()),
                checkpoints == null ? 0 : checkpoints.shardsHeld(),
                checkpoints == null ? null : checkpoints.savedAt(),
                follower.failingSince());
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
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            recording.writeLock().unlock();
        }
        liveUpdates.close();
        follower.close();
    }

    /** Looks for what others have appended, and keeps what is folded, without waiting for the interval. */
    void lookNow() {
        follower.lookNow();
    }

    /** The shard that a clinic belongs to: the same in every process, since engines over one store share it out by shards. */
    Shard shard(ClinicId clinic) {
        return shards.get(Math.floorMod(clinic.value().hashCode(), shards.size()));
    }

    /** Stores facts of one shard's clinics and folds those that are new. */
    private List<Outcome> store(Shard shard, List<Fact> facts) {
        return shard.record(facts, clinics::get);
    }

    /**
     * Does some recording that closing waits for.
     *
     * @throws IllegalStateException if the engine is closed or only answers questions
     */
    <T> T whileOpen(Supplier<T> work) {
        recording.readLock().lock();
        try {
            requireOpen();
            if (queriesOnly) {
                throw new IllegalStateException(
                        "This engine only answers questions; build another one without queriesOnly() to record");
            }
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

    /** Where a clinic's moments come from; null when there is no such clinic. */
    ClinicMoment.@Nullable Source source(ClinicId clinic) {
        if (!queriesOnly) {
            return clinics.get(clinic);
        }
        CellStore store = folding.store();
        return store == null || directory.clinic(clinic).isEmpty()
                ? null
                : readClinics.computeIfAbsent(clinic, id -> new ReadClinic(id, store, folding, this::directory));
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
}
