package dev.clinickpi.jdbc;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.PatientErasure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is refused for good: patients that were erased, with the conversations and appointments that were theirs alone, and clinics. */
final class ErasedEntities {

    /** A row of this kind and id is the whole clinic. */
    private static final int CLINIC = 0;

    /** A join, as for the keys of events. */
    static final String FIND = "SELECT e.kind, e.entity FROM UNNEST(CAST(? AS BIGINT ARRAY)) AS asked (id)"
            + " JOIN {schema}.kpi_erased e ON e.entity = asked.id AND e.clinic_no = ?";

    private static final String ADD = "INSERT INTO {schema}.kpi_erased (clinic_no, kind, entity, erasure)"
            + " SELECT a.clinic_no, a.kind, a.entity, CAST(? AS BIGINT) FROM UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS INTEGER ARRAY),"
            + " CAST(? AS BIGINT ARRAY)) AS a (clinic_no, kind, entity) WHERE NOT EXISTS (SELECT 1 FROM"
            + " {schema}.kpi_erased e WHERE e.clinic_no = a.clinic_no AND e.entity = a.entity AND e.kind = a.kind)";

    private final Database database;

    ErasedEntities(Database database) {
        this.database = database;
    }

    /**
     * Turns away what a batch has of what was erased, as far as it is known here that something was. Whoever then holds a clinic finds out whether that was
     * all: {@link ClinicRows.Held#erasures}.
     *
     * @return how many erasures of each clinic it went by
     */
    Map<Integer, Long> refuse(Connection connection, FactBatch batch, ClinicRows clinics) throws SQLException {
        Map<Integer, Long> wentBy = new HashMap<>();
        for (Map.Entry<Integer, List<Fact>> open : batch.open().entrySet()) {
            int clinicNo = open.getKey();
            // Before the question, which may find more.
            wentBy.put(clinicNo, clinics.erasures(clinicNo));
            if (clinics.erasures(clinicNo) > 0) {
                batch.refuse(clinicNo, refused(connection, clinicNo, open.getValue()));
            }
        }
        return wentBy;
    }

    /**
     * Which of some facts of a clinic are refused.
     *
     * @return the ids of their events
     */
    Set<Long> refused(Connection connection, int clinicNo, Collection<Fact> facts) throws SQLException {
        Set<Long> ids = new HashSet<>();
        ids.add(0L);
        facts.forEach(fact -> fact.entities().forEach(entity -> ids.add(entity.id())));
        Set<EntityKey> erased = new HashSet<>();
        boolean isClinic = false;
        try (PreparedStatement query = connection.prepareStatement(database.sql(FIND))) {
            SqlColumns columns = new SqlColumns(connection, query, 1).longs(ids.toArray());
            query.setInt(2, clinicNo);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    int kind = rows.getInt(1);
                    if (kind == CLINIC) {
                        isClinic = true;
                    } else {
                        erased.add(new EntityKey(EntityKinds.of(kind), rows.getLong(2)));
                    }
                }
            }
            columns.free();
        }
        Set<Long> refused = new HashSet<>();
        for (Fact fact : facts) {
            if (isClinic || PatientErasure.goes(fact, erased)) {
                refused.add(fact.id());
            }
        }
        return refused;
    }

    /**
     * Adds entities, under the clinic's row; gives how many of them were not among the erased before.
     *
     * @param erasure the count that they are erased under
     */
    int add(Connection connection, int clinicNo, Collection<EntityKey> entities, long erasure) throws SQLException {
        return add(
                connection,
                clinicNo,
                entities.stream()
                        .map(entity -> EntityKinds.number(entity.kind()))
                        .toList(),
                entities.stream().map(EntityKey::id).toList(),
                erasure);
    }

    /** Adds a clinic, under its row; gives whether it was not among the erased before. */
    boolean addClinic(Connection connection, int clinicNo) throws SQLException {
        return add(connection, clinicNo, List.of(CLINIC), List.of(0L), 0) > 0;
    }

    private int add(Connection connection, int clinicNo, List<Integer> kinds, List<Long> ids, long erasure)
            throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(database.sql(ADD))) {
            add.setLong(1, erasure);
            SqlColumns columns = new SqlColumns(connection, add, 2)
                    .integers(ids.stream().map(id -> clinicNo).toArray())
                    .integers(kinds.toArray())
                    .longs(ids.toArray());
            int added = add.executeUpdate();
            columns.free();
            return added;
        }
    }
}
