package dev.clinickpi.jdbc;

import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who writes which shard. A shard's row is its fence: whoever takes it over and whoever saves under it hold the row until they commit. */
final class ShardLeases {

    /** By the database's clock at the start of the transaction: a lease that had to wait for the row is the shorter for it, and never the longer. */
    private static final String NOW = "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000) AS BIGINT)";

    static final String FIND = "SELECT n.shards, s.owner, s.token, s.held_until <= " + NOW
            + " FROM {schema}.kpi_sharding n LEFT JOIN {schema}.kpi_shard s ON s.shard = ?";
    private static final String SETTLE = "UPDATE {schema}.kpi_sharding SET shards = ? WHERE shards = 0";
    private static final String ADD_SHARD =
            "INSERT INTO {schema}.kpi_shard (shard, token, held_until) VALUES (?, 0, 0)";
    static final String GRASP = "SELECT token FROM {schema}.kpi_shard WHERE shard = ? AND token = ? AND held_until <= "
            + NOW + " FOR UPDATE SKIP LOCKED";
    private static final String TAKE = "UPDATE {schema}.kpi_shard SET owner = ?, token = token + 1, held_until = " + NOW
            + " + ? WHERE shard = ? AND token = ?";

    private static final String IF_NEWEST = " WHERE shard = ? AND owner = ? AND token = ?";
    private static final String RENEW = "UPDATE {schema}.kpi_shard SET held_until = " + NOW + " + ?" + IF_NEWEST;
    static final String HOLD =
            "UPDATE {schema}.kpi_shard SET as_of = CASE WHEN as_of > ? THEN as_of ELSE ? END" + IF_NEWEST;

    private static final String BOUND = "SELECT set_config('idle_in_transaction_session_timeout', ?, true)";
    /** A bound that runs already is not moved by another value, only by none. */
    private static final String BOUND_FROM_17 =
            BOUND + ", set_config('transaction_timeout', '0', true), set_config('transaction_timeout', ?, true)";

    private static final int LONGEST_OWNER = 200;

    /** Less would end saves of an engine that is merely slow, and it would never get on. */
    private static final Duration SHORTEST_BOUND = Duration.ofSeconds(5);

    private static final Duration USUAL_LENGTH = Duration.ofSeconds(30);

    private final Database database;
    /** How long the leases were that this store gave, by shard. */
    private final Map<Integer, Duration> lengths = new ConcurrentHashMap<>();

    ShardLeases(Database database) {
        this.database = database;
    }

    private record Held(int shards, @Nullable String owner, long token, boolean hasRunOut) {}

