package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * An append in a short transaction of the log's own. It claims the ids of its events first, which may have to wait for a transaction of a host's that has
 * claimed one of them; only then does it hold the rows of its clinics, to number the facts. So who waits holds up nobody, and who holds a clinic waits for
 * nobody but those that hold another one.
 */
final class FactAppend {

    private final Database database;
    private final ClinicRows clinics;
    private final EventKeys keys;
    private final ErasedEntities erased;

    FactAppend(Database database, ClinicRows clinics) {
        this.database = database;
        this.clinics = clinics;
        this.keys = new EventKeys(database);
        this.erased = new ErasedEntities(database);
    }

    /**
     * Stores what is new of some batches.
     *
     * @return the position behind the last fact of each clinic that one was stored of
     */
    Map<ClinicId, Long> append(Connection connection, List<FactBatch> batches) throws SQLException {
        boolean several = batches.size() > 1;
        Map<Integer, Long> erasures = new HashMap<>();
        for (FactBatch batch : batches) {
            enter(connection, batch, several);
            batch.refuseBefore(clinics.floor());
            erasures.putAll(erased.refuse(connection, batch, clinics));
            keys.claim(connection, batch);
        }
        Map<ClinicId, Long> ends = new HashMap<>();
        for (FactBatch batch : batches) {
            SortedMap<Integer, List<Fact>> accepted = batch.accepted();
            if (!accepted.isEmpty()) {
                enter(connection, batch, several);
                store(connection, accepted, erasures, ends);
            }
        }
        return ends;
    }

    /** The only batch there is the transaction was begun for. */
    private void enter(Connection connection, FactBatch batch, boolean several) throws SQLException {
        if (several) {
            database.enter(connection, batch.scope());
        }
    }

    private void store(
            Connection connection,
            SortedMap<Integer, List<Fact>> accepted,
            Map<Integer, Long> erasures,
            Map<ClinicId, Long> ends)
            throws SQLException {
        Map<Integer, ClinicRows.Held> held = holdAndCount(connection, accepted);
        FactRows rows = new FactRows(database);
        accepted.forEach((clinicNo, facts) -> {
            FactRange range = Objects.requireNonNull(held.get(clinicNo)).facts();
            rows.add(range, facts);
            ends.put(facts.get(0).clinic(), range.countWith(facts.size()));
        });
        for (Map.Entry<Integer, List<Fact>> clinic : accepted.entrySet()) {
            ClinicRows.Held row = Objects.requireNonNull(held.get(clinic.getKey()));
            requireKept(clinic.getValue(), row.floor());
            if (row.erasures() != Objects.requireNonNull(erasures.get(clinic.getKey()))) {
                throw erasedMeanwhile(clinic.getKey(), row.erasures());
            }
        }
        rows.insert(connection);
    }

    /** The rows as they were before. */
    private Map<Integer, ClinicRows.Held> holdAndCount(Connection connection, SortedMap<Integer, List<Fact>> accepted)
            throws SQLException {
        int first = accepted.firstKey();
        if (accepted.size() == 1) {
            return Map.of(
                    first,
                    clinics.holdAndCount(
                            connection,
                            first,
                            Objects.requireNonNull(accepted.get(first)).size()));
        }
        Map<Integer, ClinicRows.Held> held = clinics.hold(connection, accepted.keySet());
        Map<Integer, Long> counts = new HashMap<>();
        held.forEach((clinicNo, row) -> counts.put(
                clinicNo,
                row.facts()
                        .countWith(
                                Objects.requireNonNull(accepted.get(clinicNo)).size())));
        clinics.count(connection, counts);
        return held;
    }

    /** Something of the clinic may have been erased that was not known of when the facts were judged. Then all begins anew, knowing of it. */
    private SQLException erasedMeanwhile(int clinicNo, long erasures) {
        clinics.knowErasures(clinicNo, erasures);
        return new SQLException("Something was erased meanwhile", "40001");
    }

    /** The floor that the facts were judged by may have been raised before the clinic was held. Then all begins anew, as after any other collision. */
    private static void requireKept(List<Fact> facts, long floor) throws SQLException {
        for (Fact fact : facts) {
            if (fact.at() < floor) {
                throw new SQLException("The log began to forget meanwhile", "40001");
            }
        }
    }
}
