package dev.clinickpi.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/**
 * Charts as JSON, one object each: {@code chartSpec}, the version of the form; {@code kind}; and the fields of its record by their names. Instants are
 * in ISO 8601, locales in BCP 47, constants in their Java names in lower case; what there is not is null.
 */
public final class ChartJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(new AsWord<>(Locale.class, Locale::toLanguageTag))
                    .addSerializer(new AsWord<>(Enum.class, word -> word.name().toLowerCase(Locale.ROOT))))
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ChartJson() {}

    /** The chart as a JSON text. */
    public static String write(ChartSpec chart) {
        ObjectNode fields = MAPPER.valueToTree(chart);
        ObjectNode whole =
                MAPPER.createObjectNode().put("chartSpec", ChartSpec.VERSION).put("kind", chart.kind());
        whole.setAll(fields);
        try {
            return MAPPER.writeValueAsString(whole);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A chart is made of what JSON has", e);
        }
    }

    private static final class AsWord<T> extends StdSerializer<T> {

        private final transient Function<T, String> word;

        AsWord(Class<T> type, Function<T, String> word) {
            super(type);
            this.word = word;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(word.apply(value));
        }
    }
}
