package dev.clinickpi.fold;

import dev.clinickpi.cell.DeltaSink;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.PatientErasure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes what was erased out of what a fold has counted, where its log has forgotten other facts, so that not all can be folded again.
 *
 * <p>What an erased fact touches is the entities that it bears the ids of, and those that an appointment among them was ever of. Each of which the log still
 * has all facts is folded twice beside the fold, at the same moment: once from all, with what was erased, and taken back; once from what is left, and added.
 * Since the same facts give the same deltas in whatever order, that is what folding everything again would come to.
 *
 * <p>An entity that the log has forgotten facts of cannot be folded so. What it has come to stays counted, what it might have come to is no longer waited for,
 * and the entity is dropped: what comes for it later is too late, as after any start. The same becomes of one that was never touched and knows an
 * erased patient by facts that were forgotten.
 *
 * <p>To be made and applied before the fold takes anything else in.
 */
final class Correction {

    private final ClinicFold fold;
    private final SetAside erased;
    private final Map<Long, Fact> before = new TreeMap<>();
    private final Set<EntityKey> lost = new HashSet<>();
    private final Set<EntityKey> touched;

    /** What is touched and can be folded again, and the appointments that it depends on. */
    private final Set<EntityKey> known;

    /** Reads all that is needed, so that nothing can fail half done. */
    Correction(ClinicFold fold, SetAside erased) {
        this.fold = fold;
        this.erased = erased;
        this.touched = entities(erased.facts().values());
        read(touched);
        Set<EntityKey> told = told();
        told.removeAll(touched);
        read(told);
        touched.addAll(told);
        Set<EntityKey> dependedOn = appointments(before.values());
        dependedOn.removeAll(touched);
        read(dependedOn);
        this.known = known(dependedOn);
    }

    private void read(Set<EntityKey> entities) {
        lost.addAll(fold.readFolded(entities, before::put));
    }

    private static Set<EntityKey> entities(Collection<Fact> facts) {
        Set<EntityKey> entities = new HashSet<>();
        facts.forEach(fact -> entities.addAll(fact.entities()));
        return entities;
    }

    private static Set<EntityKey> appointments(Collection<Fact> facts) {
        Set<EntityKey> appointments = new HashSet<>();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Appointment f) {
                appointments.add(EntityKey.appointment(f.appointment()));
            }
        }
        return appointments;
    }

    /** Whom the appointments that are touched have told of themselves. */
    private Set<EntityKey> told() {
        Set<EntityKey> told = new HashSet<>();
        for (Fact fact : before.values()) {
            if (fact instanceof Fact.Appointment f && touched.contains(EntityKey.appointment(f.appointment()))) {
                told.addAll(f.entities());
            }
        }
        return told;
    }

    /** Without what was told by an appointment that is lost: it was forgotten what. */
    private Set<EntityKey> known(Set<EntityKey> dependedOn) {
        Set<EntityKey> found = new HashSet<>(touched);
        found.addAll(dependedOn);
        found.removeAll(lost);
        for (Fact fact : before.values()) {
            if (fact instanceof Fact.Appointment f && lost.contains(EntityKey.appointment(f.appointment()))) {
                fact.entities().forEach(found::remove);
            }
        }
        return found;
    }

    /** Takes it out. */
    void apply() {
        Map<Long, Fact> after = erased.without(before);
        count(before, new Negation(fold.sink()));
        count(after, fold.sink());
        fold.dropAhead(fact -> PatientErasure.goes(fact, erased.entities()));
        Set<EntityKey> dropped = fold.thatKnowAny(erased.patients());
        dropped.addAll(touched);
        dropped.forEach(key -> fold.drop(key, !known.contains(key)));
        fold.recall(byEntity(after));
    }

    private void count(Map<Long, Fact> facts, DeltaSink sink) {
        ClinicFold beside = fold.beside(sink, new Known(known));
        facts.values().forEach(beside::accept);
    }

    private Map<EntityKey, List<Recalls.At>> byEntity(Map<Long, Fact> facts) {
        Map<EntityKey, List<Recalls.At>> byEntity = new HashMap<>();
        facts.forEach((position, fact) -> {
            for (EntityKey key : fact.entities()) {
                if (known.contains(key)) {
                    byEntity.computeIfAbsent(key, each -> new ArrayList<>()).add(new Recalls.At(position, fact));
                }
            }
        });
        return byEntity;
    }

    /** Keeps what is known, and nothing that bears no id. */
    private record Known(Set<EntityKey> entities) implements Partition {

        @Override
        public boolean owns(EntityKey.Kind kind, long id) {
            return entities.contains(new EntityKey(kind, id));
        }

        @Override
        public boolean ownsFact(long id) {
            return false;
        }

        @Override
        public void send(Forward forward) {
            // To what is not touched, and so knows it, or is lost.
        }
    }
}
