package dev.clinickpi.clinic;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.clinickpi.clinic.InvalidDirectoryException.Fault;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document of reference data and finds all its faults in one go: those of shape while Jackson reads it ({@link JsonShape}), those of content
 * by Jakarta Validation ({@link DirectoryDocument}).
 */
final class DirectoryReader {

    private static final JsonSetter.Value NULL_IS_EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    private static final ObjectReader READER = JsonMapper.builder()
            .addModule(new SimpleModule().setDeserializerModifier(new JsonShape.Guard()))
            .withConfigOverride(List.class, type -> type.setSetterInfo(NULL_IS_EMPTY))
            .withConfigOverride(Map.class, type -> type.setSetterInfo(NULL_IS_EMPTY))
            // Of a field that stands twice, the first value would be lost without a word.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(DirectoryDocument.class);

    /** Found without the host's class loader or validation.xml, which have no say in what a valid document is. */
    private static final Validator VALIDATOR = Validation.byProvider(HibernateValidator.class)
            .providerResolver(() -> List.of(new HibernateValidator()))
            .configure()
            .ignoreXmlConfiguration()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private DirectoryReader() {}

    /** @throws InvalidDirectoryException if the document has faults */
    static ClinicDirectory read(byte[] json) {
        DirectoryFaults faults = new DirectoryFaults();
        DirectoryDocument document = parse(json, faults);
        if (document == null) {
            throw asAWhole(JsonShape.OBJECT.rule());
        }
        faults.violations(VALIDATOR.validate(document));
        faults.throwIfAny();
        return document.toDirectory();
    }

    private static @Nullable DirectoryDocument parse(byte[] json, DirectoryFaults faults) {
        try (JsonParser parser = READER.createParser(json)) {
            return parse(parser, faults);
        } catch (IOException undecodable) {
            throw asAWhole("must be in UTF-8");
        }
    }

    private static @Nullable DirectoryDocument parse(JsonParser parser, DirectoryFaults faults) throws IOException {
        try {
            return faults.notedBy(READER).readValue(parser);
        } catch (JsonProcessingException malformed) {
            JsonLocation at = Objects.requireNonNullElseGet(malformed.getLocation(), parser::currentLocation);
            throw asAWhole(
                    "must be well-formed JSON, with no field twice and nothing beyond a parser's limits; reading it stopped"
                            + " at line " + at.getLineNr() + ", column " + at.getColumnNr());
        }
    }

    /** Without a cause: Jackson's messages quote the document. */
    private static InvalidDirectoryException asAWhole(String rule) {
        return new InvalidDirectoryException(List.of(new Fault("", rule)));
    }
}
