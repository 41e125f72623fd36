package dev.clinickpi.example.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.LocalDate;

/** What goes over the wire. Numbers are written as people write them, instants and dates in ISO 8601. */
final class Json {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance))
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Answers are made of what JSON has", e);
        }
    }

    /** Answers with a value. */
    static void answer(Context request, Object value) {
        request.contentType("application/json; charset=utf-8").result(write(value));
    }

    /**
     * The body as a value.
     *
     * @throws Refused if it is none
     */
    static <T> T body(Context request, Class<T> type) {
        // A form of another site can send text, and no JSON without asking first.
        String sent = request.contentType();
        if (sent == null || !sent.startsWith("application/json")) {
            throw new Refused(400, "json");
        }
        try {
            return MAPPER.readValue(request.bodyAsBytes(), type);
        } catch (java.io.IOException e) {
            throw new Refused(400, "json");
        }
    }
}
