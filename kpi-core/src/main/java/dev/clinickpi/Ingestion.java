package dev.clinickpi;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.EventSource;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.InvalidEventException;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events on their way in: through the gate one by one, and on in batches of one shard each. Counts every one once. */
final class Ingestion {

    private static final int BATCH = 1_000;

    private final KpiEngine engine;
    private final Destination destination;
    private final Consumer<Rejection> rejectionConsumer;
    private final Runnable acknowledgement;
    private final Map<Shard, List<Fact>> waiting = new HashMap<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int waitingCount;
    private long accepted;
    private long duplicates;
    private long conflicts;
    private long tooLate;
    private long erased;
    private long rejected;

    /**
     * An ingestion of nothing yet.
     *
     * @param destination where facts go
     * @param rejectionConsumer gets what is refused
     * @param acknowledgement is run whenever everything that was added is stored
     */
    Ingestion(
            KpiEngine engine,
            Destination destination,
            Consumer<Rejection> rejectionConsumer,
            Runnable acknowledgement) {
        this.engine = engine;
        this.destination = destination;
        this.rejectionConsumer = rejectionConsumer;
        this.acknowledgement = acknowledgement;
    }

    /** Takes the events of a source, to its end. */
    void addAll(EventSource source) throws IOException {
        KpiEvent event = source.next(this::reject);
        while (event != null) {
            add(source.line(), source.place(), event);
            event = source.next(this::reject);
        }
    }

    void add(long line, String place, KpiEvent event) {
        ClinicId id = event.clinicId();
        @Nullable Clinic clinic = engine.directory().clinics().get(id);
        if (clinic == null) {
            reject(new Rejection(line, place, "clinicId", "must name a clinic of the reference data"));
            return;
        }
        try {
            waiting.computeIfAbsent(engine.shard(id), shard -> new ArrayList<>())
                    .add(engine.gate().admit(event, clinic));
        } catch (InvalidEventException e) {
            reject(new Rejection(line, place, e.field(), e.rule()));
            return;
        }
        if (++waitingCount >= BATCH) {
            store();
            acknowledgement.run();
        }
    }

    void reject(Rejection rejection) {
        rejected++;
        engine.tally().rejected();
        if (rejections.size() < RecordResult.MAX_REJECTIONS) {
            rejections.add(rejection);
        }
        rejectionConsumer.accept(rejection);
    }

    RecordResult finish() {
        store();
        acknowledgement.run();
        return new RecordResult(accepted, duplicates, conflicts, tooLate, erased, rejected, rejections);
    }

    /** Stores what waits. It acknowledges nothing: after a failure what was added may be more than what waited. */
    void store() {
        if (waitingCount > 0) {
            engine.whileOpen(this::storeWaiting);
        }
    }

    private int storeWaiting() {
        int stored = waitingCount;
        waitingCount = 0;
        waiting.forEach((shard, facts) -> {
            List<Outcome> outcomes = destination.store(shard, facts);
            outcomes.forEach(this::count);
        });
        waiting.clear();
        return stored;
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case ACCEPTED -> accepted++;
            case DUPLICATE -> duplicates++;
            case CONFLICT -> conflicts++;
            case TOO_LATE -> tooLate++;
            case ERASED -> erased++;
        }
    }

    /** Where facts go. */
    @FunctionalInterface
    interface Destination {

        /** Stores facts of one shard's clinics, and says what became of each. */
        List<Outcome> store(Shard shard, List<Fact> facts);
    }
}
