package dev.clinickpi.testkit;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Hides facts in the place of erasing them, each kind of it wrong in one way. */
class ErasesBadly implements EventLog {

    private final EventLog right = EventLog.inMemory();
    private final List<Predicate<Fact>> hidden = new ArrayList<>();

    void hide(Predicate<Fact> facts) {
        hidden.add(facts);
    }

    /** As a log in memory does it, for others to spoil. */
    final EventLog right() {
        return right;
    }

    @Override
    public Appended append(List<Fact> facts) {
        return right.append(facts);
    }

    @Override
    public long read(ClinicId clinic, long from, Reader reader) {
        return right.read(clinic, from, (position, fact) -> {
            if (hidden.stream().noneMatch(each -> each.test(fact))) {
                reader.fact(position, fact);
            }
        });
    }

    @Override
    public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
        return right.read(clinic, entities, (position, fact) -> {
            if (hidden.stream().noneMatch(each -> each.test(fact))) {
                reader.fact(position, fact);
            }
        });
    }

    @Override
    public Map<ClinicId, Long> ends() {
        return right.ends();
    }

    @Override
    public Map<ClinicId, Long> erasures() {
        return right.erasures();
    }

    static final class KeepsTheRest extends ErasesBadly {
        @Override
        public void erase(ClinicId clinic, long patient) {
            hide(fact -> fact.clinic().equals(clinic) && fact.entities().contains(EntityKey.patient(patient)));
        }
    }

    static final class SaysItSetsAside extends ErasesBadly {
        @Override
        public void erase(ClinicId clinic, long patient) {
            right().erase(clinic, patient);
        }

        @Override
        public SetAside setAside(ClinicId clinic, long after) {
            return new SetAside(0, right().erasures(clinic), Set.of(), new TreeMap<>());
        }
    }

    static final class TakesTooMuch extends ErasesBadly {
        @Override
        public void erase(ClinicId clinic, long patient) {
            right().read(
                            clinic,
                            Set.of(EntityKey.patient(patient)),
                            (position, fact) -> fact.entities().stream()
                                    .filter(entity -> entity.kind() != EntityKey.Kind.PATIENT)
                                    .forEach(entity ->
                                            hide(other -> other.entities().contains(entity))));
            right().erase(clinic, patient);
        }
    }

    static final class Everywhere extends ErasesBadly {
        @Override
        public void erase(ClinicId clinic, long patient) {
            new HashMap<>(right().ends()).keySet().forEach(each -> right().erase(each, patient));
        }
    }

    /** Deletes, and knows nothing of it afterwards. */
    static final class Forgets extends ErasesBadly {

        private EventLog present = EventLog.inMemory();

        @Override
        public synchronized Appended append(List<Fact> facts) {
            return present.append(facts);
        }

        @Override
        public synchronized long read(ClinicId clinic, long from, Reader reader) {
            return present.read(clinic, from, reader);
        }

        @Override
        public synchronized Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            return present.read(clinic, entities, reader);
        }

        @Override
        public synchronized Map<ClinicId, Long> ends() {
            return present.ends();
        }

        @Override
        public synchronized void erase(ClinicId clinic, long patient) {
            present.erase(clinic, patient);
            begin(present);
        }

        @Override
        public synchronized void eraseClinic(ClinicId clinic) {
            present.eraseClinic(clinic);
            begin(present);
        }

        private void begin(EventLog of) {
            EventLog next = EventLog.inMemory();
            of.ends().keySet().forEach(clinic -> of.read(clinic, 0, (position, fact) -> next.append(List.of(fact))));
            present = next;
        }
    }
}
