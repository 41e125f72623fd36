package dev.clinickpi;

import dev.clinickpi.event.EventLog.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What has become of the events of all clinics since the engine was built. Safe for use by many threads. */
final class Tally {

    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final LongAdder rejected = new LongAdder();

    Tally() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    void became(List<Outcome> all) {
        all.forEach(outcome -> adder(outcome).increment());
    }

    void rejected() {
        rejected.increment();
    }

    long count(Outcome outcome) {
        return adder(outcome).sum();
    }

    long countOfRejected() {
        return rejected.sum();
    }

    private LongAdder adder(Outcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome));
    }
}
