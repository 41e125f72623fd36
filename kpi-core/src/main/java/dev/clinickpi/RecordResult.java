package dev.clinickpi;

import dev.clinickpi.event.Rejection;
import java.util.List;

/**
 * What became of the events that were handed in. Every one is counted once.
 *
 * @param accepted stored now
 * @param duplicates stored before, with the same content
 * @param conflicts stored before under the same id with other content, which stays
 * @param tooLate dated before what the event log still keeps, and not stored
 * @param erased of a patient or clinic that was erased, and not stored
 * @param rejected refused
 * @param rejections the refusals, each with field and rule; of very many the first {@value #MAX_REJECTIONS}
 */
public record RecordResult(
        long accepted,
        long duplicates,
        long conflicts,
        long tooLate,
        long erased,
        long rejected,
        List<Rejection> rejections) {

    /** How many refusals a result names; all are counted, and a consumer of rejections gets all. */
    public static final int MAX_REJECTIONS = 1_000;

    /** Copies the list. */
    public RecordResult {
        rejections = List.copyOf(rejections);
    }
}
