package dev.clinickpi;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does all as a log in memory does, for tests to change. */
class ForwardingLog implements EventLog {

    final EventLog log = EventLog.inMemory();

    @Override
    public Appended append(List<Fact> facts) {
        return log.append(facts);
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

    @Override
    public void erase(ClinicId clinic, long patient) {
        log.erase(clinic, patient);
    }

    @Override
    public void eraseClinic(ClinicId clinic) {
        log.eraseClinic(clinic);
    }

    @Override
    public Map<ClinicId, Long> erasures() {
        return log.erasures();
    }
}
