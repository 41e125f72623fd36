package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The rows of the clinics: what number each has, how many facts, and from when on it keeps them. A number never changes, so it is looked up once. A clinic
 * that is new gets its row in a transaction of its own: in that of a host it would be in everybody's way until the host is done.
 */
final class ClinicRows {

    private static final String NUMBER = "SELECT clinic_no FROM {schema}.kpi_clinic WHERE clinic = ?";
    private static final String ADD_ON_POSTGRESQL =
            "INSERT INTO {schema}.kpi_clinic (clinic) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String ADD_ON_H2 =
            "MERGE INTO {schema}.kpi_clinic c USING (VALUES (CAST(? AS VARCHAR))) AS a (clinic)"
                    + " ON c.clinic = a.clinic WHEN NOT MATCHED THEN INSERT (clinic) VALUES (a.clinic)";
    private static final String RAISE =
            "UPDATE {schema}.kpi_clinic SET floor = (SELECT floor FROM {schema}.kpi_retention)"
                    + " WHERE clinic = ? AND floor < (SELECT floor FROM {schema}.kpi_retention)";
    static final String HOLD = "SELECT clinic_no, facts, floor, erasures FROM {schema}.kpi_clinic"
            + " WHERE clinic_no = ANY (CAST(? AS INTEGER ARRAY)) ORDER BY clinic_no FOR UPDATE";
    private static final String HOLD_AND_COUNT =
            "UPDATE {schema}.kpi_clinic SET facts = facts + ? WHERE clinic_no = ? RETURNING facts, floor, erasures";
    private static final String COUNT = "UPDATE {schema}.kpi_clinic SET facts = ? WHERE clinic_no = ?";

    private final Database database;
    private final Transactions transactions;
    private final ConcurrentMap<ClinicId, Integer> numbers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Long> erasures = new ConcurrentHashMap<>();
    private final AtomicLong floor = new AtomicLong(Long.MIN_VALUE);

