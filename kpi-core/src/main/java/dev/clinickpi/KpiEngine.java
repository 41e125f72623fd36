package dev.clinickpi;

import dev.clinickpi.access.AccessDeniedException;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditStore;
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
import dev.clinickpi.sector.SectorBenchmark;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final AccessControl access;
    private final BreakGlass breakGlass;
    private final AuditTrails auditTrails;
    private final Clock clock;
    private final List<KpiDefinition> catalogue;
    private final boolean queriesOnly;
    private final ClinicStates clinics;
    private final Tally tally = new Tally();
    private final LiveUpdates liveUpdates;
    private final List<Shard> shards;
    private final @Nullable Checkpoints checkpoints;
    private final Follower follower;
    private final Eraser eraser;
    private final Sectors sectors;
    private final Object directoryChange = new Object();
    private final ReadWriteLock recording = new ReentrantReadWriteLock();
    private volatile boolean closed;

    KpiEngine(ClinicDirectory directory, EventLog events, Privacy privacy, AuditLog audit, KpiEngineBuilder options) {
        this.clock = options.clock;
        FoldSettings settings = new FoldSettings(options.conversionWindow, options.activeWindow);
        this.folding = new Folding(events, options.cells, settings, clock);
        this.gate = Objects.requireNonNull(privacy.gate(), "privacy.gate()");
        this.publication = Objects.requireNonNull(privacy.publication(), "privacy.publication()");
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
        this.clinics = new ClinicStates(directory, folding, this::shard, queriesOnly);
        this.access = new AccessControl(audit, clinics::directory);
        this.breakGlass = new BreakGlass(access, privacy, options.breakGlassAtMost, clock);
        this.auditTrails = new AuditTrails(access, audit, clock);
        this.follower = new Follower(
                events,
                clinics::state,
                checkpoints,
                new ErasureCompletion(events, publication, clinics::state, checkpoints),
                options.checkpointEvery,
                clock);
        this.eraser = new Eraser(access, gate, publication, clock, events, follower, clinics::state);
        this.sectors = new Sectors(
                this,
                Objects.requireNonNull(privacy.benchmarks(), "privacy.benchmarks()"),
                options.conversionWindow,
                queriesOnly);
        if (!queriesOnly) {
            start(options);
        }
    }

    private void start(KpiEngineBuilder options) {
        if (folding.store() == null) {
            clinics.load();
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
        return whileOpen(() -> ingest(events, this::store, Ingestion.BATCH));
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
     * <p>All of them go into the outbox at once. Where another open transaction has stored one of them, this waits for its end; transactions that store the same
     * events in several calls each could wait for each other, and the database then refuses one.
     *
     * <p>When this throws, some of the events may be stored in the transaction and some not: roll it back.
     */
    public RecordResult record(Outbox outbox, List<? extends KpiEvent> events) {
        Objects.requireNonNull(outbox, "outbox");
        Ingestion.Destination destination = facts -> {
            List<Outcome> outcomes = outbox.append(facts);
            tally.became(outcomes);
            return outcomes;
        };
        return whileOpen(() -> ingest(events, destination, Ingestion.ALL));
    }

    private RecordResult ingest(List<? extends KpiEvent> events, Ingestion.Destination destination, int batch) {
        Ingestion ingestion = new Ingestion(this, destination, batch, rejection -> {}, () -> {});
        long place = 0;
        for (KpiEvent event : events) {
            ingestion.add(++place, "", event);
        }
        return ingestion.finish();
    }

    /**
     * Imports the events of a source, to its end. Each refusal is counted once, whether the source or the engine refuses. After each batch that is
     * stored the source is told so ({@link EventSource#acknowledge()}).
     *
     * @param principal a super admin: a source may hold events of any clinic
     * @param rejections gets each rejected line or row when it is met
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws AuditUnavailableException if the import could not be recorded; nothing was read then
     * @throws IOException if the input could not be read; what was read before is stored
     */
    public RecordResult record(Principal principal, EventSource source, Consumer<Rejection> rejections)
            throws IOException {
        requireOpen();
        Instant now = clock.instant();
        access.requireMayChange(principal, "import", now);
        access.record(principal, Action.IMPORT_EVENTS, null, "", now);
        Ingestion ingestion = new Ingestion(this, this::store, Ingestion.BATCH, rejections, source::acknowledge);
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
        requireMayOpen(principal, clinic, "");
        return new ClinicDashboard(this, principal, clinic, null);
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
        return new AsOf(this, folding, moment);
    }

    /** Lets in who may see a clinic's figures, on record. */
    void requireMayOpen(Principal principal, ClinicId clinic, String detail) {
        requireOpen();
        Instant now = clock.instant();
        access.requireFigures(principal, clinic, detail, now);
        access.record(principal, Action.OPEN_DASHBOARD, clinic, detail, now);
    }

    /**
     * The benchmarks of a vertical over a closed calendar month, without any clinic's own figures; {@link ClinicDashboard#benchmarks} has them side by side. They are
     * made, once and for good, when somebody first asks for them 31 days after the end of the month or later (as long after as a conversation may convert, where that is
     * longer): that reads what every clinic of the vertical has published of the month.
     *
     * @param principal a super admin, or who may see the figures of a clinic of the vertical
     * @param vertical as the reference data spell it
     * @return at most one for each KPI; none before the month is ripe, of a vertical without clinics, of a month that was not asked for in time (two years), and from an
     *     engine of {@link KpiEngineBuilder#queriesOnly} none that another engine has not made
     * @throws AccessDeniedException if the principal may not see them, on record
     * @throws AuditUnavailableException if the read could not be recorded
     * @throws RuntimeException if they have to be made and a clinic of the vertical cannot be read, or they cannot be kept; ask again
     */
    public List<SectorBenchmark> benchmarks(Principal principal, String vertical, YearMonth month) {
        requireOpen();
        return sectors.ask(principal, vertical, month);
    }

    /**
     * Opens clinics to a service role: the one way to their figures for who runs the installation. Each clinic finds the name, the reason and the expiry in its
     * own audit trail, and there every question that is then asked.
     *
     * <p>What this returns opens the dashboards of those clinics until the expiry, by this engine and, where the audit log can be read, by every other engine
     * over the same log. It can be made anew of its name, reason and expiry ({@link Principal#serviceRole}).
     *
     * @param founder a super admin
     * @param reason why, in a line of 10 letters or digits to 500 characters; of it the audit log gets what {@link Privacy#scrub} keeps
     * @param clinics which clinics, one at the least
     * @param expiry when it ends: after now, by no more than {@link KpiEngineBuilder#breakGlassAtMost}
     * @return the service role, under the super admin's name
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws IllegalArgumentException if the reason, a clinic or the expiry does not hold
     * @throws AuditUnavailableException if the access could not be recorded for every clinic
     */
    public Principal breakGlass(Principal founder, String reason, Set<ClinicId> clinics, Instant expiry) {
        requireOpen();
        return breakGlass.open(founder, reason, clinics, expiry);
    }

    /**
     * Ends a service role's access before its expiry, in every engine over the same audit log.
     *
     * @param founder a super admin
     * @param opened what {@link #breakGlass} returned
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws IllegalArgumentException if {@code opened} is not, or no longer, such an access
     * @throws AuditUnavailableException if the end could not be recorded for every clinic; who has access to the others can then ask nothing until the log
     *     is back
     */
    public void endBreakGlass(Principal founder, Principal opened) {
        requireOpen();
        breakGlass.end(founder, opened);
    }

    /**
     * A page of a clinic's audit trail: who did what with it and who was refused. That it was read is the last record of it.
     *
     * @param principal the clinic's admin, or a super admin
     * @param from the least number that is wanted, from 1 on; records are numbered for the whole installation
     * @param limit the most that are wanted, 1 to {@value AuditStore#LARGEST_PAGE}
     * @throws AccessDeniedException if there is no such clinic or the principal may not read its trail
     * @throws AuditUnavailableException if that it is read could not be recorded
     * @throws IllegalArgumentException if {@code from} or {@code limit} is out of its range
     * @throws IllegalStateException if the audit log can be written and not read, or the engine is closed
     */
    public List<AuditStore.Entry> auditTrail(Principal principal, ClinicId clinic, long from, int limit) {
        requireOpen();
        return auditTrails.ofClinic(principal, clinic, from, limit);
    }

    /**
     * A page of all audit trails. As {@link #auditTrail(Principal, ClinicId, long, int)}, for a super admin alone.
     *
     * @throws AccessDeniedException unless the principal is a super admin
     */
    public List<AuditStore.Entry> auditTrail(Principal principal, long from, int limit) {
        requireOpen();
        return auditTrails.ofAll(principal, from, limit);
    }

    /**
     * Erases a patient of a clinic for good (GDPR Art. 17): figures are from then on what they would be had no event ever named the patient, in this engine at once, and in
     * every other engine and the store as soon as they next look at the log. What the log has forgotten of the patient before stays counted, as nobody's. Events of the patient that come again are refused and counted ({@link
     * RecordResult#erased()}). What publication has released stays as it is, with nobody known in the patient's place, until enough others have changed. What is left is a record that a patient of the clinic was erased, which does not say who, and in the log the keyed ids that the
     * events are refused by.
     *
     * <p>Where this throws after the record was written, the erasure may be half done; call it again, and it goes on. An unknown patient is erased like any other.
     *
     * @param patientId the host's id of the patient, as events bear it; it goes no further than the privacy gate
     * @throws AccessDeniedException unless the principal is the clinic's admin
     * @throws AuditUnavailableException if the erasure could not be recorded; nothing is erased then
     * @throws UnsupportedOperationException if the event log cannot erase
     */
    public void erasePatient(Principal principal, ClinicId clinic, String patientId) {
        whileOpen(() -> {
            eraser.erasePatient(principal, clinic, patientId);
            return true;
        });
    }

    /**
     * Erases a clinic for good: its key where the gate can destroy it, its events, entities, cells and what was released of it. What of it comes again is refused. What is left is the audit trail
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
        Instant now = clock.instant();
        access.requireMayChange(principal, "reference data", now);
        synchronized (directoryChange) {
            String detail = next.clinics().size() + " clinics";
            access.record(principal, Action.CHANGE_REFERENCE_DATA, null, detail, now);
            clinics.replaceDirectory(next);
        }
    }

    /**
     * Forgets all events of all clinics that are dated before an instant, for good; what comes with such a date later is counted as too late. The figures
     * that are folded stay: where there is a cell store, they are kept before anything is forgotten.
     *
     * @throws AccessDeniedException unless the principal is a super admin
     * @throws AuditUnavailableException if it could not be recorded
     * @throws IllegalArgumentException if the instant has not come yet
     * @throws RuntimeException if what is folded could not be kept; nothing is forgotten then
     * @throws UnsupportedOperationException if the event log forgets nothing
     */
    public void forgetBefore(Principal principal, Instant instant) {
        Instant now = clock.instant();
        requireOpen();
        access.requireMayChange(principal, "events before an instant", now);
        if (instant.isAfter(now)) {
            throw new IllegalArgumentException(
                    "What has not come yet cannot be forgotten; give an instant of the past");
        }
        access.record(principal, Action.FORGET_EVENTS, null, "before " + instant, now);
        if (checkpoints != null) {
            follower.lookNow();
        }
        folding.log().forgetBefore(instant);
    }

    /**
     * How the engine is: what became of the events, and what it holds in memory. It does not wait: what a shard of clinics holds while it is busy is what it held when it was
     * last asked.
     */
    public EngineHealth health() {
        return EngineHealth.of(clock.instant(), tally, shards, checkpoints, follower);
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

    /** Stores facts, those of each shard's clinics by themselves, and folds those that are new. */
    private List<Outcome> store(List<Fact> facts) {
        Map<Shard, List<Fact>> byShard = new HashMap<>();
        facts.forEach(fact -> byShard.computeIfAbsent(shard(fact.clinic()), shard -> new ArrayList<>())
                .add(fact));
        List<Outcome> outcomes = new ArrayList<>(facts.size());
        byShard.forEach((shard, of) -> outcomes.addAll(shard.record(of, clinics::state)));
        return outcomes;
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
        return clinics.directory();
    }

    /** Where a clinic's moments come from; null when there is no such clinic. */
    ClinicMoment.@Nullable Source source(ClinicId clinic) {
        return clinics.source(clinic);
    }

    AccessControl access() {
        return access;
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

    Sectors sectors() {
        return sectors;
    }

    LiveUpdates liveUpdates() {
        return liveUpdates;
    }

    List<KpiDefinition> catalogue() {
        return catalogue;
    }
}
