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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events on their way in: through the gate one by one, and on in batches. Counts every one once. */
final class Ingestion {

    /** As many as are worth a transaction. */
    static final int BATCH = 1_000;

    /** For who has a transaction already: two that append in several steps could wait for each other's events for ever. */
    static final int ALL = Integer.MAX_VALUE;

    private final KpiEngine engine;
    private final Destination destination;
    private final Consumer<Rejection> rejectionConsumer;
    private final Runnable acknowledgement;
    private final int batch;
    private final List<Fact> waiting = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
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
     * @param batch how many of them go there at once, at the most
     * @param rejectionConsumer gets what is refused
     * @param acknowledgement is run whenever everything that was added is stored
     */
    Ingestion(
            KpiEngine engine,
            Destination destination,
            int batch,
            Consumer<Rejection> rejectionConsumer,
            Runnable acknowledgement) {
        this.engine = engine;
        this.destination = destination;
        this.batch = batch;
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
            waiting.add(engine.gate().admit(event, clinic));
        } catch (InvalidEventException e) {
            reject(new Rejection(line, place, e.field(), e.rule()));
            return;
        }
        if (waiting.size() >= batch) {
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
        if (!waiting.isEmpty()) {
            List<Fact> facts = List.copyOf(waiting);
            waiting.clear();
            engine.whileOpen(() -> destination.store(facts)).forEach(this::count);
        }
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

        /** Stores facts, and says what became of each, in any order. */
        List<Outcome> store(List<Fact> facts);
    }
}
