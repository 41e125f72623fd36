package dev.clinickpi.jdbc.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one SQL query become events: each row is one event. {@code docs/import.md} maps two schemas whole.
 *
 * <pre>{@code
 * QueryMapping citas = QueryMapping.named("citas")
 *         .sql("SELECT c.*, 'cita-' || c.id || '-' || c.estado AS evento FROM citas c")
 *         .watermark("modificada", Duration.ofMinutes(10))
 *         .zone(ZoneId.of("Europe/Madrid"))
 *         .constant("type", "appointment")
 *         .constant("clinicId", "sol")
 *         .column("id", "evento")
 *         .column("at", "modificada")
 *         .column("appointmentId", "id")
 *         .column("patientId", "paciente_id")
 *         .column("status", "estado", Map.of("CONFIRMADA", "confirmed", "ANULADA", "cancelled"))
 *         .column("startsAt", "inicio")
 *         .build();
 * }</pre>
 *
 * <p>Immutable.
 */
public final class QueryMapping {

    private final String name;
    private final String sql;
    private final String watermark;
    private final Overlap overlap;
    private final @Nullable ZoneId zone;
    private final @Nullable String printableKey;
    private final Map<String, FieldSource> fields;

    private QueryMapping(
            String name,
            String sql,
            String watermark,
            Overlap overlap,
            @Nullable ZoneId zone,
            @Nullable String printableKey,
            Map<String, FieldSource> fields) {
        this.name = name;
        this.sql = sql;
        this.watermark = watermark;
        this.overlap = overlap;
        this.zone = zone;
        this.printableKey = printableKey;
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * A mapping to be built.
     *
     * @param name what its rejections and its watermark go by: 1 to 64 letters, digits, {@code _}, {@code -} or {@code .}
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * Reads the mappings of a JSON document, which {@code docs/import.md} describes. Unlike reference data, it may hold no field that is unknown: a
     * misspelt one would go unnoticed otherwise.
     *
     * @return the mappings in the document's order; at least one
     * @throws InvalidMappingException if the document has faults; it names them all
     * @throws UncheckedIOException if the file cannot be read
     */
    public static List<QueryMapping> read(Path file) {
        try {
            return MappingReader.read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Reads the mappings of a JSON document to the end of a stream, which stays open.
     *
     * @return the mappings in the document's order; at least one
     * @throws InvalidMappingException if the document has faults; it names them all
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static List<QueryMapping> read(InputStream json) {
        try {
            return MappingReader.read(json.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What its rejections and its watermark go by. */
    public String name() {
        return name;
    }

    String sql() {
        return sql;
    }

    String watermark() {
        return watermark;
    }

    Overlap overlap() {
        return overlap;
    }

    @Nullable
    ZoneId zone() {
        return zone;
    }

    @Nullable
    String printableKey() {
        return printableKey;
    }

    Map<String, FieldSource> fields() {
        return fields;
    }

    /** The same for mappings that make the same events of the same rows, in every run. What a read has passed over may be an event to another one. */
    String fingerprint() {
        StringBuilder text = new StringBuilder();
        Object[] parts = {sql, watermark, overlap, zone, new TreeMap<>(fields)};
        for (Object part : parts) {
            String shown = part instanceof Map<?, ?> map ? sorted(map) : String.valueOf(part);
            text.append(shown.length()).append(':').append(shown);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String sorted(Map<?, ?> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((field, source) -> {
            text.append(field).append('=');
            if (source instanceof FieldSource.Column column && column.values() != null) {
                text.append(column.column()).append(new TreeMap<>(column.values()));
            } else {
                text.append(source);
            }
            text.append('\n');
        });
        return text.toString();
    }

    @Override
    public String toString() {
        return "mapping " + name;
    }

    /** What a mapping is made of. All but the zone and the printable key is required. */
    public static final class Builder {

        private final String name;
        private final Map<String, FieldSource> fields = new LinkedHashMap<>();
        private @Nullable String sql;
        private @Nullable String watermark;
        private @Nullable Overlap overlap;
        private @Nullable ZoneId zone;
        private @Nullable String printableKey;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * The query: one SELECT without a semicolon at its end. It is made the inner part of another one that asks for rows from the watermark on, in
         * that order; so it needs no order of its own, no placeholders and no two columns of one name.
         */
        public Builder sql(String select) {
            sql = select;
            return this;
        }

        /**
         * A column of the query that says when a row was last changed, and how far behind the last one seen each read begins again: longer than a
         * transaction of the host stays open. A row whose watermark is null is rejected.
         *
         * @param column its name; a timestamp, with or without a zone
         * @param overlapTime from 0 to 366 days
         */
        public Builder watermark(String column, Duration overlapTime) {
            return watermark(column, new Overlap.OfTime(overlapTime));
        }

        /**
         * A column of the query whose number is greater the later a row was written, such as a sequence's, and how far behind the greatest seen each
         * read begins again: more than the numbers that open transactions of the host hold.
         *
         * @param column its name; an exact number
         * @param overlapNumbers from 0 to 10^15
         */
        public Builder watermark(String column, long overlapNumbers) {
            return watermark(column, new Overlap.OfNumber(BigDecimal.valueOf(overlapNumbers)));
        }

        Builder watermark(@Nullable String column, @Nullable Overlap behind) {
            watermark = column;
            overlap = behind;
            return this;
        }

        /** The zone of the query's local timestamps and dates; required when it has any. A wall time that a clock shows twice is the earlier one. */
        public Builder zone(ZoneId localZone) {
            zone = localZone;
            return this;
        }

        /**
         * A column of the query that may be printed, such as a row number, so that a rejection names the row by it. Whoever names one says that it is
         * nothing personal; a column that an id or a text comes from is refused.
         */
        public Builder printableKey(String column) {
            printableKey = column;
            return this;
        }

        /** A field that is the same in every row, named as in NDJSON; money is {@code value.amount} and {@code value.currency}. */
        public Builder constant(String field, String value) {
            fields.put(field, new FieldSource.Constant(value));
            return this;
        }

        /** A field that comes from a column. A null is an absent field. */
        public Builder column(String field, String column) {
            fields.put(field, new FieldSource.Column(column, null));
            return this;
        }

        /**
         * A field that is the word for what a column holds. A row with a value that there is no word for is rejected.
         *
         * @param values the word for each value; numbers stand as their digits, booleans as {@code true} and {@code false}
         */
        public Builder column(String field, String column, Map<String, String> values) {
            fields.put(field, new FieldSource.Column(column, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
            return this;
        }

        /**
         * The mapping.
         *
         * @throws InvalidMappingException if it has faults; it names them all
         */
        public QueryMapping build() {
            MappingFaults faults = MappingFaults.none();
            QueryMapping mapping = build(faults);
            faults.throwIfAny();
            return mapping;
        }

        /** The mapping, which holds unless faults are added. What is missing has a stand-in, so that the rest is looked at too. */
        QueryMapping build(MappingFaults faults) {
            QueryMapping mapping = new QueryMapping(
                    name,
                    required(sql, "SELECT", faults.in("sql")),
                    required(watermark, "none", faults.in("watermark").in("column")),
                    required(
                            overlap,
                            new Overlap.OfTime(Duration.ZERO),
                            faults.in("watermark").in("overlap")),
                    zone,
                    printableKey,
                    fields);
            new MappingCheck(mapping, faults).run();
            return mapping;
        }

        private static <T> T required(@Nullable T value, T standIn, MappingFaults faults) {
            if (value == null) {
                faults.addMissing();
                return standIn;
            }
            return value;
        }
    }
}
