package dev.clinickpi.testkit.model;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Section 5.4 as the {@link ReferenceModel} has it: exact, before anything is withheld. What is pending is counted at every stage from the
 * conversations on: those of the stage's conversations that began less than 720 hours before asOf and are not completed.
 *
 * @param messages patients' messages, by their own instant
 * @param conversations conversations
 * @param qualified those with a hot or warm score, booked or completed
 * @param booked those that an appointment names
 * @param completed those that a completed appointment names
 * @param pending the pending ones of all conversations
 * @param qualifiedPending the pending ones of the qualified
 * @param bookedPending the pending ones of the booked
 * @param people the raw ids of the conversations' patients, whom the stages behind them are judged by
 */
public record ReferenceFunnel(
        long messages,
        long conversations,
        long qualified,
        long booked,
        long completed,
        long pending,
        long qualifiedPending,
        long bookedPending,
        Set<String> people) {

    /** Copies the set. */
    public ReferenceFunnel {
        people = new LinkedHashSet<>(people);
    }
}
