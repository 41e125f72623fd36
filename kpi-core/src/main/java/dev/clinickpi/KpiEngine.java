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
import java.util.function.Consumer;
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
public final class KpiEngine {

    private final EventLog events;
    private final PrivacyGate gate;
    private final Publication publication;
    private final AuditLog audit;
    private final Clock clock;
    private final FoldSettings settings;
    private final List<KpiDefinition> catalogue;
    private final ConcurrentMap<ClinicId, ClinicState> clinics = new ConcurrentHashMap<>();
    private final Object directoryChange = new Object();
    private volatile ClinicDirectory directory;

    private KpiEngine(ClinicDirectory directory, EventLog events, Privacy privacy, AuditLog audit, Builder options) {
        this.directory = directory;
        this.events = events;
        this.gate = Objects.requireNonNull(privacy.gate(), "privacy.gate()");
        this.publication = Objects.requireNonNull(privacy.publication(), "privacy.publication()");
        this.audit = audit;
        this.clock = options.clock;
        this.settings = new FoldSettings(options.conversionWindow, options.activeWindow);
        this.catalogue = List.copyOf(options.catalogue);
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
        Ingestion ingestion = new Ingestion(this, rejection -> {});
        long place = 0;
        for (KpiEvent event : events) {
            ingestion.add(++place, event);
        }
        return ingestion.finish();
    }

    /**
     * Takes the events of a reader in, to its end.
     *
     * @param rejections gets each rejected line when it is met
     * @throws IOException if the input could not be read; what was read before is stored
     */
    public RecordResult record(EventReader reader, Consumer<Rejection> rejections) throws IOException {
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
        Instant now = clock.instant();
        if (directory.clinic(clinic).isEmpty() || !principal.mayRead(clinic, now)) {
            audit(principal, AuditRecord.Action.DASHBOARD_REFUSED, clinic, "", now);
            throw denied();
        }
        audit(principal, AuditRecord.Action.OPEN_DASHBOARD, clinic, "", now);
        return new ClinicDashboard(this, principal, clinic);
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
            clinics.keySet().retainAll(next.clinics().keySet());
        }
    }

    private ClinicState newState(ClinicId clinic, ClinicDirectory reference) {
        return new ClinicState(clinic, reference, events, settings, clock);
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

    /** Stores facts of one clinic and folds those that are new. */
    List<EventLog.Outcome> record(ClinicId clinic, List<Fact> facts) {
        ClinicState state = clinics.get(clinic);
        return state == null ? events.append(facts) : state.record(facts);
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

    List<KpiDefinition> catalogue() {
        return catalogue;
    }

    /** What an engine is made of. */
    public static final class Builder {

        private final List<KpiDefinition> catalogue = new ArrayList<>(Kpi.ALL);
        private @Nullable ClinicDirectory directory;
        private @Nullable EventLog events;
        private @Nullable Privacy privacy;
        private @Nullable AuditLog audit;
        private Clock clock = Clock.systemUTC();
        private Duration conversionWindow = FoldSettings.DEFAULT.conversionWindow();
        private Duration activeWindow = FoldSettings.DEFAULT.activeWindow();

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

        private static <T> T given(@Nullable T part, String name) {
            if (part == null) {
                throw new IllegalStateException("An engine cannot be built without " + name + "; call " + name + "(…)");
            }
            return part;
        }
    }
}
