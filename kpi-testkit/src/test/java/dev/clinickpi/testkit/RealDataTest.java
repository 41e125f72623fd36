package dev.clinickpi.testkit;

import static java.time.temporal.ChronoField.PROLEPTIC_MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.RecordResult;
import dev.clinickpi.access.Principal;
import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.EffectiveDated;
import dev.clinickpi.clinic.LlmPrice;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.fold.ClinicFold;
import dev.clinickpi.fold.FoldSettings;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.CohortTable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published facts about published data. */
class RealDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ClinicId CDNOW = ClinicId.of("cdnow");
    private static final Instant AFTER_CDNOW = Instant.parse("1998-07-10T00:00:00Z");

    /** Fader and Hardie's master log: 69,659 purchases of 23,570 customers. */
    @Test
    void cdnow() throws IOException {
        EventLog log = EventLog.inMemory();
        ExactEngine engine = new ExactEngine(cdnowDirectory(), AFTER_CDNOW, log);
        try (EventReader reader = EventReader.of(open("cdnow/events.ndjson.gz"))) {
            RecordResult result = engine.engine().record(Principal.superAdmin("test"), reader, rejection -> {});
            assertThat(result.accepted()).isEqualTo(69_659);
            assertThat(result.rejected() + result.duplicates() + result.conflicts())
                    .isZero();
        }
        Period all = new Period(LocalDate.of(1997, 1, 1), LocalDate.of(1998, 7, 1));
        ExactResult noShows = engine.exact(CDNOW, KpiRequest.of(all)).get(Kpi.NO_SHOW_RATE.id());
        assertThat(noShows).isNotNull();
        assertThat(noShows.figure().denominator()).isEqualByComparingTo("69659");
        assertThat(noShows.figure().value()).isEqualByComparingTo("0");
        assertThat(noShows.people()).isNotNull();
        assertThat(noShows.people().count()).isEqualTo(23_570);
        assertThat(cohorts(cdnowCells(log))).isEqualTo(expectedCohorts());
        assertCohorts(engine.engine()
                .open(Principal.clinicAdmin("testkit", CDNOW), CDNOW)
                .cohorts(all));
    }

    private static void assertCohorts(CohortTable table) throws IOException {
        JsonNode expected = read("cdnow/expected-cohorts.json");
        assertThat(table.cohorts()).hasSameSizeAs(expected).isNotEmpty();
        for (CohortTable.Cohort cohort : table.cohorts()) {
            JsonNode given = expected.get(cohort.month().toString());
            assertThat(cohort.size()).isEqualTo(given.get("size").longValue());
            assertThat(cohort.partial()).isFalse();
            assertThat(cohort.cells())
                    .hasSizeGreaterThanOrEqualTo(given.get("cells").size());
            for (CohortTable.Cell cell : cohort.cells()) {
                JsonNode month = given.get("cells").path(Integer.toString(cell.offset()));
                String what = cohort.month() + "+" + cell.offset();
                assertThat(cell.patients())
                        .as(what)
                        .isEqualTo(month.path("patients").asLong());
                assertThat(cell.revenue())
                        .as(what)
                        .isEqualByComparingTo(month.path("revenue").asText("0"));
            }
        }
    }

    /** A price that changed on a day: o3 became cheaper on 10 June 2025. */
    @ParameterizedTest(name = "{0} on {1}: {2} input, {3} cached, {4} output cost {5} USD")
    @CsvSource({
        "gpt-4o, 2025-03-01, 1000, 0, 100, 0.0035",
        "gpt-4o-mini, 2025-03-01, 1000000, 1000000, 0, 0.075",
        "o3, 2025-06-09, 1000, 0, 100, 0.014",
        "o3, 2025-06-10, 1000, 0, 100, 0.0028",
        "o3, 2025-06-10, 1000, 1000, 100, 0.0013",
    })
    void openAisPrices(String model, LocalDate day, long input, long cached, long output, BigDecimal usd)
            throws IOException {
        Clinic clinic = Objects.requireNonNull(cdnowDirectory().clinics().get(CDNOW));
        ClinicDirectory directory = new ClinicDirectory(Map.of(CDNOW, clinic), List.of(), openAi(), Map.of());
        ExactEngine engine = new ExactEngine(directory, Instant.parse("2026-01-01T00:00:00Z"));
        Instant noon = day.atTime(12, 0).atZone(clinic.zone()).toInstant();
        engine.record(List.of(new KpiEvent.LlmUsed("e", CDNOW, noon, model, input, cached, output, null, null)));
        ExactResult cost = engine.exact(CDNOW, KpiRequest.of(new Period(day, day.plusDays(1))))
                .get(Kpi.LLM_COST.id());
        assertThat(cost).isNotNull();
        assertThat(cost.figure().status()).isEqualTo(Status.OK);
        assertThat(cost.figure().value()).isEqualByComparingTo(usd);
    }

    private static Map<String, EffectiveDated<LlmPrice>> openAi() throws IOException {
        Map<String, EffectiveDated<LlmPrice>> prices = new TreeMap<>();
        for (JsonNode model : read("llm-prices/openai.json").get(0).get("models")) {
            TreeMap<LocalDate, LlmPrice> dated = new TreeMap<>();
            JsonNode given = model.get("prices");
            if (given.isObject()) {
                put(dated, LocalDate.EPOCH, given);
            }
            for (JsonNode entry : given.isArray() ? given : JSON.createArrayNode()) {
                JsonNode from = entry.path("constraint").path("start_date");
                put(
                        dated,
                        from.isMissingNode() ? LocalDate.EPOCH : LocalDate.parse(from.textValue()),
                        entry.get("prices"));
            }
            prices.put(model.get("id").textValue(), new EffectiveDated<>(dated));
        }
        return prices;
    }

    /** Models that are priced by anything but tokens, in tiers or not at all have no price here. */
    private static void put(Map<LocalDate, LlmPrice> dated, LocalDate from, JsonNode price) {
        JsonNode input = price.path("input_mtok");
        JsonNode output = price.path("output_mtok");
        if (input.isNumber() && output.isNumber()) {
            JsonNode cached = price.path("cache_read_mtok");
            dated.put(
                    from,
                    new LlmPrice(
                            "USD",
                            new BigDecimal(input.asText()),
                            new BigDecimal(cached.isNumber() ? cached.asText() : input.asText()),
                            new BigDecimal(output.asText())));
        }
    }

    private static CellTable cdnowCells(EventLog log) throws IOException {
        ClinicCalendar calendar = ClinicCalendar.of(
                Objects.requireNonNull(cdnowDirectory().clinics().get(CDNOW)));
        CellTable cells = new CellTable(calendar.days());
        ClinicFold fold = new ClinicFold(calendar, FoldSettings.DEFAULT, AFTER_CDNOW.toEpochMilli(), cells);
        log.read(CDNOW, 0, fold::accept);
        return cells;
    }

    /** Patients and revenue by month of onboarding and months since, as "1997-01+3: 810 34973.56". */
    private static Map<String, String> cohorts(CellTable cells) {
        Map<String, Cell> byCell = new TreeMap<>();
        cells.forEach((key, cell) -> {
            YearMonth cohort =
                    YearMonth.from(LocalDate.ofEpochDay(cells.localDays().of(key.slice() * 900_000)));
            if (key.measure() == Measure.RETAINED) {
                long since = key.dimension().moment() - cohort.getLong(PROLEPTIC_MONTH);
                byCell.computeIfAbsent(cohort + "+" + since, k -> new Cell()).addCount(cell.count());
            } else if (key.measure() == Measure.COHORT_VALUE && cell.sum() != null) {
                YearMonth month =
                        YearMonth.from(LocalDate.ofEpochDay(key.dimension().moment()));
                long since = month.getLong(PROLEPTIC_MONTH) - cohort.getLong(PROLEPTIC_MONTH);
                byCell.computeIfAbsent(cohort + "+" + since, k -> new Cell())
                        .addAmount(cell.sum().toBigDecimal(), 1);
            }
        });
        Map<String, String> cohorts = new TreeMap<>();
        byCell.forEach((key, cell) -> {
            BigDecimal revenue =
                    cell.sum() == null ? BigDecimal.ZERO : cell.sum().toBigDecimal();
            cohorts.put(key, cell.count() + " " + revenue.stripTrailingZeros().toPlainString());
        });
        return cohorts;
    }

    private static Map<String, String> expectedCohorts() throws IOException {
        Map<String, String> cohorts = new TreeMap<>();
        read("cdnow/expected-cohorts.json")
                .properties()
                .forEach(cohort -> cohort.getValue().get("cells").properties().forEach(cell -> {
                    BigDecimal revenue =
                            new BigDecimal(cell.getValue().get("revenue").asText());
                    if (cell.getValue().get("patients").asLong() > 0) {
                        cohorts.put(
                                cohort.getKey() + "+" + cell.getKey(),
                                cell.getValue().get("patients").asLong() + " "
                                        + revenue.stripTrailingZeros().toPlainString());
                    }
                }));
        return cohorts;
    }

    private static ClinicDirectory cdnowDirectory() throws IOException {
        try (InputStream in = open("cdnow/clinics.json")) {
            return ClinicDirectory.read(in);
        }
    }

    private static JsonNode read(String resource) throws IOException {
        try (InputStream in = open(resource)) {
            return JSON.readTree(in);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(RealDataTest.class.getResourceAsStream(resource), resource);
    }
}
