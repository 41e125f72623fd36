package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the facts that wait in the outbox their positions. What a transaction that is still open has put there is not seen, and waits without being in the
 * way. One clinic at a time, some facts at a time, under the clinic's row: who comes second finds what the first has left.
 */
final class Numbering {

    private static final Logger LOG = LoggerFactory.getLogger(Numbering.class);

    private static final int MOST_AT_ONCE = 1_000;

    static final String WAITING = "SELECT outbox_no, event_id, content FROM {schema}.kpi_outbox WHERE clinic_no = ?"
            + " ORDER BY outbox_no FETCH FIRST " + MOST_AT_ONCE + " ROWS ONLY";

    static final String REMOVE =
            "DELETE FROM {schema}.kpi_outbox WHERE clinic_no = ?" + " AND outbox_no = ANY (CAST(? AS BIGINT ARRAY))";

    private final Database database;
    private final Transactions transactions;
    private final ClinicRows clinics;
    private final EventKeys keys;
    private final Months months;
    private final AtomicLong tooLate = new AtomicLong();

    Numbering(Database database, Transactions transactions, ClinicRows clinics, Months months) {
        this.database = database;
        this.transactions = transactions;
        this.clinics = clinics;
        this.keys = new EventKeys(database);
        this.months = months;
    }

    /**
     * How far a step came.
     *
     * @param end where the clinic's facts end now
     * @param done whether it found the outbox empty, or has made it so
     * @param late how many facts it dropped as too late
     * @param missing the months that have to be made first
     */
    private record Step(long end, boolean done, int late, SortedSet<YearMonth> missing) {}

    /**
     * Numbers all that waits of a clinic.
     *
     * @return where the clinic's facts end now
     */
    long number(ClinicId clinic) {
        int clinicNo = clinics.number(clinic);
        return months.atMostTwice(() -> number(clinic, clinicNo));
    }

    private long number(ClinicId clinic, int clinicNo) {
        Step step = new Step(0, false, 0, new TreeSet<>());
        while (!step.done) {
            months.make(step.missing);
            step = transactions.run(
                    "number what the outbox holds",
                    Scope.of(clinic),
                    connection -> numberSome(connection, clinic, clinicNo));
            if (step.late > 0) {
                tooLate.addAndGet(step.late);
                LOG.warn(
                        "{} events of clinic {} that a host had stored are dated before the floor of the event log, which was raised meanwhile; they are dropped",
                        step.late,
                        clinic);
            }
        }
        return step.end;
    }

    /** How many facts it has dropped because the floor had been raised past them while they waited. */
    long tooLate() {
        return tooLate.get();
    }

    private Step numberSome(Connection connection, ClinicId clinic, int clinicNo) throws SQLException {
        ClinicRows.Held held = Objects.requireNonNull(
                clinics.hold(connection, List.of(clinicNo)).get(clinicNo));
        Map<Long, Fact> waiting = waiting(connection, clinic, clinicNo);
        List<Fact> kept = new ArrayList<>();
        List<EventKey> dropped = new ArrayList<>();
        int late = 0;
        Set<Long> erased = held.erasures() == 0
                ? Set.of()
                : new ErasedEntities(database).refused(connection, clinicNo, waiting.values());
        for (Fact fact : waiting.values()) {
            boolean isLate = fact.at() < held.floor();
            if (isLate || erased.contains(fact.id())) {
                dropped.add(new EventKey(clinicNo, fact.id()));
                late += isLate ? 1 : 0;
            } else {
                kept.add(fact);
            }
        }
        SortedSet<YearMonth> missing = months.missing(kept, held.floor());
        long end = held.facts().countWith(0);
        if (missing.isEmpty() && !waiting.isEmpty()) {
            end = held.facts().countWith(kept.size());
            FactRows rows = new FactRows(database);
            rows.add(held.facts(), kept);
            rows.insert(connection);
            keys.remove(connection, dropped);
            remove(connection, clinicNo, waiting);
            clinics.count(connection, new HashMap<>(Map.of(clinicNo, end)));
        }
        boolean done = missing.isEmpty() && waiting.size() < MOST_AT_ONCE;
        return new Step(end, done, missing.isEmpty() ? late : 0, missing);
    }

    private Map<Long, Fact> waiting(Connection connection, ClinicId clinic, int clinicNo) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(WAITING))) {
            query.setInt(1, clinicNo);
            Map<Long, Fact> waiting = new TreeMap<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    waiting.put(
                            rows.getLong(1),
                            FactQueries.decode(clinic, rows.getLong(2), rows.getBytes(3), "kpi_outbox"));
                }
            }
            return waiting;
        }
    }

    private void remove(Connection connection, int clinicNo, Map<Long, Fact> numbered) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(database.sql(REMOVE))) {
            remove.setInt(1, clinicNo);
            SqlColumns columns = new SqlColumns(connection, remove, 2)
                    .longs(numbered.keySet().toArray());
            remove.executeUpdate();
            columns.free();
        }
    }
}
