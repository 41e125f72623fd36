package dev.clinickpi.fold;

import dev.clinickpi.codec.ByteReader;
import dev.clinickpi.codec.ByteWriter;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A conversation, an appointment or a patient in memory: a join of its facts, and what it last sent to the cells. */
abstract sealed class Entity extends EntityTable.Entry permits ConversationFold, AppointmentFold, PatientFold {

    final long key;
    final ClinicFold clinic;
    private int touched;
    private boolean kept;

    Entity(long key, ClinicFold clinic) {
        this.key = key;
        this.clinic = clinic;
    }

    /** Folds a fact in that bears its id; one that it knows changes nothing. */
    abstract void join(Fact fact);

    /** Writes what was joined, for {@link #read}. */
    abstract void write(ByteWriter out);

    /** Joins what was written of an entity of this key; to one of no facts, and in silence. */
    abstract void read(ByteReader in);

    /** The latest message of an open conversation; null of all else. */
    @Nullable
    Long openMessageAt() {
        return null;
    }

    /** Its key in its clinic. */
    abstract EntityKey id();

    /** Takes the state of an appointment that named it. */
    void receive(long appointment, AppointmentState state) {}

    /** The entities that it tells of itself when it changes. */
    Collection<EntityKey> tells() {
        return List.of();
    }

    /** Whether it knows one of some patients, by keyed id. */
    abstract boolean knowsAny(Set<Long> patients);

    /** Sends the end of whatever it still awaits, before it is dropped for good. */
    void cease() {}

    /** Sends the difference between what it counts for now and what it last sent. */
    abstract void refresh();

    /** Whether an appointment's state names one of some patients. */
    static boolean namesAny(Map<Long, AppointmentState> appointments, Set<Long> patients) {
        return appointments.values().stream().anyMatch(state -> patients.contains(state.patient()));
    }

    /** Whether time alone changes nothing of it any more. */
    abstract boolean isSettled();

    /** About how much memory it takes, in bytes. */
    abstract long bytes();

    /** Notes that it was needed at a step of its shard. */
    final void touch(int step) {
        touched = step;
    }

    /** Whether a store keeps it, as far as it was last told. */
    final boolean isKept() {
        return kept;
    }

    /** Notes whether a store keeps it. */
    final void keep(boolean isKept) {
        kept = isKept;
    }

    /** The step that it was last needed at. */
    final int touched() {
        return touched;
    }
}
