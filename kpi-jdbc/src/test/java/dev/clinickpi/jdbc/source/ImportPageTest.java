package dev.clinickpi.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiRequest;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.kpi.Figure;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.time.Period;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas and mappings of {@code docs/import.md}, as they stand there, and figures worked out by hand from the rows below. */
class ImportPageTest {

    private static final Path PAGE = Path.of("..", "docs", "import.md");
    private static final Instant APRIL = Instant.parse("2026-04-01T12:00:00Z");

    private final List<Rejection> rejections = new ArrayList<>();

    /**
     * Three conversations. Ana's (hot) is answered after 2 s and leads to a visit, for 450 €; Luis's (warm) after 4 s, goes to a person and leads to an
     * appointment that he misses; Eva's (cold) is not answered, and her appointment without a conversation is called off.
     */
    @ParameterizedTest
    @EnumSource
    void aTableForEachThing(HostDatabase kind) throws IOException {
        DataSource database = kind.create();
        HostDatabase.execute(database, block("schema of sol").split(";"));
        HostDatabase.execute(database, """
                INSERT INTO pacientes VALUES
                    (1, 'Ana García', '+34 612 345 678', '2026-03-02', '2026-03-02T10:00:00Z'),
                    (2, 'Luis Pérez', '+34 612 345 679', '2026-03-03', '2026-03-03T09:00:00Z'),
                    (3, 'Eva Ruiz', '+34 612 345 670', '2026-03-04', '2026-03-04T11:00:00Z')""", """
                INSERT INTO conversaciones VALUES
                    (10, 1, 'ALTO', FALSE, '2026-03-02T10:10:00Z'),
                    (11, 2, 'MEDIO', TRUE, '2026-03-03T09:20:00Z'),
                    (12, 3, 'BAJO', FALSE, '2026-03-04T11:10:00Z')""", """
                INSERT INTO mensajes VALUES
                    (100, 10, 'PACIENTE', 'Hola, soy Ana. ¿Cuánto cuesta un implante?', '2026-03-02T10:00:00Z'),
                    (101, 10, 'BOT', 'Hola, Ana.', '2026-03-02T10:00:02Z'),
                    (102, 11, 'PACIENTE', NULL, '2026-03-03T09:00:00Z'),
                    (103, 11, 'BOT', NULL, '2026-03-03T09:00:04Z'),
                    (104, 12, 'PACIENTE', NULL, '2026-03-04T11:00:00Z'),
                    (105, 12, 'ROBOT', NULL, '2026-03-04T11:00:01Z')""", """
                INSERT INTO citas VALUES
                    (20, 1, 10, 'IMPLANTE', 450.00), (21, 2, 11, 'LIMPIEZA', 60.00), (22, 3, NULL, NULL, NULL)""", """
                INSERT INTO cambios_cita VALUES
                    (200, 20, 'RESERVADA', '2026-03-05T09:00:00Z', '2026-03-02T10:05:00Z'),
                    (201, 20, 'CONFIRMADA', '2026-03-05T09:00:00Z', '2026-03-02T10:06:00Z'),
                    (202, 20, 'REALIZADA', '2026-03-05T09:00:00Z', '2026-03-05T09:40:00Z'),
                    (203, 21, 'CONFIRMADA', '2026-03-06T09:00:00Z', '2026-03-03T09:30:00Z'),
                    (204, 21, 'NO_PRESENTADO', '2026-03-06T09:00:00Z', '2026-03-06T09:30:00Z'),
                    (205, 22, 'CONFIRMADA', '2026-03-20T09:00:00Z', '2026-03-09T08:00:00Z'),
                    (206, 22, 'ANULADA', '2026-03-20T09:00:00Z', '2026-03-10T08:00:00Z')""");

        Map<String, Figure> march = march(database, "sol", 3 + 5 + 3 + 1 + 7);

        assertThat(rejections)
                .extracting(Rejection::toString)
                .containsExactly(
                        "row 6 of mensajes, enviado 2026-03-04T11:00:01Z, fila 105: from comes from a value that the mapping"
                                + " has no word for; it has words for PACIENTE, BOT, PERSONA");
        assertRatio(march.get("handoff-rate"), 1, 3);
        assertRatio(march.get("conversion-rate"), 2, 3);
        assertRatio(march.get("lead-tiers"), 2, 3);
        assertRatio(march.get("no-show-rate"), 1, 2);
        assertRatio(march.get("waitlist-conversion"), 0, 1);
        assertThat(march.get("response-time").component("count"))
                .hasValueSatisfying(count -> assertThat(count).isEqualByComparingTo("2"));
        assertThat(march.get("response-time").component("unanswered"))
                .hasValueSatisfying(open -> assertThat(open).isEqualByComparingTo("1"));
        assertThat(march.get("top-services").rows()).extracting(Figure.Row::key).containsExactly("implant");
    }

