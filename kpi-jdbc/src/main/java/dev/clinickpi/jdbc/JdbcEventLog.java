package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * An event log in the host's database. An append is one transaction; when it returns, the facts are as durable as the database makes a commit: for an
 * embedded H2, give its URL {@code ;WRITE_DELAY=0}, or what was committed in the last half second can be lost with the machine.
 *
 * <pre>{@code
 * JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:./clinic-kpi;WRITE_DELAY=0", "sa", "");
 * ClinicKpiSchema.standard().migrate(database);
 * EventLog events = JdbcEventLog.open(database);
 * }</pre>
 *
 * <p>Give it a pool: a connection is borrowed for each append and for each page of a read, and none is held while a reader is handed facts. Appends of
 * one clinic wait for each other, also across processes; those of different clinics do not.
 *
 * <p>Safe for use by many threads.
 */
public final class JdbcEventLog implements EventLog {

    /** How many facts of a clinic a read fetches at a time: a few hundred kilobytes. */
    private static final int PAGE = 2_000;

    static final String STORE = "The event log";

    /** For an append of some ten thousand facts, or a page, on a busy database. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Database database;
    private final FactQueries queries;
    private final Transactions transactions;

    private JdbcEventLog(Database database) {
        this.database = database;
        this.queries = new FactQueries(database);
        this.transactions = new Transactions(STORE, database, LIMIT);
    }

    /**
     * The log that a database holds in the schema {@code clinic_kpi}.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcEventLog open(DataSource database) {
        return open(database, ClinicKpiSchema.standard());
    }

    /**
     * The log that a database holds in a schema of a chosen name.
     *
     * @param database where it is kept: PostgreSQL 14 or later, or H2 2.x
     * @throws JdbcStoreException if the database cannot be reached, or its schema is not of this version: see {@link ClinicKpiSchema#migrate}
     */
    public static JdbcEventLog open(DataSource database, ClinicKpiSchema schema) {
        return new JdbcEventLog(Database.open(database, schema));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database does not store them
     */
    @Override
    public Appended append(List<Fact> facts) {
        if (facts.isEmpty()) {
            return new Appended(List.of(), Map.of());
        }
        Map<String, List<Integer>> byClinic = placesByClinic(facts);
        return transactions.run("append", Scope.noClinic(), connection -> {
            Outcome[] outcomes = new Outcome[facts.size()];
            Map<ClinicId, Long> ends = new HashMap<>();
            try (FactAppend append = new FactAppend(database, connection)) {
                for (List<Integer> places : byClinic.values()) {
                    append.add(facts, places, outcomes, ends);
                }
            }
            return new Appended(Arrays.asList(outcomes), ends);
        });
    }

    /** In one order for all, so that two appends never wait for each other's clinics. */
    private static Map<String, List<Integer>> placesByClinic(List<Fact> facts) {
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < facts.size(); i++) {
            places.computeIfAbsent(facts.get(i).clinic().value(), clinic -> new ArrayList<>())
                    .add(i);
        }
        return places;
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read; the reader may have been handed some facts by then
     */
    @Override
    public long read(ClinicId clinic, long from, Reader reader) {
        FactRange range =
                transactions.run("find a clinic", Scope.of(clinic), connection -> queries.rangeOf(connection, clinic));
        long end = Math.max(from, range.to() - range.from());
        for (long position = from; position < end; position += PAGE) {
            long first = range.from() + position;
            long last = Math.min(range.to(), first + PAGE);
            hand(range, page(clinic, connection -> queries.between(connection, clinic, first, last)), reader);
        }
        return end;
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
        FactRange range =
                transactions.run("find a clinic", Scope.of(clinic), connection -> queries.rangeOf(connection, clinic));
        SortedMap<Long, Fact> found = new TreeMap<>();
        for (EntityKey entity : entities) {
            found.putAll(page(clinic, connection -> queries.of(connection, clinic, entity)));
        }
        hand(range, found, reader);
        return Set.of();
    }

    /**
     * {@inheritDoc}
     *
     * @throws JdbcStoreException if the database cannot be read
     */
    @Override
    public Map<ClinicId, Long> ends() {
        return transactions.run("find its ends", Scope.everyClinic(), queries::ends);
    }

    private static void hand(FactRange range, SortedMap<Long, Fact> facts, Reader reader) {
        facts.forEach((factNo, fact) -> reader.fact(factNo - range.from(), fact));
    }

    private SortedMap<Long, Fact> page(ClinicId clinic, Transactions.Work<SortedMap<Long, Fact>> query) {
        return transactions.run("read", Scope.of(clinic), query);
    }
}
