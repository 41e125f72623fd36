package dev.clinickpi.testkit.model;

import dev.clinickpi.event.KpiEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section 3, "turn": a patient's wait for an answer.
 *
 * @param opened when the patient wrote
 * @param answeredBy the bot or a person of the clinic, or null while the turn is open
 * @param responseMs how long it took, seven days at the most; 0 while the turn is open
 */
record Turn(Instant opened, KpiEvent.@Nullable Sender answeredBy, long responseMs) {

    private static final Duration LONGEST = Duration.ofDays(7);

    /** Walks the messages of a conversation, which are in order. */
    static List<Turn> of(List<KpiEvent.Message> messages) {
        List<Turn> turns = new ArrayList<>();
        Instant opened = null;
        for (KpiEvent.Message message : messages) {
            if (message.from() == KpiEvent.Sender.PATIENT) {
                opened = opened == null ? message.at() : opened;
            } else if (opened != null) {
                long waited = Duration.between(opened, message.at()).toMillis();
                turns.add(new Turn(opened, message.from(), Math.min(waited, LONGEST.toMillis())));
                opened = null;
            }
        }
        if (opened != null) {
            turns.add(new Turn(opened, null, 0));
        }
        return turns;
    }
}
