package dev.clinickpi.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What goes when a patient is erased: all facts that bear the patient's id; and of the conversations and appointments that no other patient is named with,
 * also the facts that name none. For logs, each of which has its own way to find and delete them.
 *
 * @param entities the patient, and the conversations and appointments that are the patient's alone
 * @param facts what is to be deleted, at the places that the log has it at
 */
public record PatientErasure(Set<EntityKey> entities, Map<Long, Fact> facts) {

    /** Copies both. */
    public PatientErasure {
        entities = Set.copyOf(entities);
        facts = Map.copyOf(facts);
    }

    /**
     * Reads facts of a clinic.
     *
     * @param <E> what reading may throw
     */
    @FunctionalInterface
    public interface FactsOf<E extends Exception> {

        /** Every fact of the clinic that bears the id of one of some entities, at its place. */
        Map<Long, Fact> read(Set<EntityKey> entities) throws E;
    }

    /**
     * Works it out.
     *
     * @param patient the keyed id
     * @param factsOf reads the clinic's facts
     */
    public static <E extends Exception> PatientErasure of(long patient, FactsOf<E> factsOf) throws E {
        EntityKey self = EntityKey.patient(patient);
        Map<Long, Fact> facts = new HashMap<>(factsOf.read(Set.of(self)));
        Set<EntityKey> entities = new HashSet<>();
        facts.values().forEach(fact -> entities.addAll(fact.entities()));
        entities.removeIf(entity -> entity.kind() == EntityKey.Kind.PATIENT);
        Map<Long, Fact> around = factsOf.read(Set.copyOf(entities));
        for (Fact fact : around.values()) {
            boolean isAnothers = fact.entities().stream()
                    .anyMatch(entity -> entity.kind() == EntityKey.Kind.PATIENT && entity.id() != patient);
            if (isAnothers) {
                fact.entities().forEach(entities::remove);
            }
        }
        entities.add(self);
        around.forEach((place, fact) -> {
            if (goes(fact, entities)) {
                facts.put(place, fact);
            }
        });
        return new PatientErasure(entities, facts);
    }

    /**
     * Whether a fact goes, or is to be refused, with what was erased: it names an erased patient; or it names no patient, and a conversation or appointment that
     * was erased.
     */
    public static boolean goes(Fact fact, Set<EntityKey> erased) {
        boolean namesErased = false;
        for (EntityKey entity : fact.entities()) {
            if (entity.kind() == EntityKey.Kind.PATIENT) {
                return erased.contains(entity);
            }
            namesErased |= erased.contains(entity);
        }
        return namesErased;
    }
}
