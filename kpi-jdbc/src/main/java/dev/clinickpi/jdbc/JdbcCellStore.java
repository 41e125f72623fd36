package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import dev.clinickpi.store.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A store of cells in the host's database.
 *
 * <pre>{@code
 * ClinicKpiSchema.standard().migrate(owner);          // on deployment, as the role that owns the schema
 * CellStore cells = JdbcCellStore.open(writer);       // as a role that may span clinics
 * }</pre>
 *
 * <p>Leases run by the database's clock. A save is one transaction: it first takes hold of the shard's row under the lease's token, and holds it to its
 * end. Whoever wants to take the shard over needs that row, too; so there is no moment, not even between a save's last statement and its commit, at
 * which it could be overtaken and go on. On PostgreSQL the database ends a save that has not come to its end by the time that its lease, taken when it
 * began, would have run out, or five seconds if that is more: an engine that is stopped in the middle keeps the next one waiting for no longer. In the middle
 * of sending a statement only PostgreSQL 17 and later notice; before, the next one waits until the engine goes on or its connection breaks.
 *
 * <p>An H2 has no such limit. That hardly matters where it runs inside the engine's process, which holds no lock that outlives it; where several processes
 * share one ({@code AUTO_SERVER}), one that is stopped in the middle of a save holds its shard until it goes on or ends. Nothing is overwritten there, either.
 *
 * <p>Moments are kept to the millisecond, rounded down. Give it a pool, as a connection is borrowed for each call. Safe for use by many threads.
 */
public final class JdbcCellStore implements CellStore {

    static final String STORE = "The cell store";

    /** For a statement: a batch of some hundred megabytes on a busy database. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Database database;
    private final ShardLeases leases;
    private final CheckpointQueries queries;
    private final Transactions transactions;

    private JdbcCellStore(Database database) {
        this.database = database;
        this.leases = new ShardLeases(database);
        this.queries = new CheckpointQueries(database);
        this.transactions = new Transactions(STORE, database, LIMIT);
    }

    /**
     * The store that a database holds in the schema {@code clinic_kpi}.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcCellStore open(DataSource database) {
        return open(database, ClinicKpiSchema.standard());
    }

    /**
     * The store that a database holds in a schema of a chosen name.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcCellStore open(DataSource database, ClinicKpiSchema schema) {
        return new JdbcCellStore(Database.open(database, schema));
    }

    /**
     * {@inheritDoc}
     *
     * @param owner up to 200 characters
     * @param length to the millisecond
     * @throws IllegalArgumentException if there is no such shard or owner, or the length is negative
     * @throws JdbcStoreException if the database does not answer; the lease may have been taken all the same
     */
    @Override
    public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
        ShardLeases.require(shard, shards, owner, length);
        return transactions
                .run(
                        "lease a shard",
                        Scope.noClinic(),
                        connection -> leases.lease(connection, shard, shards, owner, length))
                .orElse(null);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database does not answer; the lease then runs out by itself, at the latest
     */
    @Override
    public void release(Lease lease) {
        transactions.run("give a shard back", Scope.noClinic(), connection -> leases.release(connection, lease));
    }

    /**
     * {@inheritDoc}
     *
     * @throws LeaseLostException if another engine has taken the shard; nothing is kept then
     * @throws JdbcStoreException if the database does not keep it. All of it is kept or nothing; nothing is, unless the fault befell the commit itself.
     *     To save the same again is safe either way, since changes say what there is and not what came on top
     */
    @Override
    public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
        transactions.run("save cells", Scope.everyClinic(), connection -> {
            leases.hold(connection, lease, asOf);
            if (!changes.isEmpty()) {
                new CheckpointSave(database, connection, lease.shard()).keep(changes);
            }
            return true;
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public @Nullable Checkpoint load(ClinicId clinic) {
        return transactions
                .run("load a clinic", Scope.of(clinic), connection -> queries.load(connection, clinic))
                .orElse(null);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
        return transactions
                .run(
                        "read cells",
                        Scope.of(clinic),
                        connection -> queries.read(connection, clinic, since, activeWindow.toMillis()))
                .orElse(null);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Map<ClinicId, Standing> standings() {
        return transactions.run("find where clinics stand", Scope.everyClinic(), queries::standings);
    }
}
