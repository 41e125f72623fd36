package dev.clinickpi.example.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** An event as a line of NDJSON. The records' components are called as the fields are, so that only the forms of values are said here. */
final class EventLine {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addModule(new SimpleModule()
                    .addSerializer(ClinicId.class, new ToStringSerializer(ClinicId.class))
                    .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                    .addSerializer(BigDecimal.class, new Plain())
                    .addSerializer(KpiEvent.Sender.class, new LowerCase())
                    .addSerializer(KpiEvent.LeadTier.class, new LowerCase())
                    .addSerializer(KpiEvent.AppointmentStatus.class, new LowerCase()))
            .build();

    private EventLine() {}

    static String of(KpiEvent event) {
        ObjectNode line = JSON.valueToTree(event);
        return line.put("type", event.type().id()).toString();
    }

    /** Never in exponents. */
    private static final class Plain extends ToStringSerializerBase {

        Plain() {
            super(BigDecimal.class);
        }

        @Override
        public String valueToString(Object amount) {
            return ((BigDecimal) amount).toPlainString();
        }
    }

    private static final class LowerCase extends ToStringSerializerBase {

        LowerCase() {
            super(Enum.class);
        }

        @Override
        public String valueToString(Object word) {
            return word.toString().toLowerCase(Locale.ROOT);
        }
    }
}
