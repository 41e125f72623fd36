package dev.clinickpi.fold;

/** Something whose part of the cells may change by the passing of time alone. */
interface Entity {

    /** Sends the difference between what it counts for now and what it last sent. */
    void refresh();
}
