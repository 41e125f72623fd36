package dev.clinickpi.clinic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import dev.clinickpi.clinic.InvalidDirectoryException.Fault;
import java.io.IOException;
import java.io.Serial;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of JSON that a document is made of. Jackson stops at the first value of a wrong shape, or bends it into the right one; here such a value
 * is a {@link Fault} in the {@link DirectoryFaults} of the reading, counts as absent, and hides no other fault.
 */
enum JsonShape {
    OBJECT("must be an object"),
    LIST("must be a list"),
    STRING("must be a string"),
    NUMBER("must be a number");

    private final String rule;

    JsonShape(String rule) {
        this.rule = rule;
    }

    /** What a value must be, as the rest of a sentence. */
    String rule() {
        return rule;
    }

    private boolean beginsWith(JsonToken token) {
        return switch (this) {
            case OBJECT -> token == JsonToken.START_OBJECT;
            case LIST -> token == JsonToken.START_ARRAY;
            case STRING -> token == JsonToken.VALUE_STRING;
            case NUMBER -> token.isNumeric();
        };
    }

    /** Puts the shape that its Java type implies in front of every deserializer of a document. */
    static final class Guard extends BeanDeserializerModifier {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
            Class<?> raw = type.getBeanClass();
            if (raw.isRecord()) {
                return new Guarded(deserializer, OBJECT);
            }
            if (raw == String.class) {
                return new Guarded(deserializer, STRING);
            }
            return raw == BigDecimal.class ? new Guarded(deserializer, NUMBER) : deserializer;
        }

        @Override
        public JsonDeserializer<?> modifyCollectionDeserializer(
                DeserializationConfig config,
                CollectionType type,
                BeanDescription bean,
                JsonDeserializer<?> deserializer) {
            return new Guarded(deserializer, LIST);
        }

        @Override
        public JsonDeserializer<?> modifyMapDeserializer(
                DeserializationConfig config, MapType type, BeanDescription bean, JsonDeserializer<?> deserializer) {
            return new Guarded(deserializer, OBJECT);
        }
    }

    /** Reads values of one shape and notes the others. */
    private static final class Guarded extends DelegatingDeserializer {

        @Serial
        private static final long serialVersionUID = 1L;

        private final JsonShape shape;

        Guarded(JsonDeserializer<?> delegate, JsonShape shape) {
            super(delegate);
            this.shape = shape;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Guarded(delegate, shape);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (shape.beginsWith(parser.currentToken())) {
                return super.deserialize(parser, context);
            }
            DirectoryFaults.of(context).misshapen(DocumentPath.of(parser), shape.rule);
            parser.skipChildren();
            return null;
        }
    }
}
