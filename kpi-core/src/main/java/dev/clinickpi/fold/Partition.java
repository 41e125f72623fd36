package dev.clinickpi.fold;

/** The share of a clinic's entities that one fold keeps, when several work side by side. */
interface Partition {

    /** Everything: one fold keeps the clinic. */
    Partition WHOLE = new Partition() {
        @Override
        public boolean owns(Kind kind, long key) {
            return true;
        }

        @Override
        public void send(Forward forward) {
            throw new IllegalStateException("A fold that owns everything has nobody to send to");
        }
    };

    /** Whether this fold keeps an entity. Of several folds of one clinic exactly one does. */
    boolean owns(Kind kind, long key);

    /** Takes a state for an entity that another fold keeps. */
    void send(Forward forward);

    /** What an event is folded into. */
    enum Kind {
        CONVERSATION,
        APPOINTMENT,
        PATIENT,
        /** A fact of no entity; its key is its own id. */
        FACT
    }
}
