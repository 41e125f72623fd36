package dev.clinickpi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields as Java values make the event, and break the rule, that they would as a line of NDJSON. */
class KpiEventOfFieldsTest {

    /** Whatever the fields are: the same event as of the line, or the same field and rule. */
    @Property
    void fieldsAndLinesAreOne(@ForAll("fields") Map<String, String> fields) throws Exception {
        Read line = read(fields);
        Object made;
        try {
            made = KpiEvent.of(fields);
        } catch (InvalidEventException e) {
            made = new Rejection(1, e.field(), e.rule());
        }
        assertThat(List.of(made)).isEqualTo(line.event() == null ? line.rejections() : List.of(line.event()));
    }

    private record Read(@Nullable KpiEvent event, List<Rejection> rejections) {}

    private static Read read(Map<String, String> fields) throws Exception {
        ObjectNode object = new ObjectMapper().createObjectNode();
        fields.forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot > 0) {
                object.withObject("/" + name.substring(0, dot)).put(name.substring(dot + 1), value);
            } else if (EventField.of(name).form() == EventField.Form.WHOLE && value.matches("-?[0-9]+")) {
                object.put(name, new BigInteger(value));
            } else {
                object.put(name, value);
            }
        });
        List<Rejection> rejections = new java.util.ArrayList<>();
        try (EventReader reader =
                EventReader.of(new ByteArrayInputStream(object.toString().getBytes(StandardCharsets.UTF_8)))) {
            return new Read(reader.next(rejections::add), rejections);
        }
    }

    @Provide
    Arbitrary<Map<String, String>> fields() {
        Arbitrary<String> types = Arbitraries.of(EventType.values()).map(EventType::id);
        Arbitrary<String> values = Arbitraries.of(
                "1",
                "5",
                "-1",
                "85.00",
                "1e3",
                "EUR",
                "patient",
                "hot",
                "booked",
                "2026-03-02T10:00:00Z",
                "2026-03-02T10:00:00+01:00",
                "2026-03-02",
                "1889-01-01T00:00:00Z",
                "",
                " ",
                "x".repeat(300),
                "1234567890123456789");
        return types.flatMap(type -> Arbitraries.maps(Arbitraries.of(KpiEvent.fieldNames()), values)
                .ofMinSize(3)
                .map(map -> {
                    Map<String, String> fields = new HashMap<>(
                            Map.of("id", "e", "clinicId", "sol", "at", "2026-03-02T10:00:00Z", "conversationId", "c"));
                    fields.putAll(map);
                    fields.put("type", type);
                    return fields;
                }));
    }

    @Test
    void javaValuesStandForTheirText() {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "id",
                17L,
                "clinicId",
                "sol",
                "at",
                Instant.parse("2026-03-02T10:00:00.123456Z"),
                "type",
                "appointment",
                "appointmentId",
                new BigInteger("98765432109876543210"),
                "patientId",
                5,
                "status",
                "confirmed",
                "startsAt",
                "2026-03-05T10:00:00+01:00",
                "value.amount",
                new BigDecimal("1E+2"),
                "value.currency",
                "EUR"));
        fields.put("serviceId", null);
        assertThat(KpiEvent.of(fields))
                .isEqualTo(new KpiEvent.Appointment(
                        "17",
                        dev.clinickpi.clinic.ClinicId.of("sol"),
                        Instant.parse("2026-03-02T10:00:00.123Z"),
                        "98765432109876543210",
                        "5",
                        KpiEvent.AppointmentStatus.CONFIRMED,
                        Instant.parse("2026-03-05T09:00:00Z"),
                        null,
                        null,
                        new dev.clinickpi.clinic.Money(new BigDecimal("100"), "EUR")));
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "4.0, 4", "4.00, 4", "400E-2, 4"})
    void aWholeDecimalIsAWholeNumber(BigDecimal score, int read) {
        assertThat(((KpiEvent.CsatSubmitted) KpiEvent.of(csat(score))).score()).isEqualTo(read);
    }

    @Test
    void whatIsNoWholeNumberOfAFewDigitsBreaksTheRule() {
        for (Object score : List.of(
                new BigDecimal("4.5"), 4.0, true, new BigDecimal("1E+100000"), new BigInteger("9".repeat(40)))) {
            InvalidEventException broken =
                    catchThrowableOfType(InvalidEventException.class, () -> KpiEvent.of(csat(score)));
            assertThat(broken.field()).isEqualTo("score");
            assertThat(broken.rule()).isEqualTo(EventRules.SCORE);
        }
    }

    /** A floating-point number is never what somebody wrote down. */
    @Test
    void floatingPointIsNoAmountAndNoId() {
        Map<String, Object> fields = new HashMap<>(csat(5));
        fields.put("patientId", 5.0);
        assertThatThrownBy(() -> KpiEvent.of(fields))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("patientId must be a string");
    }

    @ParameterizedTest
    @CsvSource({"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "2200-01-01T00:00:00Z"})
    void anInstantFarOffIsOutOfRange(Instant at) {
        Map<String, Object> fields = new HashMap<>(csat(5));
        fields.put("at", at);
        assertThatThrownBy(() -> KpiEvent.of(fields))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("at " + EventRules.RANGE);
    }

    @Test
    void anUnknownNameIsTheCallersBug() {
        Map<String, Object> fields = new HashMap<>(csat(5));
        fields.put("patient", "Ana");
        assertThatThrownBy(() -> KpiEvent.of(fields))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(InvalidEventException.class)
                .hasMessageContaining("patientId")
                .hasMessageNotContaining("Ana");
    }

    private static Map<String, Object> csat(Object score) {
        return Map.of(
                "id", "e",
                "clinicId", "sol",
                "at", Instant.parse("2026-03-02T10:00:00Z"),
                "type", "csat.submitted",
                "conversationId", "c",
                "patientId", "p",
                "score", score);
    }
}