    ClinicRows(Database database, Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * A row that is held.
     *
     * @param facts where its facts lie
     * @param floor the instant from which on they are kept, in epoch milliseconds
     * @param erasures how often something of the clinic has been erased
     */
    record Held(FactRange facts, long floor, long erasures) {}

    /** The number of a clinic; 0 when it has no row. */
    int number(ClinicId clinic) {
        Integer known = numbers.get(clinic);
        return known != null
                ? known
                : know(
                        clinic,
                        transactions.run("find a clinic", Scope.of(clinic), connection -> find(connection, clinic)));
    }

    /** The numbers of some clinics, each of which has a row from here on. */
    Map<ClinicId, Integer> numbers(Collection<ClinicId> clinics) {
        Map<ClinicId, Integer> found = new HashMap<>();
        for (ClinicId clinic : clinics) {
            int number = number(clinic);
            found.put(clinic, number > 0 ? number : add(clinic));
        }
        return found;
    }

    /**
     * The same for a host that is in a transaction of its own: a second connection is borrowed for a clinic alone that is new to the database, so that hosts
     * which have taken all connections do not wait for one another.
     */
    Map<ClinicId, Integer> numbers(Connection host, Collection<ClinicId> clinics) throws SQLException {
        Map<ClinicId, Integer> found = new HashMap<>();
        for (ClinicId clinic : clinics) {
            Integer known = numbers.get(clinic);
            int number = known != null ? known : know(clinic, find(host, clinic));
            found.put(clinic, number > 0 ? number : add(clinic));
        }
        return found;
    }

    /** Notes a number that another query came across. */
    int know(ClinicId clinic, int number) {
        if (number > 0) {
            numbers.put(clinic, number);
        }
        return number;
    }

    /** The highest floor that was come across. It is never lowered. */
    long floor() {
        return floor.get();
    }

    /** Notes a floor that a query came across. */
    void knowFloor(long found) {
        floor.accumulateAndGet(found, Math::max);
    }

    /** How often something of a clinic had been erased when its row was last come across. */
    long erasures(int clinicNo) {
        return erasures.getOrDefault(clinicNo, 0L);
    }

    /** Notes how often something of a clinic has been erased: fewer times than before in a database that was restored from a backup. */
    void knowErasures(int clinicNo, long found) {
        erasures.put(clinicNo, found);
    }

    /**
     * Who raises the floor says so in {@code kpi_retention} first and then in all rows that there are; who adds a row adds it first and then looks there. So
     * one of the two sees the other.
     */
    private int add(ClinicId clinic) {
        transactions.run("add a clinic", Scope.of(clinic), connection -> {
            update(connection, database.dialect() == Dialect.H2 ? ADD_ON_H2 : ADD_ON_POSTGRESQL, clinic);
            return true;
        });
        return know(clinic, transactions.run("add a clinic", Scope.of(clinic), connection -> {
            update(connection, RAISE, clinic);
            return find(connection, clinic);
        }));
    }

    private void update(Connection connection, String sql, ClinicId clinic) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(database.sql(sql))) {
            update.setString(1, clinic.value());
            update.executeUpdate();
        }
    }

    /** The number of a clinic as a transaction sees it, which is in the scope of that clinic from here on; 0 when it sees none. */
    int find(Connection connection, ClinicId clinic) throws SQLException {
        database.enter(connection, Scope.of(clinic));
        try (PreparedStatement query = connection.prepareStatement(database.sql(NUMBER))) {
            query.setString(1, clinic.value());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    /**
     * Holds the rows of some clinics to the end of the transaction: everybody takes them up in the order of their numbers.
     *
     * @throws SQLException among others, where there is no row of a number that was known: the tables have been made anew meanwhile
     */
    Map<Integer, Held> hold(Connection connection, Collection<Integer> inOrder) throws SQLException {
        try (PreparedStatement hold = connection.prepareStatement(database.sql(HOLD))) {
            SqlColumns columns = new SqlColumns(connection, hold, 1).integers(inOrder.toArray());
            Map<Integer, Held> held = new LinkedHashMap<>();
            try (ResultSet rows = hold.executeQuery()) {
                while (rows.next()) {
                    int number = rows.getInt(1);
                    held.put(number, new Held(FactRange.of(number, rows.getLong(2)), rows.getLong(3), rows.getLong(4)));
                    knowFloor(rows.getLong(3));
                }
            }
            columns.free();
            if (held.size() < inOrder.size()) {
                throw gone();
            }
            return held;
        }
    }

    /**
     * Holds the row of a clinic and counts some more facts in one go, where the database can answer an update.
     *
     * @return the row as it was before
     */
    Held holdAndCount(Connection connection, int clinicNo, int more) throws SQLException {
        if (database.dialect() == Dialect.H2) {
            Held held =
                    Objects.requireNonNull(hold(connection, List.of(clinicNo)).get(clinicNo));
            count(connection, Map.of(clinicNo, held.facts.countWith(more)));
            return held;
        }
        try (PreparedStatement count = connection.prepareStatement(database.sql(HOLD_AND_COUNT))) {
            count.setInt(1, more);
            count.setInt(2, clinicNo);
            try (ResultSet rows = count.executeQuery()) {
                if (!rows.next()) {
                    throw gone();
                }
                knowFloor(rows.getLong(2));
                return new Held(FactRange.of(clinicNo, rows.getLong(1) - more), rows.getLong(2), rows.getLong(3));
            }
        }
    }

    /** Where the tables have been made anew, nothing that is known of them holds. */
    private SQLException gone() {
        numbers.clear();
        erasures.clear();
        return new SQLException("The row of a clinic is gone", "42P01");
    }

    /** Writes how many facts each clinic has now. */
    void count(Connection connection, Map<Integer, Long> facts) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(database.sql(COUNT))) {
            for (Map.Entry<Integer, Long> clinic : facts.entrySet()) {
                count.setLong(1, clinic.getValue());
                count.setInt(2, clinic.getKey());
                count.addBatch();
            }
            count.executeBatch();
        }
    }
}
