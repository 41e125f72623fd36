package dev.clinickpi.fold;

import dev.clinickpi.event.Fact;

/** A conversation, an appointment or a patient in memory: a join of its facts, and what it last sent to the cells. */
abstract sealed class Entity extends EntityTable.Entry permits ConversationFold, AppointmentFold, PatientFold {

    final long key;
    final ClinicFold clinic;
    private long firstAt = InstantSet.NONE;
    private int touched;

    Entity(long key, ClinicFold clinic) {
        this.key = key;
        this.clinic = clinic;
    }

    /** Folds a fact in that bears its id; one that it knows changes nothing. */
    abstract void join(Fact fact);

    /** Takes the state of an appointment that named it. */
    void receive(long appointment, AppointmentState state) {}

    /** Sends the difference between what it counts for now and what it last sent. */
    abstract void refresh();

    /** Whether time alone changes nothing of it any more. */
    abstract boolean isSettled();

    /** About how much memory it takes, in bytes. */
    abstract long bytes();

    /** Notes the instant of something that is needed to fold it again. */
    final void needs(long at) {
        firstAt = Math.min(firstAt, at);
    }

    /** The earliest instant of what is needed to fold it again. */
    final long firstAt() {
        return firstAt;
    }

    /** Notes that it was needed at a step of its shard. */
    final void touch(int step) {
        touched = step;
    }

    /** The step that it was last needed at. */
    final int touched() {
        return touched;
    }
}
