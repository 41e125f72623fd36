package dev.clinickpi.jdbc.source;

import dev.clinickpi.jdbc.source.FieldSource.Column;
import dev.clinickpi.jdbc.source.FieldSource.Constant;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mapping held against the columns that its query has: where each field of a row's event comes from. */
final class QueryColumns {

    static final String NO_COLUMN = "must be a column of the query";
    static final String NO_VALUE =
            "must be a column of text, numbers, booleans, dates or timestamps; convert it in the query";
    static final String NO_ZONE = "is missing: the query has local times";
    static final String NO_WATERMARK = "must be a column of timestamps or of exact numbers";
    static final String OTHER_OVERLAP =
            "must be a duration for a watermark of timestamps, and a whole number for one of numbers";
    static final String NULL_WATERMARK =
            "must have a watermark that can be read, or no later read would come back to it; let the query give one, by COALESCE for example";

    /** What may be printed of a key without a second look. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.:-]{1,64}");

    private final QueryMapping mapping;
    private final ResultSetMetaData columns;
    private final MappingFaults faults;
    private final Map<String, String> constants = new HashMap<>();
    private final List<MappedColumn> mapped = new ArrayList<>();
    private final @Nullable MappedColumn watermark;
    private final @Nullable MappedColumn key;

    /**
     * The columns of a query.
     *
     * @param faults takes what does not hold; with any, these columns are of no use
     */
    QueryColumns(QueryMapping mapping, ResultSetMetaData columns, MappingFaults faults) throws SQLException {
        this.mapping = mapping;
        this.columns = columns;
        this.faults = faults;
        for (Map.Entry<String, FieldSource> field : mapping.fields().entrySet()) {
            if (field.getValue() instanceof Constant constant) {
                constants.put(field.getKey(), constant.value());
            } else if (field.getValue() instanceof Column source) {
                MappedColumn column = column(
                        field.getKey(),
                        source.column(),
                        source.values(),
                        faults.in("fields").in(field.getKey()).in("column"));
                if (column != null) {
                    mapped.add(column);
                }
            }
        }
        String keyColumn = mapping.printableKey();
        key = keyColumn == null ? null : column("", keyColumn, null, faults.in("printableKey"));
        watermark = watermark();
    }

    private @Nullable MappedColumn column(
            String field, String name, @Nullable Map<String, String> values, MappingFaults at) throws SQLException {
        for (int place = 1; place <= columns.getColumnCount(); place++) {
            if (columns.getColumnLabel(place).equalsIgnoreCase(name)) {
                ColumnKind kind = ColumnKind.of(columns, place);
                at.require(kind != ColumnKind.NO_VALUE, NO_VALUE);
                if (kind.isLocal() && mapping.zone() == null) {
                    faults.in("zone").add(NO_ZONE);
                }
                return new MappedColumn(field, place, kind, values, kind.isLocal() ? mapping.zone() : null);
            }
        }
        at.add(NO_COLUMN);
        return null;
    }

    private @Nullable MappedColumn watermark() throws SQLException {
        MappingFaults at = faults.in("watermark");
        MappedColumn column = column("", mapping.watermark(), null, at.in("column"));
        if (column != null) {
            switch (column.kind()) {
                case INSTANT, LOCAL_TIME, LOCAL_DATE ->
                    at.in("overlap").require(mapping.overlap() instanceof Overlap.OfTime, OTHER_OVERLAP);
                case WHOLE, DECIMAL ->
                    at.in("overlap").require(mapping.overlap() instanceof Overlap.OfNumber, OTHER_OVERLAP);
                case FLOATING, BOOLEAN, TEXT, NO_VALUE -> at.in("column").add(NO_WATERMARK);
            }
        }
        return column;
    }

    /** Whether rows can be asked for from this watermark on: the host may have changed the column since. */
    boolean canCompare(Watermark with) {
        if (watermark == null) {
            return false;
        }
        return switch (watermark.kind()) {
            case INSTANT -> with instanceof Watermark.OfInstant;
            case LOCAL_TIME, LOCAL_DATE -> with instanceof Watermark.OfLocalTime;
            case WHOLE, DECIMAL -> with instanceof Watermark.OfNumber;
            default -> false;
        };
    }

    /** The watermark of a row; null when it has none that can be read. */
    @Nullable
    Watermark watermark(ResultSet row) throws SQLException {
        return watermark == null ? null : Watermark.of(watermark.readOrNull(row));
    }

    /** What a row says of an event's fields. */
    MappedRow read(ResultSet row) throws SQLException {
        MappedRow read = new MappedRow(constants);
        for (MappedColumn column : mapped) {
            column.read(row, read);
        }
        read.dropMoneyWithoutAmount();
        return read;
    }

    /** What the host finds a row by: its watermark and, where the mapping names one, its printable key. */
    String place(ResultSet row, @Nullable Watermark at) throws SQLException {
        String place = mapping.name() + ", " + mapping.watermark() + " " + (at == null ? "null" : at);
        if (key == null) {
            return place;
        }
        Object value = key.readOrNull(row);
        String text = value == null ? "null" : MappedColumn.text(value);
        return place + ", " + mapping.printableKey() + " "
                + (PLAIN.matcher(text).matches() ? text : "?");
    }
}
