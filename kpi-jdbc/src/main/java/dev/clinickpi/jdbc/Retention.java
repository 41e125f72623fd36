package dev.clinickpi.jdbc;

import dev.clinickpi.event.EntityKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Forgets what is dated before a floor. The floor is raised first, in the row of every clinic, which waits for whoever is storing facts of it; from then on
 * nothing that is older is stored, so what is deleted after stays away. Keys go before the facts that they are found by. A process that dies on the way
 * leaves the floor raised, and the next call goes on where it stopped.
 */
final class Retention {

    private static final int MOST_AT_ONCE = 5_000;

    private static final String FLOOR = "SELECT floor FROM {schema}.kpi_retention";
    private static final String RAISE = "UPDATE {schema}.kpi_retention SET floor = ? WHERE floor < ?";
    private static final String HOLD_BELOW =
            "SELECT clinic_no FROM {schema}.kpi_clinic WHERE floor < ? ORDER BY clinic_no FOR UPDATE";
    private static final String RAISE_CLINICS = "UPDATE {schema}.kpi_clinic SET floor = ? WHERE floor < ?";
    static final String OLD =
            "SELECT fact_no, clinic_no, event_id, conversation, appointment, patient FROM {schema}.kpi_fact"
                    + " WHERE at >= ? AND at < ? AND fact_no > ? ORDER BY fact_no FETCH FIRST " + MOST_AT_ONCE
                    + " ROWS ONLY";
    static final String REMOVE =
            "DELETE FROM {schema}.kpi_fact WHERE at >= ? AND at < ?" + " AND fact_no = ANY (CAST(? AS BIGINT ARRAY))";

    private final Database database;
    private final Transactions transactions;
    private final EventKeys keys;
    private final Months months;

    Retention(Database database, Transactions transactions, Months months) {
        this.database = database;
        this.transactions = transactions;
        this.keys = new EventKeys(database);
        this.months = months;
    }

    /** Facts from an instant to before another one, both in epoch milliseconds. */
    private record Time(long from, long to) {}

    /** The instant from which on facts are kept, in epoch milliseconds. */
    long floor(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(FLOOR));
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : Long.MIN_VALUE;
        }
    }

    /** Turns away, from now on, what is dated before a floor. */
    void raise(long floor) {
        transactions.run("raise its floor", Scope.noClinic(), connection -> update(connection, RAISE, floor));
        transactions.run("raise its floor", Scope.everyClinic(), connection -> {
            try (PreparedStatement hold = connection.prepareStatement(database.sql(HOLD_BELOW))) {
                hold.setLong(1, floor);
                hold.executeQuery().close();
            }
            return update(connection, RAISE_CLINICS, floor);
        });
    }

    private int update(Connection connection, String sql, long floor) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(database.sql(sql))) {
            update.setLong(1, floor);
            update.setLong(2, floor);
            return update.executeUpdate();
        }
    }

    /** Deletes the facts that are dated before a floor that has been raised, and all that is known of them. */
    void forget(long floor) {
        long from = Long.MIN_VALUE;
        if (database.dialect() == Dialect.POSTGRESQL) {
            for (YearMonth month : months.list()) {
                Time whole = new Time(Months.start(month), Months.start(month.plusMonths(1)));
                if (whole.to <= floor) {
                    forget(whole, false);
                    months.drop(month);
                }
            }
        }
        forget(new Time(from, floor), true);
    }

    /** @param facts whether to delete the facts, too, and not their keys alone */
    private void forget(Time time, boolean facts) {
        Old old = new Old(Long.MIN_VALUE, MOST_AT_ONCE);
        while (old.count == MOST_AT_ONCE) {
            long behind = old.last;
            old = transactions.run(
                    "forget", Scope.everyClinic(), connection -> forgetSome(connection, time, behind, facts));
        }
    }

    /** Entities that not all facts are known of any more. */
    static final class ForgottenEntities {

        private static final int FIRST_COLUMN = 4;
        private static final int CLINIC_COLUMN = 2;
        private static final String ADD = "INSERT INTO {schema}.kpi_forgotten (clinic_no, kind, entity)"
                + " SELECT a.clinic_no, a.kind, a.entity FROM UNNEST(CAST(? AS INTEGER ARRAY), CAST(? AS INTEGER ARRAY),"
                + " CAST(? AS BIGINT ARRAY)) AS a (clinic_no, kind, entity) WHERE NOT EXISTS (SELECT 1 FROM"
                + " {schema}.kpi_forgotten g WHERE g.clinic_no = a.clinic_no AND g.entity = a.entity AND g.kind = a.kind)";

        private record OfClinic(int clinicNo, int kind, long id) {}

        private final Set<OfClinic> entities = new LinkedHashSet<>();

        void add(int clinicNo, EntityKey entity) {
            entities.add(new OfClinic(clinicNo, EntityKinds.number(entity.kind()), entity.id()));
        }

        void add(ResultSet fact) throws SQLException {
            for (int i = 0; i < FactRows.KINDS.size(); i++) {
                long id = fact.getLong(FIRST_COLUMN + i);
                if (!fact.wasNull()) {
                    entities.add(
                            new OfClinic(fact.getInt(CLINIC_COLUMN), EntityKinds.number(FactRows.KINDS.get(i)), id));
                }
            }
        }

        /** Where two forget at once one of them fails for the other, and begins anew. */
        void insert(Connection connection, Database database) throws SQLException {
            try (PreparedStatement add = connection.prepareStatement(database.sql(ADD))) {
                SqlColumns columns = new SqlColumns(connection, add, 1)
                        .integers(entities.stream().map(OfClinic::clinicNo).toArray())
                        .integers(entities.stream().map(OfClinic::kind).toArray())
                        .longs(entities.stream().map(OfClinic::id).toArray());
                add.executeUpdate();
                columns.free();
            }
        }
    }

    /**
     * Some facts that were forgotten.
     *
     * @param last the number of the last
     * @param count how many
     */
    private record Old(long last, int count) {}

    private Old forgetSome(Connection connection, Time time, long behind, boolean facts) throws SQLException {
        List<Long> factNos = new ArrayList<>();
        List<EventKey> events = new ArrayList<>();
        ForgottenEntities entities = new ForgottenEntities();
        try (PreparedStatement query = connection.prepareStatement(database.sql(OLD))) {
            query.setLong(1, time.from);
            query.setLong(2, time.to);
            query.setLong(3, behind);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    factNos.add(rows.getLong(1));
                    events.add(new EventKey(rows.getInt(2), rows.getLong(3)));
                    entities.add(rows);
                }
            }
        }
        entities.insert(connection, database);
        keys.remove(connection, events);
        if (facts && !factNos.isEmpty()) {
            remove(connection, time, factNos);
        }
        return new Old(factNos.isEmpty() ? behind : factNos.get(factNos.size() - 1), factNos.size());
    }

    private void remove(Connection connection, Time time, List<Long> factNos) throws SQLException {
        try (PreparedStatement remove = connection.prepareStatement(database.sql(REMOVE))) {
            remove.setLong(1, time.from);
            remove.setLong(2, time.to);
            SqlColumns columns = new SqlColumns(connection, remove, 3).longs(factNos.toArray());
            remove.executeUpdate();
            columns.free();
        }
    }
}
