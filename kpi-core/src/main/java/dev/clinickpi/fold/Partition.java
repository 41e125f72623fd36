package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;

/** The share of a clinic's entities that one fold keeps, when several work side by side. */
interface Partition {

    /** Everything: one fold keeps the clinic. */
    Partition WHOLE = new Partition() {
        @Override
        public boolean owns(EntityKey.Kind kind, long id) {
            return true;
        }

        @Override
        public boolean ownsFact(long id) {
            return true;
        }

        @Override
        public void send(Forward forward) {
            throw new IllegalStateException("A fold that owns everything has nobody to send to");
        }
    };

    /** Whether this fold keeps an entity. Of several folds of one clinic exactly one does. */
    boolean owns(EntityKey.Kind kind, long id);

    /** Whether this fold counts a fact of no entity, by the fact's own id. Of several folds of one clinic exactly one does. */
    boolean ownsFact(long id);

    /** Takes a state for an entity that another fold keeps. */
    void send(Forward forward);
}
