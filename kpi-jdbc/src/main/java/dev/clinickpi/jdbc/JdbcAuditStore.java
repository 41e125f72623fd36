package dev.clinickpi.jdbc;

import dev.clinickpi.access.AuditRecord;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.clinic.ClinicId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * An audit log in the host's database. Records are numbered from 1 on, without gaps, in the order in which they were committed, also when several
 * processes write. Nothing changes or removes one: the roles of {@code docs/database.md} may not, and a trigger refuses it to the owner of the table.
 *
 * <p>A write is a transaction of its own and has been committed when it returns. It waits for the others, one after the other, so keep other work out of
 * the pool that it borrows from, or that pool's wait becomes its own.
 *
 * <p>Safe for use by many threads.
 */
public final class JdbcAuditStore implements AuditStore {

    static final String STORE = "The audit log";

    private final Transactions transactions;
    private final AuditStatements statements;

    private JdbcAuditStore(Database database, Duration limit) {
        this.transactions = new Transactions(STORE, database, limit);
        this.statements = new AuditStatements(database);
    }

    /**
     * The audit log that a database holds in the schema {@code clinic_kpi}. A write gives up after 5 seconds.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcAuditStore open(DataSource database) {
        return open(database, ClinicKpiSchema.standard(), Duration.ofSeconds(5));
    }

    /**
     * The audit log that a database holds in a schema of a chosen name.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @param limit how long the database may take over a statement: 1 ms to an hour. On top of it comes the wait for a connection, which the pool
     *     bounds, and 2 seconds where the database does not answer at all. H2 bounds the wait for its lock itself ({@code LOCK_TIMEOUT}) and knows no other
     * @throws IllegalArgumentException if {@code limit} is out of its range, or it is a file of H2 that may lose what was committed: give its URL {@code
     *     ;WRITE_DELAY=0}
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcAuditStore open(DataSource database, ClinicKpiSchema schema, Duration limit) {
        if (limit.toMillis() < 1 || limit.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("The limit is from 1 ms to an hour");
        }
        Database opened = Database.open(database, schema);
        JdbcAuditStore store = new JdbcAuditStore(opened, limit);
        store.requireDurable(opened);
        return store;
    }

    private void requireDurable(Database database) {
        OpenChecks checks = new OpenChecks(database);
        transactions.run("be opened", Scope.noClinic(), connection -> {
            checks.requireDurable(connection);
            return true;
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database did not store it, or did not say in time that it did: a record may be there of what then did not happen
     */
    @Override
    public void write(AuditRecord record) {
        Objects.requireNonNull(record, "record");
        ClinicId clinic = record.clinic();
        Scope scope = clinic == null ? Scope.noClinic() : Scope.of(clinic);
        transactions.run("write", scope, connection -> {
            statements.write(connection, record);
            return record;
        });
    }

    /**
     * {@inheritDoc} The role has to be one that may work across clinics.
     *
     * @throws JdbcStoreException if the database cannot be read, or the role may not
     */
    @Override
    public List<Entry> read(long from, int limit) {
        AuditStore.requireRange(from, limit);
        return transactions.run("read", Scope.everyClinic(), connection -> statements.read(connection, from, limit));
    }

    /**
     * {@inheritDoc} An index finds them, and the role need not work across clinics.
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public List<Entry> read(ClinicId clinic, long from, int limit) {
        AuditStore.requireRange(from, limit);
        return transactions.run(
                "read", Scope.of(clinic), connection -> statements.read(connection, clinic, from, limit));
    }
}
