package dev.clinickpi.jdbc;

import dev.clinickpi.event.EventLog.Outcome;
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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ids of all events that the log or an outbox holds, with the hash of what each is about: whoever puts an id in first has stored the event. A second
 * one waits until the transaction of the first has ended, and then knows.
 */
final class EventKeys {

    private static final String TAKEN = "23505";

    /** A key may come and go meanwhile. Under a stricter isolation than the usual one a transaction of a host's never sees it. */
    private static final int ATTEMPTS = 10;

    private static final String[] KEY = {"clinic_no", "event_id"};

    private static final String ASKED =
            "UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY))"
                    + " AS asked (clinic_no, event_id, digest)";

    static final String CLAIM_ON_POSTGRESQL =
            "INSERT INTO {schema}.kpi_event_key (clinic_no, event_id, digest) SELECT * FROM " + ASKED
                    + " ON CONFLICT DO NOTHING";

    static final String CLAIM_ON_H2 = "MERGE INTO {schema}.kpi_event_key k USING (SELECT * FROM " + ASKED + ") a"
            + " ON k.clinic_no = a.clinic_no AND k.event_id = a.event_id"
            + " WHEN NOT MATCHED THEN INSERT (clinic_no, event_id, digest) VALUES (a.clinic_no, a.event_id, a.digest)";

    /** A join, since H2 would walk all keys of the clinic for {@code event_id = ANY (?)}: the id is not the first column of the index. */
    static final String STORED = "SELECT k.clinic_no, k.event_id, k.digest"
            + " FROM UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS BIGINT ARRAY)) AS asked (clinic_no, event_id)"
            + " JOIN {schema}.kpi_event_key k ON k.clinic_no = asked.clinic_no AND k.event_id = asked.event_id";

    private static final String GIVEN =
            "UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS BIGINT ARRAY)) AS given (clinic_no, event_id)";

    static final String REMOVE_ON_POSTGRESQL = "DELETE FROM {schema}.kpi_event_key k USING " + GIVEN
            + " WHERE k.clinic_no = given.clinic_no AND k.event_id = given.event_id";

    static final String REMOVE_ON_H2 = "MERGE INTO {schema}.kpi_event_key k USING (SELECT * FROM " + GIVEN + ") a"
            + " ON k.clinic_no = a.clinic_no AND k.event_id = a.event_id WHEN MATCHED THEN DELETE";

    private final Database database;

    EventKeys(Database database) {
        this.database = database;
    }

    /**
     * Decides what becomes of the facts of a batch, and puts the ids of those in that are new.
     *
     * @throws SQLException among others, where an event is in the hands of a transaction that did not end in time
     */
    void claim(Connection connection, FactBatch batch) throws SQLException {
        SortedMap<EventKey, List<Integer>> undecided = batch.undecided();
        if (undecided.isEmpty()) {
            return;
        }
        Set<EventKey> fresh = insertPatiently(connection, batch, undecided);
        Map<EventKey, Long> stored = stored(connection, undecided.keySet(), fresh);
        undecided.forEach((key, places) -> {
            int first = places.get(0);
            Long digest = stored.get(key);
            for (int place : places) {
                if (fresh.contains(key)) {
                    boolean same = batch.digest(place) == batch.digest(first);
                    Outcome again = same ? Outcome.DUPLICATE : Outcome.CONFLICT;
                    batch.became(place, place == first ? Outcome.ACCEPTED : again);
                } else if (digest == null) {
                    // There it was, and is no more: the log has forgotten its time in between.
                    batch.became(place, Outcome.TOO_LATE);
                } else {
                    batch.became(place, batch.digest(place) == digest ? Outcome.DUPLICATE : Outcome.CONFLICT);
                }
            }
        });
    }

    /**
     * H2 refuses a statement that meets the key of another transaction, and takes it back; it waits for that transaction only where the key is the first of the
     * statement. So the keys are put in one by one then.
     */
    private Set<EventKey> insertPatiently(
            Connection connection, FactBatch batch, SortedMap<EventKey, List<Integer>> places) throws SQLException {
        try {
            return insert(connection, batch, places);
        } catch (SQLException e) {
            if (!isOvertaken(e)) {
                throw e;
            }
        }
        Set<EventKey> fresh = new HashSet<>();
        for (Map.Entry<EventKey, List<Integer>> place : places.entrySet()) {
            fresh.addAll(insertOne(connection, batch, place));
        }
        return fresh;
    }

    /** A key that was committed while the statement waited for it is refused; the next statement sees it. */
    private Set<EventKey> insertOne(Connection connection, FactBatch batch, Map.Entry<EventKey, List<Integer>> place)
            throws SQLException {
        SortedMap<EventKey, List<Integer>> only = new TreeMap<>(Map.of(place.getKey(), place.getValue()));
        for (int attempt = 1; ; attempt++) {
            try {
                return insert(connection, batch, only);
            } catch (SQLException e) {
                if (!isOvertaken(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private boolean isOvertaken(SQLException e) {
        return database.dialect() == Dialect.H2 && TAKEN.equals(e.getSQLState());
    }

    private Set<EventKey> insert(Connection connection, FactBatch batch, SortedMap<EventKey, List<Integer>> places)
            throws SQLException {
        String claim = database.dialect() == Dialect.H2 ? CLAIM_ON_H2 : CLAIM_ON_POSTGRESQL;
        // Asked for as what the statement generated: H2 has a table of them, too, but begins such a query anew after a
        // collision without taking back what it had put in.
        try (PreparedStatement insert = connection.prepareStatement(database.sql(claim), KEY)) {
            SqlColumns columns = keys(connection, insert, places.keySet())
                    .longs(places.values().stream()
                            .map(each -> batch.digest(each.get(0)))
                            .toArray());
            insert.executeUpdate();
            Set<EventKey> fresh = new HashSet<>();
            try (ResultSet rows = insert.getGeneratedKeys()) {
                while (rows.next()) {
                    fresh.add(new EventKey(rows.getInt(1), rows.getLong(2)));
                }
            }
            columns.free();
            return fresh;
        }
    }

    /** What is stored under the ids that are not new. */
    private Map<EventKey, Long> stored(Connection connection, Set<EventKey> all, Set<EventKey> fresh)
            throws SQLException {
        if (fresh.size() == all.size()) {
            return Map.of();
        }
        Set<EventKey> known = new HashSet<>(all);
        known.removeAll(fresh);
        try (PreparedStatement query = connection.prepareStatement(database.sql(STORED))) {
            SqlColumns columns = keys(connection, query, known);
            Map<EventKey, Long> stored = new HashMap<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.put(new EventKey(rows.getInt(1), rows.getLong(2)), rows.getLong(3));
                }
            }
            columns.free();
            return stored;
        }
    }

    /** Forgets events. Each may then be appended again, if it is not too late for it. */
    void remove(Connection connection, Collection<EventKey> forgotten) throws SQLException {
        if (!forgotten.isEmpty()) {
            String remove = database.dialect() == Dialect.H2 ? REMOVE_ON_H2 : REMOVE_ON_POSTGRESQL;
            try (PreparedStatement statement = connection.prepareStatement(database.sql(remove))) {
                SqlColumns columns = keys(connection, statement, forgotten);
                statement.executeUpdate();
                columns.free();
            }
        }
    }

    private static SqlColumns keys(Connection connection, PreparedStatement statement, Collection<EventKey> keys)
            throws SQLException {
        return new SqlColumns(connection, statement, 1)
                .integers(keys.stream().map(EventKey::clinicNo).toArray())
                .longs(keys.stream().map(EventKey::eventId).toArray());
    }
}