    /**
     * Two conversations and two messages at the edge of March: 23:59:59 of 28 February in Mexico is March in Madrid and in UTC, and 23:59:59 of 31 March is
     * April there. One conversation lies before the month, one in it; 1,000 input and 500 output tokens at 3 and 12 pesos a million.
     */
    @ParameterizedTest
    @EnumSource
    void oneWideTableWithLocalTimes(HostDatabase kind) throws IOException {
        DataSource database = kind.create();
        HostDatabase.execute(database, block("schema of luz").split(";"));
        String columns = "INSERT INTO bitacora (folio, sucursal, tipo, fecha, conversacion, expediente, remitente,"
                + " cita, estatus, fecha_cita, importe, calificacion, modelo, tokens_entrada, tokens_salida) VALUES ";
        HostDatabase.execute(database, columns + """
                (1, 7, 'MENSAJE', '2026-02-28 23:59:59', 'c1', 'e1', 'P', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                (2, 7, 'MENSAJE', '2026-03-31 23:59:58', 'c2', 'e2', 'P', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                (3, 7, 'MENSAJE', '2026-03-31 23:59:59', 'c2', 'e2', 'R', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                (4, 7, 'SISTEMA', '2026-03-31 10:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                (5, 7, 'CITA', '2026-03-01 00:00:00', 'c1', 'e1', NULL, 'a1', 'CONFIRMADA', '2026-03-31 23:30:00', 900.00, NULL, NULL, NULL, NULL),
                (6, 7, 'CITA', '2026-03-31 23:45:00', 'c1', 'e1', NULL, 'a1', 'NO_ASISTIO', '2026-03-31 23:30:00', NULL, NULL, NULL, NULL, NULL),
                (7, 7, 'ENCUESTA', '2026-03-10 12:00:00', 'c1', 'e1', NULL, NULL, NULL, NULL, NULL, 4, NULL, NULL, NULL),
                (8, 7, 'ENCUESTA', '2026-03-10 12:00:00', 'c2', 'e2', NULL, NULL, NULL, NULL, NULL, 6, NULL, NULL, NULL),
                (9, 7, 'IA', '2026-03-10 12:00:00', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'gpt-4o-mini', 1000, 500)""");

        Map<String, Figure> march = march(database, "luz", 7);

        assertThat(rejections)
                .extracting(Rejection::toString)
                .containsExactly("row 7 of bitacora, folio 8: score must be a whole number from 1 to 5");
        assertRatio(march.get("handoff-rate"), 0, 1);
        assertRatio(march.get("no-show-rate"), 1, 1);
        assertThat(march.get("csat").value()).isEqualByComparingTo("4");
        assertThat(march.get("csat").n()).isEqualTo(1);
        assertThat(march.get("llm-cost").value()).isEqualByComparingTo("0.009");
        assertThat(march.get("response-time").component("max"))
                .hasValueSatisfying(ms -> assertThat(ms.doubleValue()).isBetween(999.0, 1001.0));
    }

    private static void assertRatio(Figure figure, int numerator, int denominator) {
        assertThat(figure.numerator()).isEqualByComparingTo(BigDecimal.valueOf(numerator));
        assertThat(figure.denominator()).isEqualByComparingTo(BigDecimal.valueOf(denominator));
    }

    /** Imports twice, which changes nothing. */
    private Map<String, Figure> march(DataSource database, String clinic, int events) throws IOException {
        List<QueryMapping> mappings = QueryMapping.read(
                new ByteArrayInputStream(block("mapping of " + clinic).getBytes(StandardCharsets.UTF_8)));
        ExactEngine engine = new ExactEngine(directory(), APRIL);
        Watermarks from;
        try (JdbcEventSource source = JdbcEventSource.of(database, mappings).open()) {
            RecordResult result = engine.engine().record(Principal.superAdmin("test"), source, rejections::add);
            assertThat(result.accepted()).isEqualTo(events);
            assertThat(result.rejected()).isEqualTo(rejections.size());
            from = source.watermarks();
        }
        try (JdbcEventSource source =
                JdbcEventSource.of(database, mappings).from(from).open()) {
            RecordResult again = engine.engine().record(Principal.superAdmin("test"), source, rejection -> {});
            assertThat(again.accepted() + again.conflicts()).isZero();
            assertThat(again.duplicates()).isPositive().isLessThanOrEqualTo(events);
        }
        return engine
                .exact(ClinicId.of(clinic), KpiRequest.of(Period.month(2026, 3)).asLive())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, kpi -> kpi.getValue().figure()));
    }

    private static ClinicDirectory directory() throws IOException {
        try (InputStream json = ImportPageTest.class.getResourceAsStream("clinics.json")) {
            return ClinicDirectory.read(Objects.requireNonNull(json));
        }
    }

    /** The fenced block behind a comment that names it. */
    private static String block(String name) throws IOException {
        String page = Files.readString(PAGE);
        int marker = page.indexOf("<!-- " + name + " -->");
        assertThat(marker).as("a block named %s", name).isNotNegative();
        int begin = page.indexOf('\n', page.indexOf("```", marker)) + 1;
        return page.substring(begin, page.indexOf("\n```", begin)).strip();
    }
}
