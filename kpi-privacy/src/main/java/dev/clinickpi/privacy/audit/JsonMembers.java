package dev.clinickpi.privacy.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of objects of JSON, by their names and kinds. */
final class JsonMembers {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonMembers() {}

    /** @throws IllegalArgumentException if it is no object of JSON in UTF-8; the message has none of its content */
    static JsonNode object(byte[] json) {
        JsonNode read;
        try {
            read = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON");
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no UTF-8");
        }
        if (!read.isObject()) {
            throw new IllegalArgumentException("it is no object of JSON");
        }
        return read;
    }

    static String text(JsonNode object, String name) {
        JsonNode member = object.path(name);
        if (!member.isTextual()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing or no text");
        }
        return member.textValue();
    }

    static @Nullable String textOrNull(JsonNode object, String name) {
        return object.path(name).isNull() ? null : text(object, name);
    }

    static List<String> texts(JsonNode object, String name) {
        JsonNode member = object.path(name);
        List<String> texts = new ArrayList<>();
        for (JsonNode each : member) {
            if (each.isTextual()) {
                texts.add(each.textValue());
            }
        }
        if (!member.isArray() || texts.size() != member.size()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing or no list of texts");
        }
        return texts;
    }

    static long number(JsonNode object, String name) {
        JsonNode member = object.path(name);
        if (!member.isIntegralNumber()
                || !member.canConvertToLong()
                || member.longValue() < 0
                || member.longValue() > CanonicalJson.LARGEST_NUMBER) {
            throw new IllegalArgumentException("\"" + name + "\" is missing or no whole number from 0 on");
        }
        return member.longValue();
    }

    static JsonNode object(JsonNode object, String name) {
        JsonNode member = object.path(name);
        if (!member.isObject()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing or no object");
        }
        return member;
    }
}
