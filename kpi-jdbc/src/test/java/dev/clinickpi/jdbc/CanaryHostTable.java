package dev.clinickpi.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.source.QueryMapping;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A host's own table that has a column for each field of events, and a mapping of it. */
final class CanaryHostTable {

    private static final List<String> FIELDS = List.copyOf(KpiEvent.fieldNames());
    private static final Set<String> TIMES = Set.of("at", "startsAt");
    private static final Set<String> NUMBERS =
            Set.of("value.amount", "cost.amount", "score", "inputTokens", "cachedInputTokens", "outputTokens");

    private CanaryHostTable() {}

    static QueryMapping mapping() {
        QueryMapping.Builder mapping = QueryMapping.named("host_event").sql("SELECT * FROM host_event");
        mapping.watermark("row_no", 10);
        FIELDS.forEach(field -> mapping.column(field, column(field)));
        return mapping.build();
    }

    /** Makes the table of those events whose values its columns can hold; returns how many. */
    static int create(DataSource database, List<? extends JsonNode> events) throws SQLException {
        String columns = FIELDS.stream()
                .map(field -> ", " + column(field) + " " + type(field))
                .collect(Collectors.joining());
        String marks = ", ?".repeat(FIELDS.size());
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("CREATE TABLE host_event (row_no BIGINT PRIMARY KEY" + columns + ")");
            connection.setAutoCommit(false);
            int rows = 0;
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO host_event VALUES (?" + marks + ")")) {
                for (JsonNode event : events) {
                    List<Object> values = values(event);
                    if (values != null) {
                        insert.setLong(1, ++rows);
                        for (int i = 0; i < values.size(); i++) {
                            insert.setObject(i + 2, values.get(i));
                        }
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            }
            connection.commit();
            return rows;
        }
    }

    private static String column(String field) {
        return "c" + FIELDS.indexOf(field);
    }

    private static String type(String field) {
        return TIMES.contains(field)
                ? "TIMESTAMP WITH TIME ZONE"
                : NUMBERS.contains(field) ? "NUMERIC(20, 4)" : "VARCHAR(4000)";
    }

    /** A value for each column; null where a column of times or numbers would have to hold something else. */
    private static @Nullable List<Object> values(JsonNode event) {
        List<Object> values = new ArrayList<>();
        for (String field : FIELDS) {
            JsonNode value = event.at("/" + field.replace('.', '/'));
            try {
                values.add(value.isMissingNode() ? null : value(field, value.asText()));
            } catch (RuntimeException noTimeNorNumber) {
                return null;
            }
        }
        return values;
    }

    private static Object value(String field, String text) {
        if (TIMES.contains(field)) {
            return Timestamp.from(Instant.parse(text));
        }
        return NUMBERS.contains(field) ? new BigDecimal(text) : text;
    }
}
