package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.SetAside;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.Outbox;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An event log in the host's database. An append is one transaction; when it returns, the facts are as durable as the database makes a commit.
 *
 * <pre>{@code
 * JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:./clinic-kpi;WRITE_DELAY=0", "sa", "");
 * ClinicKpiSchema.standard().migrate(database);
 * JdbcEventLog events = JdbcEventLog.open(database);
 * }</pre>
 *
 * <p>Give it a pool: a connection is borrowed for each append and for each page of a read, and none is held while a reader is handed facts. Appends of
 * one clinic wait for each other, also across processes; those of different clinics do not.
 *
 * <p>What the host stores through an {@link #outbox} in a transaction of its own comes into the log when that has committed and an engine next asks for
 * news. Such a transaction holds up nobody, however long it is open, but who stores an event of the same id.
 *
 * <p>Safe for use by many threads.
 */
public final class JdbcEventLog implements EventLog {

    /** How many facts of a clinic a read fetches at a time: a few hundred kilobytes. */
    private static final int PAGE = 2_000;

    static final String STORE = "The event log";

    /** For an append of some ten thousand facts, or a page, on a busy database. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How long an outbox waits for another transaction that has stored one of its events and is still open. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final Database database;
    private final boolean spanning;
    private final FactQueries queries;
    private final Transactions transactions;
    private final ClinicRows clinics;
    private final Months months;
    private final Numbering numbering;
    private final Erasure erasure;
    private volatile @Nullable JdbcStoreException failure;

    private JdbcEventLog(Database database, boolean spanning, Duration limit) {
        this.database = database;
        this.spanning = spanning;
        this.queries = new FactQueries(database);
        this.transactions = new Transactions(STORE, database, limit);
        this.clinics = new ClinicRows(database, transactions);
        this.months = new Months(database, transactions);
        this.numbering = new Numbering(database, transactions, clinics, months);
        this.erasure = new Erasure(database, transactions, clinics);
    }

    /**
     * The log that a database holds in the schema {@code clinic_kpi}.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     * @throws IllegalArgumentException if it is a file of H2 that may lose what was committed: give its URL {@code ;WRITE_DELAY=0}
     */
    public static JdbcEventLog open(DataSource database) {
        return open(database, ClinicKpiSchema.standard());
    }

    /**
     * The log that a database holds in a schema of a chosen name.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     * @throws IllegalArgumentException if it is a file of H2 that may lose what was committed: give its URL {@code ;WRITE_DELAY=0}
     */
    public static JdbcEventLog open(DataSource database, ClinicKpiSchema schema) {
        return open(database, schema, LIMIT);
    }

    static JdbcEventLog open(DataSource database, ClinicKpiSchema schema, Duration limit) {
        Database opened = Database.open(database, schema);
        OpenChecks checks = new OpenChecks(opened);
        boolean spanning = new Transactions(STORE, opened, limit).run("be opened", Scope.noClinic(), connection -> {
            checks.requireDurable(connection);
            return checks.maySpanClinics(connection);
        });
        return new JdbcEventLog(opened, spanning, limit);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where a host's transaction that is still open has stored an event of the same id, this waits for its end, up to a minute.
     *
     * @throws JdbcStoreException if the database does not store them
     */
    @Override
    public Appended append(List<Fact> facts) {
        if (facts.isEmpty()) {
            return new Appended(List.of(), Map.of());
        }
        Map<ClinicId, Integer> clinicNos =
                clinics.numbers(facts.stream().map(Fact::clinic).collect(Collectors.toSet()));
        return months.with(facts, clinics.floor(), () -> append(facts, clinicNos));
    }

    private Appended append(List<Fact> facts, Map<ClinicId, Integer> clinicNos) {
        Scope scope = FactBatch.scopeOf(clinicNos.keySet(), spanning);
        return transactions.run("append", scope, connection -> {
            @Nullable Outcome[] outcomes = new Outcome[facts.size()];
            List<FactBatch> batches = FactBatch.of(facts, clinicNos, outcomes, spanning);
            Map<ClinicId, Long> ends = new FactAppend(database, clinics).append(connection, batches);
            return new Appended(
                    Arrays.stream(outcomes).map(Objects::requireNonNull).toList(), ends);
        });
    }

    /**
     * Takes facts in within a transaction of the host's, which has to be on this log's database: they are stored with the host's own changes or not at all.
     *
     * <p>An append waits for a transaction that is still open and has stored an event of the same id, up to ten seconds, or on H2 as long as its {@code
     * LOCK_TIMEOUT} says. It may need a connection of this log's own the first time that a clinic has a fact. The outbox throws {@link JdbcStoreException} where
     * the database does not store the facts: roll the transaction back then, or to a savepoint before; and {@link IllegalStateException} where the connection
     * commits by itself.
     *
     * @param connection of the host's, with the rights that {@code docs/database.md} lists for the application; it is neither committed nor closed
     */
    public Outbox outbox(Connection connection) {
        return outbox(connection, PATIENCE);
    }

    Outbox outbox(Connection connection, Duration patience) {
        return new JdbcOutbox(Objects.requireNonNull(connection, "connection"), database, clinics, patience);
    }

    /**
     * How far what was stored through outboxes is behind the log.
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    public OutboxLag outboxLag() {
        return transactions.run(
                "measure its lag",
                Scope.everyClinic(),
                connection -> new OutboxQueries(database).lag(connection, numbering.tooLate(), failure));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read; the reader may have been handed some facts by then
     */
    @Override
    public long read(ClinicId clinic, long from, Reader reader) {
        return read(clinic, from, FactQueries.NOTHING_ERASED, reader);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read; the reader may have been handed some facts by then
     */
    @Override
    public long read(ClinicId clinic, long from, long erasures, Reader reader) {
        int clinicNo = clinics.number(clinic);
        if (clinicNo == 0) {
            return from;
        }
        FactRange range = transactions.run(
                "find a clinic", Scope.of(clinic), connection -> queries.rangeOf(connection, clinicNo));
        long next = range.from() + from;
        boolean more = next < range.to();
        while (more) {
            long first = next;
            SortedMap<Long, Fact> page =
                    page(clinic, connection -> queries.between(connection, clinic, range, first, erasures, PAGE));
            hand(range, page, reader);
            more = page.size() == PAGE;
            next = page.isEmpty() ? next : page.lastKey() + 1;
        }
        return Math.max(from, range.countWith(0));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
        return read(clinic, entities, FactQueries.NOTHING_ERASED, reader);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, long erasures, Reader reader) {
        int clinicNo = clinics.number(clinic);
        if (clinicNo == 0 || entities.isEmpty()) {
            return Set.of();
        }
        FactQueries.OfEntities found = transactions.run(
                "read", Scope.of(clinic), connection -> queries.of(connection, clinic, clinicNo, entities, erasures));
        hand(FactRange.of(clinicNo, 0), found.facts(), reader);
        return found.forgotten();
    }

    /**
     * {@inheritDoc}
     *
     * <p>What has been committed through an {@link #outbox} gets its positions here. A clinic of which that fails holds up no other: it is tried again the
     * next time, and {@link #outboxLag} says what went wrong.
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Map<ClinicId, Long> ends() {
        FactQueries.Ends ends =
                transactions.run("find its ends", Scope.everyClinic(), connection -> queries.ends(connection, clinics));
        JdbcStoreException failed = null;
        for (ClinicId clinic : ends.waiting()) {
            try {
                long end = numbering.number(clinic);
                if (end > 0) {
                    ends.counts().put(clinic, end);
                }
            } catch (JdbcStoreException e) {
                failed = e;
            }
        }
        failure = failed;
        return ends.counts();
    }

    /**
     * {@inheritDoc} The same for all clinics, whichever process raised it.
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public long floor(ClinicId clinic) {
        clinics.knowFloor(transactions.run(
                "find its floor", Scope.noClinic(), new Retention(database, transactions, months)::floor));
        return clinics.floor();
    }

    /**
     * Forgets all facts of all clinics that are dated before an instant, for good, and turns away whatever is dated before it from now on; {@link #floor} says
     * so in every process. Positions stay what they are. Of entities that facts are forgotten of the keyed id is kept, so that what comes of them later is not taken for the whole. On PostgreSQL whole months are dropped and the rest is deleted, so that instants at the start of a
     * month, in UTC, cost least. Where this fails it may have forgotten some and not all; call it again. An instant before one that was given earlier changes
     * nothing.
     *
     * @param instant from 1990 to the end of 2199
     * @throws IllegalArgumentException if it lies outside those years, as no event does
     * @throws JdbcStoreException if the database does not do it
     */
    @Override
    public void forgetBefore(Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "Facts are dated from 1990 to 2199; forget before an instant in those years");
        }
        long floor = instant.toEpochMilli();
        Retention retention = new Retention(database, transactions, months);
        retention.raise(floor);
        clinics.knowFloor(floor);
        retention.forget(floor);
        ends();
    }

    /**
     * {@inheritDoc}
     *
     * <p>What a host's transaction that is still open has stored of the patient is dropped once it has committed, when it is to get its position.
     *
     * @throws JdbcStoreException if the database does not do it; nothing is erased then
     */
    @Override
    public void erase(ClinicId clinic, long patient) {
        erasure.erase(clinic, patient);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database does not do it
     */
    @Override
    public void eraseClinic(ClinicId clinic) {
        erasure.eraseClinic(clinic);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Map<ClinicId, Long> erasures() {
        return transactions.run("find what was erased", Scope.everyClinic(), erasure::erasures);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public long erasures(ClinicId clinic) {
        return transactions.run(
                "find what was erased", Scope.of(clinic), connection -> erasure.erasures(connection, clinic));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public SetAside setAside(ClinicId clinic, long after) {
        return erasure.setAside(clinic, after);
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Set<ClinicId> setAside() {
        return erasure.setAside();
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database does not do it; nothing is deleted then
     */
    @Override
    public void deleteSetAside(ClinicId clinic, long upTo) {
        erasure.deleteSetAside(clinic, upTo);
    }

    /** {@inheritDoc} It is: by other processes, and by the host's transactions. */
    @Override
    public boolean isShared() {
        return true;
    }

    private static void hand(FactRange range, SortedMap<Long, Fact> facts, Reader reader) {
        facts.forEach((factNo, fact) -> reader.fact(factNo - range.from(), fact));
    }

    private SortedMap<Long, Fact> page(ClinicId clinic, Transactions.Work<SortedMap<Long, Fact>> query) {
        return transactions.run("read", Scope.of(clinic), query);
    }
}
