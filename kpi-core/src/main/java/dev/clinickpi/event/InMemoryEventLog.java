package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The facts of each clinic in their order and by id, under a lock of its own. */
final class InMemoryEventLog implements EventLog {

    private final ConcurrentMap<ClinicId, Facts> clinics = new ConcurrentHashMap<>();

    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public Appended append(List<Fact> facts) {
        Map<ClinicId, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            places.computeIfAbsent(facts.get(i).clinic(), clinic -> new ArrayList<>())
                    .add(i);
        }
        Outcome[] outcomes = new Outcome[facts.size()];
        Map<ClinicId, Long> ends = new HashMap<>();
        places.forEach((clinic, ofClinic) -> {
            long end = clinics.computeIfAbsent(clinic, id -> new Facts()).append(facts, ofClinic, outcomes);
            if (end > 0) {
                ends.put(clinic, end);
            }
        });
        return new Appended(List.of(outcomes), ends);
    }

    @Override
    public long read(ClinicId clinic, long from, Reader reader) {
        Facts facts = clinics.get(clinic);
        return facts == null ? from : hand(facts.from(from), from, reader);
    }

    private static long hand(List<@Nullable Fact> facts, long from, Reader reader) {
        long position = from;
        for (Fact fact : facts) {
            if (fact != null) {
                reader.fact(position, fact);
            }
            position++;
        }
        return position;
    }

    @Override
    public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
        Facts facts = clinics.get(clinic);
        if (facts != null) {
            facts.of(entities).forEach(reader::fact);
        }
        return Set.of();
    }

    @Override
    public Map<ClinicId, Long> ends() {
        Map<ClinicId, Long> ends = new HashMap<>();
        clinics.forEach((clinic, facts) -> ends.put(clinic, facts.end()));
        ends.values().removeIf(end -> end == 0);
        return ends;
    }

    @Override
    public void erase(ClinicId clinic, long patient) {
        clinics.computeIfAbsent(clinic, id -> new Facts()).erase(patient);
    }

    @Override
    public void eraseClinic(ClinicId clinic) {
        clinics.computeIfAbsent(clinic, id -> new Facts()).eraseAll();
    }

    @Override
    public Map<ClinicId, Long> erasures() {
        Map<ClinicId, Long> erasures = new HashMap<>();
        clinics.forEach((clinic, facts) -> erasures.put(clinic, facts.erasures()));
        return erasures;
    }

    /** One clinic's. By entity, too, from the first time that one is asked for: most engines over a log in memory never let one go. */
    private static final class Facts {

        /** Null where there was one that was erased. */
        private final List<@Nullable Fact> inOrder = new ArrayList<>();

        private final Map<Long, Fact> byId = new HashMap<>();
        private final Set<EntityKey> erased = new HashSet<>();
        private @Nullable Map<EntityKey, List<Integer>> byEntity;
        private boolean isErased;
        private long erasures;

        /** Gives the end, or 0 when none was accepted. */
        synchronized long append(List<Fact> facts, List<Integer> places, Outcome[] outcomes) {
            int before = inOrder.size();
            for (int place : places) {
                outcomes[place] = append(facts.get(place));
            }
            return inOrder.size() == before ? 0 : inOrder.size();
        }

        private Outcome append(Fact fact) {
            if (isErased || PatientErasure.goes(fact, erased)) {
                return Outcome.ERASED;
            }
            Fact first = byId.putIfAbsent(fact.id(), fact);
            if (first != null) {
                return first.equals(fact) ? Outcome.DUPLICATE : Outcome.CONFLICT;
            }
            if (byEntity != null) {
                index(inOrder.size(), fact, byEntity);
            }
            inOrder.add(fact);
            return Outcome.ACCEPTED;
        }

        synchronized List<@Nullable Fact> from(long position) {
            return position >= inOrder.size()
                    ? List.of()
                    : new ArrayList<>(inOrder.subList(Math.toIntExact(position), inOrder.size()));
        }

        synchronized Map<Long, Fact> of(Set<EntityKey> entities) {
            Map<EntityKey, List<Integer>> index = byEntity;
            if (index == null) {
                index = new HashMap<>();
                for (int position = 0; position < inOrder.size(); position++) {
                    Fact fact = inOrder.get(position);
                    if (fact != null) {
                        index(position, fact, index);
                    }
                }
                byEntity = index;
            }
            Map<Long, Fact> found = new HashMap<>();
            for (EntityKey entity : entities) {
                index.getOrDefault(entity, List.of())
                        .forEach(position -> found.put((long) position, Objects.requireNonNull(inOrder.get(position))));
            }
            return found;
        }

        synchronized void erase(long patient) {
            PatientErasure erasure = PatientErasure.of(patient, this::of);
            if (erased.addAll(erasure.entities())) {
                erasure.facts().forEach((position, fact) -> {
                    inOrder.set(Math.toIntExact(position), null);
                    byId.remove(fact.id());
                });
                byEntity = null;
                erasures++;
            }
        }

        synchronized void eraseAll() {
            if (!isErased) {
                isErased = true;
                inOrder.clear();
                byId.clear();
                erased.clear();
                byEntity = null;
                erasures++;
            }
        }

        synchronized long erasures() {
            return erasures;
        }

        synchronized long end() {
            return inOrder.size();
        }

        private static void index(int position, Fact fact, Map<EntityKey, List<Integer>> index) {
            for (EntityKey entity : fact.entities()) {
                index.computeIfAbsent(entity, key -> new ArrayList<>()).add(position);
            }
        }
    }
}
