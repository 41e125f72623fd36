package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One append, in the transaction of one connection. It holds the row of each clinic that it adds facts of until the transaction ends, so that nobody
 * else can store a fact of that clinic between its look for duplicates and its commit.
 */
final class FactAppend implements AutoCloseable {

    private static final String HOLD = "SELECT clinic_no, facts FROM {schema}.kpi_clinic WHERE clinic = ? FOR UPDATE";
    private static final String ADD_CLINIC = "INSERT INTO {schema}.kpi_clinic (clinic, facts) VALUES (?, 0)";
    private static final String COUNT = "UPDATE {schema}.kpi_clinic SET facts = ? WHERE clinic_no = ?";
    /** A join, since H2 would walk all facts of the clinic for {@code event_id = ANY (?)}: the id is not the first column of the index. */
    static final String KNOWN = "SELECT f.event_id, f.content FROM UNNEST(?) AS asked (event_id)"
            + " JOIN {schema}.kpi_fact f ON f.clinic_no = ? AND f.event_id = asked.event_id";

    private static final String INSERT =
            "INSERT INTO {schema}.kpi_fact (fact_no, clinic_no, event_id, conversation, appointment, patient, content)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)";

    private static final int CONVERSATION = 4;
    private static final int APPOINTMENT = 5;
    private static final int PATIENT = 6;
    private static final int CONTENT = 7;

    private final Database database;
    private final Connection connection;
    private final PreparedStatement hold;
    private final PreparedStatement known;
    private final PreparedStatement insert;
    private final PreparedStatement count;

    FactAppend(Database database, Connection connection) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.hold = connection.prepareStatement(database.sql(HOLD));
        this.known = connection.prepareStatement(database.sql(KNOWN));
        this.insert = connection.prepareStatement(database.sql(INSERT));
        this.count = connection.prepareStatement(database.sql(COUNT));
    }

    /**
     * Adds those facts of one clinic that are new. From here on the transaction works on this clinic alone.
     *
     * @param places where they stand among {@code facts}
     * @param outcomes takes what became of each, at its place
     * @param ends takes the position behind them
     */
    void add(List<Fact> facts, List<Integer> places, Outcome[] outcomes, Map<ClinicId, Long> ends) throws SQLException {
        ClinicId clinic = facts.get(places.get(0)).clinic();
        database.enter(connection, Scope.of(clinic));
        FactRange range = hold(clinic);
        Map<Long, Fact> stored = stored(clinic, range.clinicNo(), facts, places);
        int added = 0;
        for (int place : places) {
            Fact fact = facts.get(place);
            Fact first = stored.putIfAbsent(fact.id(), fact);
            if (first != null) {
                outcomes[place] = first.equals(fact) ? Outcome.DUPLICATE : Outcome.CONFLICT;
            } else {
                insert(range, range.to() + added++, fact);
                outcomes[place] = Outcome.ACCEPTED;
            }
        }
        if (added > 0) {
            ends.put(clinic, range.countWith(added));
            count.setLong(1, range.countWith(added));
            count.setInt(2, range.clinicNo());
            insert.executeBatch();
            count.executeUpdate();
        }
    }

    private FactRange hold(ClinicId clinic) throws SQLException {
        FactRange range = tryHold(clinic);
        if (range.equals(FactRange.NONE)) {
            try (PreparedStatement add = connection.prepareStatement(database.sql(ADD_CLINIC))) {
                add.setString(1, clinic.value());
                add.executeUpdate();
            }
            range = tryHold(clinic);
        }
        return range;
    }

    private FactRange tryHold(ClinicId clinic) throws SQLException {
        hold.setString(1, clinic.value());
        try (ResultSet rows = hold.executeQuery()) {
            return rows.next() ? FactRange.of(rows.getInt(1), rows.getLong(2)) : FactRange.NONE;
        }
    }

    /** What is stored under the ids of these facts. */
    private Map<Long, Fact> stored(ClinicId clinic, int clinicNo, List<Fact> facts, List<Integer> places)
            throws SQLException {
        Object[] ids = new Object[places.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = facts.get(places.get(i)).id();
        }
        Map<Long, Fact> stored = new HashMap<>();
        known.setArray(1, connection.createArrayOf("bigint", ids));
        known.setInt(2, clinicNo);
        try (ResultSet rows = known.executeQuery()) {
            while (rows.next()) {
                long id = rows.getLong(1);
                stored.put(id, FactQueries.decode(clinic, id, rows.getBytes(2)));
            }
        }
        return stored;
    }

    private void insert(FactRange range, long factNo, Fact fact) throws SQLException {
        insert.setLong(1, factNo);
        insert.setInt(2, range.clinicNo());
        insert.setLong(3, fact.id());
        insert.setNull(CONVERSATION, Types.BIGINT);
        insert.setNull(APPOINTMENT, Types.BIGINT);
        insert.setNull(PATIENT, Types.BIGINT);
        for (EntityKey entity : fact.entities()) {
            insert.setLong(column(entity.kind()), entity.id());
        }
        insert.setBytes(CONTENT, FactCodec.encode(fact));
        insert.addBatch();
    }

    /** A fact bears the id of one entity of a kind at the most. */
    private static int column(EntityKey.Kind kind) {
        return switch (kind) {
            case CONVERSATION -> CONVERSATION;
            case APPOINTMENT -> APPOINTMENT;
            case PATIENT -> PATIENT;
        };
    }

    @Override
    public void close() throws SQLException {
        try (hold;
                known;
                insert;
                count) {
            // Closed in turn, each whatever became of the others.
        }
    }
}
