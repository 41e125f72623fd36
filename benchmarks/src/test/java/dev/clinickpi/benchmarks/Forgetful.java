package dev.clinickpi.benchmarks;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A log that takes handoffs for duplicates. */
record Forgetful(EventLog log) implements EventLog {

    @Override
    public List<Outcome> append(List<Fact> facts) {
        List<Outcome> outcomes = new ArrayList<>(log.append(facts));
        for (int i = 0; i < outcomes.size(); i++) {
            if (facts.get(i).type() == EventType.CONVERSATION_HANDED_OFF) {
                outcomes.set(i, Outcome.DUPLICATE);
            }
        }
        return outcomes;
    }

    @Override
    public void read(ClinicId clinic, Consumer<Fact> reader) {
        log.read(clinic, reader);
    }

    @Override
    public void read(ClinicId clinic, EntityKey entity, Consumer<Fact> reader) {
        log.read(clinic, entity, reader);
    }
}
