package dev.clinickpi.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clinickpi.event.EventType;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.source.InvalidMappingException.Fault;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryMappingTest {

    private static final String WHOLE = """
            {"zone": "Europe/Madrid",
             "queries": [{
               "name": "citas",
               "sql": ["SELECT *", "FROM citas"],
               "watermark": {"column": "modificada", "overlap": "PT10M"},
               "printableKey": "fila",
               "fields": {
                 "id": {"column": "evento"},
                 "clinicId": {"constant": "sol"},
                 "type": {"constant": "appointment"},
                 "at": {"column": "modificada"},
                 "appointmentId": {"column": "cita"},
                 "patientId": {"column": "paciente"},
                 "status": {"column": "estado", "values": {"CONFIRMADA": "confirmed"}},
                 "startsAt": {"column": "inicio"}
               }}]}""";

    @Test
    void javaAndJsonSayTheSame() {
        QueryMapping built = appointments().build();
        QueryMapping read = read(WHOLE).get(0);
        assertThat(read.fingerprint()).isEqualTo(built.fingerprint());
        assertThat(read.name()).isEqualTo("citas");
        assertThat(read.printableKey()).isEqualTo(built.printableKey());
        assertThat(read).hasToString("mapping citas");
    }

    /** What makes other events of the rows, or asks for other rows, is another mapping; what it is called and what is printed is not. */
    @Test
    void aChangedMappingHasAnotherFingerprint() {
        String fingerprint = appointments().build().fingerprint();
        assertThat(List.of(
                        appointments().sql("SELECT * FROM citas2").build(),
                        appointments().watermark("otra", Duration.ofMinutes(10)).build(),
                        appointments()
                                .watermark("modificada", Duration.ofMinutes(11))
                                .build(),
                        appointments().zone(ZoneId.of("Atlantic/Canary")).build(),
                        appointments().column("serviceId", "servicio").build(),
                        appointments().constant("clinicId", "luz").build(),
                        appointments()
                                .column("status", "estado", Map.of("CONFIRMADA", "booked"))
                                .build()))
                .extracting(QueryMapping::fingerprint)
                .doesNotContain(fingerprint)
                .doesNotHaveDuplicates();
        assertThat(appointments().printableKey("otra").build().fingerprint()).isEqualTo(fingerprint);
        assertThat(appointments()
                        .column("serviceId", "servicio", Map.of("A", "a", "B", "b"))
                        .build()
                        .fingerprint())
                .isEqualTo(appointments()
                        .column("serviceId", "servicio", new TreeMap<>(Map.of("B", "b", "A", "a")))
                        .build()
                        .fingerprint());
    }

    /** A change of the document, the path of the fault, and its rule's beginning. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Europe/Madrid | Madrid | zone | must be a zone",
                "`\"zone\": \"Europe/Madrid\"` | `\"zone\": 1` | zone | must be a zone",
                "`\"queries\"` | `\"query\"` | query | is not known here; the fields are zone, queries",
                "citas\" | mis citas\" | queries[0].name | must have 1 to 64",
                "`\"name\": \"citas\",` | `` | queries[0].name | is missing",
                "`\"name\": \"citas\"` | `\"name\": null` | queries[0].name | is missing",
                "`\"name\": \"citas\"` | `\"name\": []` | queries[0].name | must be a string",
                "`[\"SELECT *\", \"FROM citas\"]` | `\"SELECT *\"` | queries[0].sql | must be a list of strings",
                "`[\"SELECT *\", \"FROM citas\"]` | `[]` | queries[0].sql | must be one SELECT",
                "FROM citas | FROM citas; | queries[0].sql | must be one SELECT",
                "`\"watermark\"` | `\"mark\"` | queries[0].mark | is not known here",
                "`\"watermark\"` | `\"mark\"` | queries[0].watermark | is missing",
                "PT10M | PT-1S | queries[0].watermark.overlap | must be from PT0S to P366D",
                "PT10M | P367D | queries[0].watermark.overlap | must be from PT0S to P366D",
                "`\"PT10M\"` | -1 | queries[0].watermark.overlap | must be from 0 to",
                "`\"PT10M\"` | 1.5 | queries[0].watermark.overlap | must be a duration",
                "PT10M | ten | queries[0].watermark.overlap | must be a duration",
                "`, \"overlap\": \"PT10M\"` | `` | queries[0].watermark.overlap | is missing",
                "`{\"column\": \"modificada\", ` | `{\"column\": \"a b\", ` | queries[0].watermark.column | must be the name of a column",
                "fila | `evento` | queries[0].printableKey | must not be a column that an id or a text",
                "fila | `PACIENTE` | queries[0].printableKey | must not be a column that an id or a text",
                "patientId | pacienteId | queries[0].fields.pacienteId | must be a field of an event",
                "`\"patientId\": {\"column\": \"paciente\"},` | `` | queries[0].fields.patientId | is missing",
                "`\"type\": {\"constant\": \"appointment\"},` | `` | queries[0].fields.type | is missing",
                "appointment\" | cita\" | queries[0].fields.type.constant | must be one of message, lead.scored",
                "confirmed | confirmd | queries[0].fields.status.values.CONFIRMADA | must be one of booked, confirmed",
                "`\"confirmed\"` | 1 | queries[0].fields.status.values.CONFIRMADA | must be a string",
                "`{\"CONFIRMADA\": \"confirmed\"}` | {} | queries[0].fields.status.values | must have a word",
                "`\"sol\"` | `\"la sol\"` | queries[0].fields.clinicId.constant | must have 1 to 64 characters",
                "`{\"constant\": \"sol\"}` | `{\"constant\": \"sol\", \"column\": \"c\"}` | queries[0].fields.clinicId | must have either a column",
                "`{\"constant\": \"sol\"}` | {} | queries[0].fields.clinicId | must have either a column",
                "`{\"constant\": \"sol\"}` | `\"sol\"` | queries[0].fields.clinicId | must be an object",
                "`{\"constant\": \"sol\"}` | `{\"konstant\": \"sol\"}` | queries[0].fields.clinicId.konstant | is not known here",
                "startsAt\": | score\": {\"column\": \"nota\"}, \"startsAt\": | queries[0].fields.score | is of no use",
                "startsAt\": | value.amount\": {\"column\": \"v\"}, \"startsAt\": | queries[0].fields.value.currency | is missing",
                "evento\"} | evento; DROP TABLE citas\"} | queries[0].fields.id.column | must be the name of a column",
            })
    void everyFaultNamesItsPath(String from, String to, String path, String rule) {
        assertThat(WHOLE).contains(from);
        String broken = WHOLE.replace(from, to == null ? "" : to);
        assertThat(faults(broken)).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.rule()).startsWith(rule);
        });
    }

    @Test
    void aFaultIsAloneWhereItIsTheOnlyOne() {
        assertThat(faults(WHOLE.replace("confirmed", "confirmd"))).hasSize(1);
        assertThat(faults(WHOLE.replace("[\"SELECT *\", \"FROM citas\"]", "1"))).hasSize(1);
        assertThat(faults(WHOLE.replace("\"PT10M\"", "true"))).hasSize(1);
        assertThat(faults(WHOLE.replace("{\"constant\": \"sol\"}", "7")))
                .extracting(Fault::path)
                .containsOnly("queries[0].fields.clinicId");
    }

    @Test
    void allFaultsComeAtOnceInTheOrderOfTheDocument() {
        String broken = WHOLE.replace("Europe/Madrid", "Madrid")
                .replace("PT10M", "soon")
                .replace("confirmed", "confirmd")
                .replace("\"startsAt\"", "\"startAt\"");
        assertThat(faults(broken))
                .extracting(Fault::path)
                .containsExactly("zone", "queries[0].watermark.overlap", "queries[0].fields.startAt");
        InvalidMappingException thrown = catchThrowableOfType(InvalidMappingException.class, () -> read(broken));
        assertThat(thrown).hasMessageStartingWith("The mapping has 3 faults:").hasMessageContaining("zone must be");
    }

    @Test
    void namesAreOnceInADocument() {
        String query = WHOLE.substring(WHOLE.indexOf("[{") + 1, WHOLE.lastIndexOf("]"));
        assertThat(faults(WHOLE.replace(query, query + ", " + query)))
                .containsExactly(new Fault("queries[1].name", MappingReader.NAMED_TWICE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"queries\": []}",
                "{\"queries\": {}}",
                "{\"queries\": [1]}",
                "{} {}",
                "nonsense",
                "{\"zone\": \"a\", \"zone\": \"b\"}"
            })
    void whatIsNoDocumentIsOneFaultOrTwo(String text) {
        assertThat(faults(text)).hasSizeBetween(1, 2);
    }

    /** A name that a document makes up may be anything. */
    @Test
    void aKeyThatIsNoIdIsNotRepeated() {
        String broken = WHOLE.replace("\"CONFIRMADA\": \"confirmed\"", "\"ana@sol.es\": \"x\"");
        assertThat(faults(broken)).extracting(Fault::path).containsExactly("queries[0].fields.status.values.?");
        assertThatThrownBy(() -> read("{\"ana@sol.es\": 1 nonsense}")).hasMessageNotContaining("ana");
    }

    /** Every type of event can be mapped with nothing but columns: the stand-ins of the check obey every rule of the core. */
    @ParameterizedTest
    @EnumSource
    void everyTypeCanBeMapped(EventType type) {
        QueryMapping.Builder mapping = QueryMapping.named("all")
                .sql("SELECT * FROM t")
                .watermark("w", 0)
                .constant("type", type.id());
        KpiEvent.fieldNames().stream()
                .filter(field -> !field.equals("type"))
                .forEach(field -> mapping.column(field, "c"));
        InvalidMappingException thrown = catchThrowableOfType(InvalidMappingException.class, mapping::build);
        List<Fault> faults = thrown == null ? List.of() : thrown.faults();
        assertThat(faults).allSatisfy(fault -> assertThat(fault.rule()).isEqualTo(MappingCheck.IDLE));
        assertThat(faults).extracting(Fault::path).doesNotContain("fields.id", "fields.at", "fields.clinicId");
        assertThat(faults).as("no type has all fields").isNotEmpty();
    }

    @Test
    void aColumnOfTypesNeedsNoTable() {
        assertThat(appointments().column("type", "tipo").build().fields()).hasSize(8);
    }

    private static QueryMapping.Builder appointments() {
        return QueryMapping.named("citas")
                .sql("SELECT *\nFROM citas")
                .watermark("modificada", Duration.ofMinutes(10))
                .zone(ZoneId.of("Europe/Madrid"))
                .printableKey("fila")
                .column("id", "evento")
                .constant("clinicId", "sol")
                .constant("type", "appointment")
                .column("at", "modificada")
                .column("appointmentId", "cita")
                .column("patientId", "paciente")
                .column("status", "estado", Map.of("CONFIRMADA", "confirmed"))
                .column("startsAt", "inicio");
    }

    private static List<Fault> faults(String json) {
        InvalidMappingException thrown = catchThrowableOfType(InvalidMappingException.class, () -> read(json));
        assertThat(thrown).as("faults of %s", json).isNotNull();
        return thrown.faults();
    }

    private static List<QueryMapping> read(String json) {
        return QueryMapping.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
