package dev.clinickpi.event;

import dev.clinickpi.clinic.ClinicId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the facts are kept, each once: the first content that arrives under an id stays. An append that returns has stored what it says it stored.
 *
 * <p>The facts of a clinic stand at positions, from 0 on, in the order in which they came to be readable: a fact stays where it is, and none ever
 * appears before one that has been read. So whoever has read up to a position has all that there will ever be before it, whoever else appends at the
 * same time. A log that forgets or erases leaves gaps.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}. An engine cannot be built without one.
 */
public interface EventLog {

    /** What became of a fact. */
    enum Outcome {
        /** It is stored now. */
        ACCEPTED,
        /** It was stored before, with this content. */
        DUPLICATE,
        /** Its id was stored before with other content, which stays. */
        CONFLICT,
        /** It is dated before the {@link #floor} of its clinic, and is not stored. */
        TOO_LATE,
        /** It is of a patient or a clinic that was erased, and is not stored. */
        ERASED
    }

    /**
     * What became of facts that were appended together.
     *
     * @param outcomes of each, in the order of the facts
     * @param ends for each clinic that a fact of was accepted, the position after the last of them; they stand side by side in their order
     */
    record Appended(List<Outcome> outcomes, Map<ClinicId, Long> ends) {

        /** Copies both. */
        public Appended {
            outcomes = List.copyOf(outcomes);
            ends = Map.copyOf(ends);
        }

        /** The position of the first fact of a clinic that was accepted, of so many. */
        public long first(ClinicId clinic, int accepted) {
            return Objects.requireNonNull(ends.get(clinic), "no fact of this clinic was accepted") - accepted;
        }
    }

    /** Takes facts one by one. */
    @FunctionalInterface
    interface Reader {

        /**
         * A fact.
         *
         * @param position where it stands among those of its clinic
         */
        void fact(long position, Fact fact);
    }

    /**
     * What has been erased of a clinic and is kept apart until nothing is left that counts it: whoever has folded it takes it out of his figures by it, where
     * the log has forgotten other facts and so cannot be folded again. No ordinary read of the log hands it over.
     *
     * @param since the count of erasures after which all that was erased is still here; what was erased before is deleted
     * @param erasures how often something of the clinic has been erased, these times among them
     * @param entities what was erased after the count that was asked for: patients, and the conversations and appointments that were theirs alone
     * @param facts those that were erased after it, by position; a new map
     */
    record SetAside(long since, long erasures, Set<EntityKey> entities, SortedMap<Long, Fact> facts) {

        /** Copies both. */
        public SetAside {
            entities = Set.copyOf(entities);
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        }

        /** Of a log that deletes at once. */
        private static SetAside nothing(long erasures) {
            return new SetAside(erasures, erasures, Set.of(), new TreeMap<>());
        }

        /** Whether all is still here that was erased after a count. */
        public boolean isWholeAfter(long count) {
            return since <= count;
        }

        /** The keyed ids of the patients among what was erased. */
        public Set<Long> patients() {
            Set<Long> patients = new HashSet<>();
            for (EntityKey entity : entities) {
                if (entity.kind() == EntityKey.Kind.PATIENT) {
                    patients.add(entity.id());
                }
            }
            return patients;
        }

        /** Facts as they would have been without what was erased. */
        public Map<Long, Fact> without(Map<Long, Fact> folded) {
            Map<Long, Fact> left = new TreeMap<>(folded);
            left.keySet().removeAll(facts.keySet());
            return left;
        }
    }

    /** Stores the facts that are new, all or none. */
    Appended append(List<Fact> facts);

    /**
     * Hands over every fact of a clinic that stands at a position or behind it, each once, in order of their positions.
     *
     * @return the position to go on from: behind all that was handed over, at {@code from} at the least
     */
    long read(ClinicId clinic, long from, Reader reader);

