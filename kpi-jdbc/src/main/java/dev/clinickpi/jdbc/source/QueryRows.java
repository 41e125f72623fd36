package dev.clinickpi.jdbc.source;

import dev.clinickpi.event.InvalidEventException;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of one mapping's query: first those without a watermark, which are rejected each time, then the others in its order. */
final class QueryRows implements AutoCloseable {

    private final Connection connection;
    private final QueryMapping mapping;
    private final QueryColumns columns;
    private final int fetchSize;
    private final Deque<Selection> selections = new ArrayDeque<>();
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private @Nullable Watermark reached;
    private long row;
    private String place;

    /** A part of the rows. */
    private record Selection(String condition, @Nullable Watermark from) {}

    /**
     * The rows of a query that is not run yet.
     *
     * @param last how far it was read before, or null
     */
    QueryRows(
            Connection connection,
            QueryMapping mapping,
            QueryColumns columns,
            @Nullable Watermark last,
            int fetchSize) {
        this.connection = connection;
        this.mapping = mapping;
        this.columns = columns;
        this.fetchSize = fetchSize;
        this.place = mapping.name();
        boolean goesOn = last != null && columns.canCompare(last);
        this.reached = goesOn ? last : null;
        String column = "kpi_source." + mapping.watermark();
        selections.add(new Selection(column + " IS NULL", null));
        selections.add(Optional.ofNullable(reached)
                .flatMap(watermark -> watermark.behind(mapping.overlap(), mapping.zone()))
                .map(from -> new Selection(column + " >= ? ORDER BY " + column, from))
                .orElseGet(() -> new Selection(column + " IS NOT NULL ORDER BY " + column, null)));
    }

    /** The columns that a query has, without running it. */
    static QueryColumns describe(Connection connection, QueryMapping mapping, MappingFaults faults)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(select(mapping, "1 = 0"))) {
            return new QueryColumns(mapping, query.getMetaData(), faults);
        }
    }

    /** The alias is written without AS, which not every database has there. */
    private static String select(QueryMapping mapping, String condition) {
        return "SELECT * FROM (\n" + mapping.sql() + "\n) kpi_source WHERE " + condition;
    }

    /** The event of the next row that holds, or null at the end. */
    @Nullable
    KpiEvent next(Consumer<? super Rejection> rejections) throws SQLException {
        while (advance()) {
            ResultSet current = Objects.requireNonNull(rows);
            row++;
            Watermark watermark = columns.watermark(current);
            place = columns.place(current, watermark);
            if (watermark == null) {
                rejections.accept(new Rejection(row, place, "", QueryColumns.NULL_WATERMARK));
                continue;
            }
            reached = reached == null ? watermark : reached.max(watermark);
            KpiEvent event = event(current, rejections);
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    private @Nullable KpiEvent event(ResultSet current, Consumer<? super Rejection> rejections) throws SQLException {
        MappedRow read = columns.read(current);
        try {
            return KpiEvent.of(read.fields());
        } catch (InvalidEventException e) {
            rejections.accept(new Rejection(row, place, e.field(), read.rule(e.field(), e.rule())));
            return null;
        }
    }

    private boolean advance() throws SQLException {
        while (rows == null || !rows.next()) {
            close();
            Selection next = selections.poll();
            if (next == null) {
                return false;
            }
            run(next);
        }
        return true;
    }

    private void run(Selection selection) throws SQLException {
        PreparedStatement query = connection.prepareStatement(select(mapping, selection.condition()));
        statement = query;
        query.setFetchSize(fetchSize);
        if (selection.from() != null) {
            selection.from().bind(query, 1);
        }
        rows = query.executeQuery();
    }

    QueryMapping mapping() {
        return mapping;
    }

    /** The number of the row that was read last. */
    long row() {
        return row;
    }

    /** What the host finds that row by. */
    String place() {
        return place;
    }

    /** The greatest watermark of a row that was read, now or before; empty when there is none. */
    Optional<Watermark> reached() {
        return Optional.ofNullable(reached);
    }

    @Override
    public void close() throws SQLException {
        rows = null;
        if (statement != null) {
            statement.close();
            statement = null;
        }
    }
}