    /** @throws IllegalArgumentException if there can be no such lease */
    static void require(int shard, int shards, String owner, Duration length) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("Of " + shards + " shards there is none of number " + shard);
        }
        if (owner.isEmpty() || owner.length() > LONGEST_OWNER) {
            throw new IllegalArgumentException("An owner's name has 1 to " + LONGEST_OWNER + " characters");
        }
        if (length.isNegative()) {
            throw new IllegalArgumentException("A lease's length is not negative");
        }
    }

    Optional<Lease> lease(Connection connection, int shard, int shards, String owner, Duration length)
            throws SQLException {
        Held held = find(connection, shard);
        if (held.shards == 0) {
            settle(connection, shards);
            held = find(connection, shard);
        }
        if (held.shards != shards) {
            throw new IllegalStateException("The store's clinics are spread over " + held.shards
                    + " shards; build the engine with shards(" + held.shards + ")");
        }
        Optional<Lease> lease = lease(connection, shard, owner, length, held);
        if (lease.isPresent()) {
            lengths.put(shard, length);
        }
        return lease;
    }

    private Optional<Lease> lease(Connection connection, int shard, String owner, Duration length, Held held)
            throws SQLException {
        if (owner.equals(held.owner)) {
            return renew(connection, new Lease(shard, owner, held.token), length);
        }
        return held.hasRunOut ? take(connection, shard, owner, length, held.token) : Optional.empty();
    }

    private Held find(Connection connection, int shard) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(database.sql(FIND))) {
            query.setInt(1, shard);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return new Held(rows.getInt(1), rows.getString(2), rows.getLong(3), rows.getBoolean(4));
            }
        }
    }

    /** Whoever comes second waits for the first, and then finds it settled. */
    private void settle(Connection connection, int shards) throws SQLException {
        try (PreparedStatement settle = connection.prepareStatement(database.sql(SETTLE));
                PreparedStatement add = connection.prepareStatement(database.sql(ADD_SHARD))) {
            settle.setInt(1, shards);
            if (settle.executeUpdate() == 0) {
                return;
            }
            for (int shard = 0; shard < shards; shard++) {
                add.setInt(1, shard);
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    private Optional<Lease> renew(Connection connection, Lease lease, Duration length) throws SQLException {
        try (PreparedStatement renew = connection.prepareStatement(database.sql(RENEW))) {
            renew.setLong(1, length.toMillis());
            setLease(renew, 2, lease);
            return renew.executeUpdate() == 1 ? Optional.of(lease) : Optional.empty();
        }
    }

    /** A row that somebody holds is that of an owner whose save is under way: it is not waited for, and asked for again next time. */
    private Optional<Lease> take(Connection connection, int shard, String owner, Duration length, long token)
            throws SQLException {
        try (PreparedStatement grasp = connection.prepareStatement(database.sql(GRASP));
                PreparedStatement take = connection.prepareStatement(database.sql(TAKE))) {
            grasp.setInt(1, shard);
            grasp.setLong(2, token);
            try (ResultSet rows = grasp.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
            }
            take.setString(1, owner);
            take.setLong(2, length.toMillis());
            take.setInt(3, shard);
            take.setLong(4, token);
            return take.executeUpdate() == 1 ? Optional.of(new Lease(shard, owner, token + 1)) : Optional.empty();
        }
    }

    /** Whether it was held. */
    boolean release(Connection connection, Lease lease) throws SQLException {
        return renew(connection, lease, Duration.ZERO).isPresent();
    }

    /**
     * Takes hold of the shard until the transaction ends, and says up to when its clinics stand.
     *
     * @throws LeaseLostException if another has taken it
     */
    void hold(Connection connection, Lease lease, Instant asOf) throws SQLException {
        bound(connection, lease.shard());
        try (PreparedStatement hold = connection.prepareStatement(database.sql(HOLD))) {
            hold.setLong(1, asOf.toEpochMilli());
            hold.setLong(2, asOf.toEpochMilli());
            setLease(hold, 3, lease);
            if (hold.executeUpdate() == 0) {
                throw new LeaseLostException(lease);
            }
        }
    }

    /**
     * Lets the database end the transaction should its client stop: the first limit between two statements, the second wherever it is. Either ends the connection,
     * too.
     */
    private void bound(Connection connection, int shard) throws SQLException {
        if (database.dialect() != Dialect.POSTGRESQL) {
            return;
        }
        boolean whole = Database.hasTransactionTimeout(connection);
        String millis = Long.toString(boundOf(shard).toMillis());
        try (PreparedStatement bound = connection.prepareStatement(whole ? BOUND_FROM_17 : BOUND)) {
            bound.setString(1, millis);
            if (whole) {
                bound.setString(2, millis);
            }
            bound.execute();
        }
    }

    private Duration boundOf(int shard) {
        Duration length = lengths.getOrDefault(shard, USUAL_LENGTH);
        return length.compareTo(SHORTEST_BOUND) < 0 ? SHORTEST_BOUND : length;
    }

    private static void setLease(PreparedStatement statement, int first, Lease lease) throws SQLException {
        statement.setInt(first, lease.shard());
        statement.setString(first + 1, lease.owner());
        statement.setLong(first + 2, lease.token());
    }
}
