package dev.clinickpi.benchmarks;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A log that takes handoffs for duplicates. */
record Forgetful(EventLog log) implements EventLog {

    @Override
    public Appended append(List<Fact> facts) {
        List<Fact> others = facts.stream().filter(fact -> !isForgotten(fact)).toList();
        Appended appended = log.append(others);
        List<Outcome> outcomes = new ArrayList<>();
        int place = 0;
        for (Fact fact : facts) {
            outcomes.add(
                    isForgotten(fact) ? Outcome.DUPLICATE : appended.outcomes().get(place++));
        }
        return new Appended(outcomes, appended.ends());
    }

    private static boolean isForgotten(Fact fact) {
        return fact.type() == EventType.CONVERSATION_HANDED_OFF;
    }

    @Override
    public long read(ClinicId clinic, long from, Reader reader) {
        return log.read(clinic, from, reader);
    }

    @Override
    public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
        return log.read(clinic, entities, reader);
    }

    @Override
    public Map<ClinicId, Long> ends() {
        return log.ends();
    }
}
