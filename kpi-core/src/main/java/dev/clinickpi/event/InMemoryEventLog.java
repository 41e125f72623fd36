package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The facts of each clinic by id, under a lock of its own. */
final class InMemoryEventLog implements EventLog {

    private final ConcurrentMap<ClinicId, Facts> clinics = new ConcurrentHashMap<>();

    @Override
    public List<Outcome> append(List<Fact> facts) {
        List<Outcome> outcomes = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            outcomes.add(clinics.computeIfAbsent(fact.clinic(), clinic -> new Facts())
                    .append(fact));
        }
        return outcomes;
    }

    @Override
    public void read(ClinicId clinic, Consumer<Fact> reader) {
        Facts facts = clinics.get(clinic);
        if (facts != null) {
            facts.all().forEach(reader);
        }
    }

    @Override
    public void read(ClinicId clinic, EntityKey entity, Consumer<Fact> reader) {
        Facts facts = clinics.get(clinic);
        if (facts != null) {
            facts.of(entity).forEach(reader);
        }
    }

    /** One clinic's. By entity, too, from the first time that one is asked for: most engines over a log in memory never let one go. */
    private static final class Facts {

        private final Map<Long, Fact> byId = new HashMap<>();
        private @Nullable Map<EntityKey, List<Fact>> byEntity;

        synchronized Outcome append(Fact fact) {
            Fact first = byId.putIfAbsent(fact.id(), fact);
            if (first != null) {
                return first.equals(fact) ? Outcome.DUPLICATE : Outcome.CONFLICT;
            }
            if (byEntity != null) {
                index(fact, byEntity);
            }
            return Outcome.ACCEPTED;
        }

        synchronized List<Fact> all() {
            return List.copyOf(byId.values());
        }

        synchronized List<Fact> of(EntityKey entity) {
            Map<EntityKey, List<Fact>> index = byEntity;
            if (index == null) {
                index = new HashMap<>();
                for (Fact fact : byId.values()) {
                    index(fact, index);
                }
                byEntity = index;
            }
            return List.copyOf(index.getOrDefault(entity, List.of()));
        }

        private static void index(Fact fact, Map<EntityKey, List<Fact>> index) {
            for (EntityKey entity : fact.entities()) {
                index.computeIfAbsent(entity, key -> new ArrayList<>()).add(fact);
            }
        }
    }
}
