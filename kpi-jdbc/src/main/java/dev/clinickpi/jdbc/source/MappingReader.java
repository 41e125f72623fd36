package dev.clinickpi.jdbc.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a document of mappings and finds all its faults in one go: those of shape here, those of content by {@link MappingCheck}. */
final class MappingReader {

    static final String OBJECT = "must be an object";
    static final String STRING = "must be a string";
    static final String LIST = "must be a list with at least one element";
    static final String LINES = "must be a list of strings, the lines of the query";
    static final String UNKNOWN = "is not known here; the fields are ";
    static final String ZONE = "must be a zone of the IANA database, such as Europe/Madrid";
    static final String OVERLAP = "must be a duration, such as \"PT10M\", or a whole number";
    static final String SOURCE = "must have either a column, with or without values, or a constant";
    static final String NAMED_TWICE = "must be the name of one query only";

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    private final MappingFaults document = MappingFaults.none();

    private MappingReader() {}

    /** @throws InvalidMappingException if the document has faults */
    static List<QueryMapping> read(byte[] json) {
        return new MappingReader().document(tree(json));
    }

    private static JsonNode tree(byte[] json) {
        MappingFaults faults = MappingFaults.none();
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree != null && !tree.isMissingNode()) {
                return tree;
            }
            faults.add(OBJECT);
        } catch (JsonProcessingException malformed) {
            // Not its message: it quotes the document.
            JsonLocation at = malformed.getLocation();
            String where =
                    at == null ? "" : "; reading it stopped at line " + at.getLineNr() + ", column " + at.getColumnNr();
            faults.add("must be well-formed JSON in UTF-8 with no field twice" + where);
        } catch (IOException undecodable) {
            faults.add("must be in UTF-8");
        }
        faults.throwIfAny();
        throw new AssertionError("there is a fault");
    }

    private List<QueryMapping> document(JsonNode tree) {
        List<QueryMapping> mappings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (isObject(tree, document, "zone", "queries")) {
            ZoneId zone = zone(tree.path("zone"), document.in("zone"));
            JsonNode queries = tree.path("queries");
            MappingFaults at = document.in("queries");
            at.require(queries.isArray() && !queries.isEmpty(), LIST);
            for (int i = 0; queries.isArray() && i < queries.size(); i++) {
                query(queries.get(i), zone, names, mappings, at.at(i));
            }
        }
        document.throwIfAny();
        return List.copyOf(mappings);
    }

    private void query(
            JsonNode json, @Nullable ZoneId zone, Set<String> names, List<QueryMapping> mappings, MappingFaults at) {
        if (!isObject(json, at, "name", "sql", "watermark", "zone", "printableKey", "fields")) {
            return;
        }
        String name = string(json, "name", at);
        if (name == null) {
            at.in("name").addMissing();
        } else {
            at.in("name").require(names.add(name), NAMED_TWICE);
        }
        QueryMapping.Builder mapping = QueryMapping.named(name == null ? "none" : name);
        ifGiven(sql(json.path("sql"), at.in("sql")), mapping::sql);
        watermark(json.path("watermark"), mapping, at.in("watermark"));
        ifGiven(zone, mapping::zone);
        ifGiven(zone(json.path("zone"), at.in("zone")), mapping::zone);
        ifGiven(string(json, "printableKey", at), mapping::printableKey);
        JsonNode fields = json.path("fields");
        if (isObject(fields, at.in("fields"))) {
            fields.properties().forEach(field -> field(field.getKey(), field.getValue(), mapping, at.in("fields")));
        }
        mappings.add(mapping.build(at));
    }

    private static <T> void ifGiven(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }

    private static @Nullable String sql(JsonNode lines, MappingFaults at) {
        if (isAbsent(lines)) {
            return null;
        }
        List<String> text = new ArrayList<>();
        lines.forEach(line -> text.add(line.textValue()));
        if (!lines.isArray() || text.contains(null)) {
            at.add(LINES);
            return null;
        }
        return String.join("\n", text);
    }

    private static void watermark(JsonNode json, QueryMapping.Builder mapping, MappingFaults at) {
        if (isAbsent(json)) {
            at.addMissing();
            mapping.watermark("none", new Overlap.OfTime(Duration.ZERO));
        } else if (isObject(json, at, "column", "overlap")) {
            mapping.watermark(string(json, "column", at), overlap(json.path("overlap"), at.in("overlap")));
        } else {
            mapping.watermark("none", new Overlap.OfTime(Duration.ZERO));
        }
    }

    private static @Nullable Overlap overlap(JsonNode json, MappingFaults at) {
        if (isAbsent(json)) {
            return null;
        }
        if (json.isIntegralNumber()) {
            return new Overlap.OfNumber(new BigDecimal(json.bigIntegerValue()));
        }
        try {
            if (json.isTextual()) {
                return new Overlap.OfTime(Duration.parse(json.textValue()));
            }
        } catch (DateTimeException unparsable) {
            // as any other value that is none
        }
        at.add(OVERLAP);
        return null;
    }

    private static @Nullable ZoneId zone(JsonNode json, MappingFaults at) {
        if (isAbsent(json)) {
            return null;
        }
        if (json.isTextual() && ZoneId.getAvailableZoneIds().contains(json.textValue())) {
            return ZoneId.of(json.textValue());
        }
        at.add(ZONE);
        return null;
    }

    private static void field(String name, JsonNode json, QueryMapping.Builder mapping, MappingFaults fields) {
        MappingFaults at = fields.in(name);
        if (!isObject(json, at, "column", "values", "constant")) {
            return;
        }
        String column = string(json, "column", at);
        String constant = string(json, "constant", at);
        Map<String, String> values = values(json.path("values"), at.in("values"));
        boolean isColumn = json.has("column") && !json.has("constant");
        boolean isConstant = json.has("constant") && !json.has("column") && !json.has("values");
        at.require(isColumn || isConstant, SOURCE);
        if (column != null && values != null) {
            mapping.column(name, column, values);
        } else if (constant != null && column == null) {
            mapping.constant(name, constant);
        } else {
            // Of the wrong shape, perhaps, but not missing.
            mapping.column(name, column == null ? "none" : column);
        }
    }

    private static @Nullable Map<String, String> values(JsonNode json, MappingFaults at) {
        if (isAbsent(json) || !isObject(json, at)) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            String word = entry.getValue().textValue();
            if (word == null) {
                at.in(entry.getKey()).add(STRING);
            } else {
                values.put(entry.getKey(), word);
            }
        });
        return values;
    }

    private static @Nullable String string(JsonNode object, String field, MappingFaults at) {
        JsonNode json = object.path(field);
        if (isAbsent(json)) {
            return null;
        }
        at.in(field).require(json.isTextual(), STRING);
        return json.textValue();
    }

    /** Whether it is an object; one with other fields than these is one, and each of them a fault. Any field will do where none is named. */
    private static boolean isObject(JsonNode json, MappingFaults at, String... fields) {
        if (!json.isObject()) {
            if (json.isMissingNode()) {
                at.addMissing();
            } else {
                at.add(OBJECT);
            }
            return false;
        }
        Set<String> known = Set.of(fields);
        json.fieldNames()
                .forEachRemaining(name -> at.in(name)
                        .require(known.isEmpty() || known.contains(name), UNKNOWN + String.join(", ", fields)));
        return true;
    }

    private static boolean isAbsent(JsonNode json) {
        return json.isMissingNode() || json.isNull();
    }
}
