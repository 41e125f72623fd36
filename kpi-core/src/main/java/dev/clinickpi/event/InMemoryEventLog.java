package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** One map of facts by id for each clinic, under a lock of its own. */
final class InMemoryEventLog implements EventLog {

    private final ConcurrentMap<ClinicId, Map<Long, Fact>> clinics = new ConcurrentHashMap<>();

    @Override
    public List<Outcome> append(List<Fact> facts) {
        List<Outcome> outcomes = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            outcomes.add(append(fact));
        }
        return outcomes;
    }

    private Outcome append(Fact fact) {
        Map<Long, Fact> stored = clinics.computeIfAbsent(fact.clinic(), clinic -> new HashMap<>());
        synchronized (stored) {
            Fact first = stored.putIfAbsent(fact.id(), fact);
            if (first == null) {
                return Outcome.ACCEPTED;
            }
            return first.equals(fact) ? Outcome.DUPLICATE : Outcome.CONFLICT;
        }
    }

    @Override
    public void read(ClinicId clinic, Consumer<Fact> reader) {
        Map<Long, Fact> stored = clinics.get(clinic);
        if (stored == null) {
            return;
        }
        List<Fact> snapshot;
        synchronized (stored) {
            snapshot = List.copyOf(stored.values());
        }
        snapshot.forEach(reader);
    }
}
