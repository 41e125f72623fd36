package dev.clinickpi.jdbc.source;

import dev.clinickpi.event.EventSource;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from the tables that a host already has, as {@link QueryMapping}s say: all rows at first, and from the last watermarks on from then
 * on.
 *
 * <pre>{@code
 * List<QueryMapping> mappings = QueryMapping.read(Path.of("mapping.json"));
 * Path file = Path.of("watermarks.json");
 * try (JdbcEventSource source = JdbcEventSource.of(database, mappings)
 *         .from(Watermarks.read(file))
 *         .whenStored(watermarks -> watermarks.write(file))
 *         .open()) {
 *     engine.record(Principal.superAdmin("import"), source, rejections::add);
 * }
 * }</pre>
 *
 * <p>A read goes back behind the last watermark by the mapping's overlap, so that rows that were committed late are not passed over; those that come
 * again are duplicates to the event log. Watermarks move only when the engine acknowledges what it has stored, so a process that dies goes on from
 * rows that are in the log, whatever it had read. A row that lies ahead of the clock is read, and moves the watermark no further than the clock.
 *
 * <p>One connection, one transaction that may only read, a few hundred rows in memory: on PostgreSQL, and wherever the driver heeds the fetch size.
 * A row that makes no event is a {@link Rejection} whose {@code place} is the mapping's name, the row's watermark and its printable key, where the
 * mapping names one. No message holds anything else of a row.
 *
 * <p>For use by one thread at a time.
 */
public final class JdbcEventSource implements EventSource, AutoCloseable {

    private final ReadOnlyTransaction transaction;
    private final List<QueryRows> queries;
    private final Instant opened;
    private final Consumer<Watermarks> whenStored;
    private Watermarks watermarks;
    private int current;

    private JdbcEventSource(
            ReadOnlyTransaction transaction,
            List<QueryRows> queries,
            Instant opened,
            Watermarks from,
            Consumer<Watermarks> whenStored) {
        this.transaction = transaction;
        this.queries = queries;
        this.opened = opened;
        this.watermarks = from;
        this.whenStored = whenStored;
    }

    /**
     * A source to be opened.
     *
     * @param database the host's: PostgreSQL or H2; others have not been tried
     * @param mappings read in this order
     * @throws IllegalArgumentException if there is none, or two have one name
     */
    public static Builder of(DataSource database, List<QueryMapping> mappings) {
        return new Builder(database, mappings);
    }

    /**
     * {@inheritDoc}
     *
     * @throws EventSourceException if the database fails
     */
    @Override
    public @Nullable KpiEvent next(Consumer<? super Rejection> rejections) {
        while (current < queries.size()) {
            QueryRows query = queries.get(current);
            try {
                KpiEvent event = query.next(rejections);
                if (event != null) {
                    return event;
                }
            } catch (SQLException e) {
                throw EventSourceException.failed(query.mapping(), e);
            }
            current++;
        }
        return null;
    }

    /** The number of the row, among those that its query gave this time, from 1. */
    @Override
    public long line() {
        return latest().row();
    }

    @Override
    public String place() {
        return latest().place();
    }

    private QueryRows latest() {
        return queries.get(Math.min(current, queries.size() - 1));
    }

    /** Moves the watermarks to what has been read so far. */
    @Override
    public void acknowledge() {
        Watermarks moved = watermarks;
        for (QueryRows query : queries) {
            QueryMapping mapping = query.mapping();
            if (query.reached().isPresent()) {
                moved = moved.with(mapping, query.reached().get().atMost(opened, mapping.zone()));
            }
        }
        watermarks = moved;
        whenStored.accept(moved);
    }

    /** Where the next read goes on from: everything up to there has been acknowledged. */
    public Watermarks watermarks() {
        return watermarks;
    }

    /** Gives the connection back as it was. */
    @Override
    public void close() {
        transaction.close();
    }

    /** What a source is made of. */
    public static final class Builder {

        private static final int DEFAULT_FETCH_SIZE = 500;

        private final DataSource database;
        private final List<QueryMapping> mappings;
        private Watermarks from = Watermarks.none();
        private Consumer<Watermarks> whenStored = watermarks -> {};
        private Clock clock = Clock.systemUTC();
        private int fetchSize = DEFAULT_FETCH_SIZE;

        private Builder(DataSource database, List<QueryMapping> mappings) {
            this.database = Objects.requireNonNull(database, "database");
            this.mappings = List.copyOf(mappings);
            Set<String> names = new HashSet<>();
            if (mappings.isEmpty() || !mappings.stream().allMatch(mapping -> names.add(mapping.name()))) {
                throw new IllegalArgumentException("There is at least one mapping, and each has a name of its own");
            }
        }

        /** Where to go on from; everything is read unless set. */
        public Builder from(Watermarks last) {
            from = Objects.requireNonNull(last, "last");
            return this;
        }

        /** Is told the watermarks whenever the engine has stored what was read, a batch of a thousand events at a time; the place to keep them. */
        public Builder whenStored(Consumer<Watermarks> keeper) {
            whenStored = Objects.requireNonNull(keeper, "keeper");
            return this;
        }

        /** Says what lies ahead; the system's unless set. */
        public Builder clock(Clock source) {
            clock = Objects.requireNonNull(source, "clock");
            return this;
        }

        /**
         * How many rows the driver is asked to fetch at a time; 500 unless set.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder fetchSize(int rows) {
            if (rows <= 0) {
                throw new IllegalArgumentException("fetchSize is positive, not " + rows);
            }
            fetchSize = rows;
            return this;
        }

        /**
         * Connects, and holds every mapping against the columns of its query. To be closed.
         *
         * @throws InvalidMappingException if a mapping does not fit its query; it names the faults of all
         * @throws EventSourceException if the database cannot be reached or does not take a query
         */
        public JdbcEventSource open() {
            ReadOnlyTransaction transaction = ReadOnlyTransaction.begin(database);
            boolean opened = false;
            try {
                JdbcEventSource source = new JdbcEventSource(
                        transaction, queries(transaction.connection()), clock.instant(), from, whenStored);
                opened = true;
                return source;
            } finally {
                if (!opened) {
                    transaction.close();
                }
            }
        }

        private List<QueryRows> queries(Connection connection) {
            MappingFaults faults = MappingFaults.none();
            List<QueryRows> queries = new ArrayList<>();
            for (int i = 0; i < mappings.size(); i++) {
                QueryMapping mapping = mappings.get(i);
                try {
                    QueryColumns columns = QueryRows.describe(
                            connection, mapping, faults.in("queries").at(i));
                    queries.add(new QueryRows(
                            connection, mapping, columns, from.of(mapping).orElse(null), fetchSize));
                } catch (SQLException e) {
                    throw EventSourceException.failed(mapping, e);
                }
            }
            faults.throwIfAny();
            return queries;
        }
    }
}
