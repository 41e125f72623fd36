package dev.clinickpi.clinic;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinickpi.clinic.InvalidDirectoryException.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents of reference data as the tests bend them. */
final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Documents() {}

    /** A document that leaves nothing out, to bend. */
    static JsonNode sol() {
        try {
            return JSON.readTree(resource("sol.json"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static byte[] resource(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Puts a value where a pointer such as {@code /clinics/0/zone} points, or behind the end of a list. */
    static void put(JsonNode document, String pointer, JsonNode value) {
        JsonPointer at = JsonPointer.compile(pointer);
        if (document.at(at.head()) instanceof ArrayNode list) {
            int index = at.last().getMatchingIndex();
            if (index < list.size()) {
                list.set(index, value);
            } else {
                list.add(value);
            }
        } else {
            ((ObjectNode) document.at(at.head())).set(at.last().getMatchingProperty(), value);
        }
    }

    static ClinicDirectory read(JsonNode document) {
        return read(document.toString());
    }

    static ClinicDirectory read(String document) {
        return ClinicDirectory.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    /** The faults of a document; none if it is read. */
    static List<Fault> faults(byte[] document) {
        try {
            ClinicDirectory.read(new ByteArrayInputStream(document));
            return List.of();
        } catch (InvalidDirectoryException invalid) {
            return invalid.faults();
        }
    }

    static List<Fault> faults(JsonNode document) {
        return faults(document.toString().getBytes(StandardCharsets.UTF_8));
    }
}