    /**
     * Hands over every fact of a clinic that is stored and bears the id of one of some entities ({@link Fact#entities()}), each once, in no promised
     * order. An engine that has let entities go asks for them again this way, so it should cost about what their own facts do.
     *
     * @return those of the entities that the log has forgotten facts of; what comes for one of them is too late: an engine that does not have it in memory
     *     counts what comes and changes nothing
     */
    Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader);

    /**
     * The position behind the last fact of each clinic that has any. Engines ask for it a few times a second to learn what others have appended, so it
     * should cost little.
     */
    Map<ClinicId, Long> ends();

    /**
     * The instant, in epoch milliseconds, from which on the log keeps every fact of a clinic; older ones may be gone, and none that is older is stored.
     *
     * @return {@link Long#MIN_VALUE} for a log that forgets nothing
     */
    default long floor(ClinicId clinic) {
        return Long.MIN_VALUE;
    }

    /**
     * Forgets all facts of all clinics that are dated before an instant, for good, and turns away whatever is dated before it from now on: it is the {@link
     * #floor} of every clinic then. Where this fails it may have forgotten some and not all; call it again.
     *
     * @throws UnsupportedOperationException for a log that forgets nothing, as is every log that does not override this
     */
    default void forgetBefore(Instant instant) {
        throw new UnsupportedOperationException("This event log forgets nothing; keep events in one that does");
    }

    /**
     * Erases a patient, all or nothing, and for good: what {@link PatientErasure} says goes, wherever it waits, and is refused whenever it comes again
     * ({@link Outcome#ERASED}). Of the patient there remain the keyed ids that it is refused by. Positions stay what they are. To erase again changes
     * nothing.
     *
     * <p>A log that can forget must not delete the facts at once: it {@linkplain #setAside(ClinicId, long) sets them aside} until it is told that nothing is
     * left that counts them, since cells cannot be folded again where other facts are gone.
     *
     * @param patient the keyed id; nothing need be stored of it
     * @throws UnsupportedOperationException by default: a log that holds facts of patients has to be able to erase them
     */
    default void erase(ClinicId clinic, long patient) {
        throw cannotErase();
    }

    /**
     * Erases a clinic for good: it has no fact any more and takes none ({@link Outcome#ERASED}). Where this fails on the way nothing of the clinic is readable any
     * more; call it again to delete the rest.
     *
     * @throws UnsupportedOperationException by default
     */
    default void eraseClinic(ClinicId clinic) {
        throw cannotErase();
    }

    private static UnsupportedOperationException cannotErase() {
        return new UnsupportedOperationException(
                "This event log cannot erase anything; implement erase, eraseClinic and erasures as the contract kit asks for");
    }

    /**
     * How often something of each clinic has been erased; clinics of which nothing was need not be in it. What was folded before the latest time has to be folded
     * again, so engines ask as often as for {@link #ends}. It has grown by the time that an erased fact cannot be read any more.
     */
    default Map<ClinicId, Long> erasures() {
        return Map.of();
    }

    /** How often something of one clinic has been erased. */
    default long erasures(ClinicId clinic) {
        return erasures().getOrDefault(clinic, 0L);
    }

    /**
     * As {@link #read(ClinicId, long, Reader)}, for whoever goes by an earlier count of erasures: what has been set aside under a later one is handed over,
     * too, where it stood. So cells that do not know of an erasure yet go on holding the same facts, all of them.
     *
     * @param erasures the count that the reader goes by
     */
    default long read(ClinicId clinic, long from, long erasures, Reader reader) {
        return read(clinic, from, reader);
    }

    /**
     * As {@link #read(ClinicId, Set, Reader)}, for whoever goes by an earlier count of erasures: what has been set aside under a later one is handed over, too.
     *
     * @param erasures the count that the reader goes by
     */
    default Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, long erasures, Reader reader) {
        return read(clinic, entities, reader);
    }

    /**
     * What has been erased of a clinic since a count of erasures and is not deleted yet.
     *
     * @return by default nothing: all that was erased is deleted
     */
    default SetAside setAside(ClinicId clinic, long after) {
        return SetAside.nothing(erasures(clinic));
    }

    /** The clinics of which something is set aside. Engines ask for it as often as they keep what is folded, so it should cost little. */
    default Set<ClinicId> setAside() {
        return Set.of();
    }

    /**
     * Deletes for good what was erased of a clinic and set aside, up to a count of erasures: nothing is left anywhere that counts it. To do so again changes
     * nothing.
     */
    default void deleteSetAside(ClinicId clinic, long upTo) {}

    /** Whether others append to it, too, other processes or the host's own transactions, so that an engine has to look for what they did. */
    default boolean isShared() {
        return false;
    }

    /** Whether what it holds is there for the next process, as is that of every log that does not say otherwise. */
    default boolean outlivesProcess() {
        return true;
    }

    /** A log in memory, which ends with the process. */
    static EventLog inMemory() {
        return new InMemoryEventLog();
    }
}
