package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.access.AuditRecord.Action;
import dev.clinickpi.access.AuditStore;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.example.dashboard.RunningServer.Answer;
import dev.clinickpi.example.dashboard.RunningServer.Browser;
import dev.clinickpi.export.ChartJson;
import dev.clinickpi.export.Charts;
import dev.clinickpi.export.HeatmapMeasure;
import dev.clinickpi.export.SeriesChart;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Grain;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.PeriodComparison;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClinicRoutesTest {

    private static final ClinicId SOL = ClinicId.of("sol");

    private static final Period LAST_30 = Period.lastDays(30, RunningServer.BEGAN);

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static Browser admin;
    private static ClinicDashboard library;
    private static Charts charts;

    @BeforeAll
    static void start() {
        server = RunningServer.withHistory(folder, 45);
        admin = server.signedIn("sol");
        library = server.engine().open(Principal.clinicAdmin("test", SOL), SOL);
        charts = Charts.of(
                RunningServer.directory().clinic(SOL).orElseThrow(),
                new Locale.Builder().setLanguage("es").setRegion("ES").build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"days=7,7", "days=30,30", "'',30"})
    void everyCardIsWhatTheLibraryAnswers(String query, int days) {
        KpiReport report = library.report(Period.lastDays(days, RunningServer.BEGAN));
        JsonNode cards = admin.get("/api/clinics/sol/cards?" + query).json().path("cards");
        assertThat(cards.findValuesAsText("refresh")).hasSize(Kpi.ALL.size());
        for (int i = 0; i < cards.size(); i++) {
            requireSame(cards.get(i), report.results().get(i));
        }
        assertThat(report.results())
                .filteredOn(result -> result.value() != null)
                .hasSizeGreaterThan(8);
    }

    private static void requireSame(JsonNode card, KpiResult result) {
        assertThat(card.path("id").asText()).isEqualTo(result.id());
        assertThat(card.path("status").asText())
                .isEqualTo(result.status().name().toLowerCase(Locale.ROOT));
        requireSame(card.path("value"), result.value());
        requireSame(card.path("numerator"), result.numerator());
        requireSame(card.path("denominator"), result.denominator());
        requireSame(card.path("n"), result.n() == null ? null : BigDecimal.valueOf(result.n()));
        assertThat(card.path("partial").asBoolean()).isEqualTo(result.partial());
        for (int i = 0; i < result.components().size(); i++) {
            requireSame(
                    card.path("components").get(i).path("value"),
                    result.components().get(i).value());
        }
    }

    private static void requireSame(JsonNode shown, @Nullable BigDecimal value) {
        if (value == null) {
            assertThat(shown.isNull()).isTrue();
        } else {
            assertThat(shown.decimalValue()).isEqualByComparingTo(value);
        }
    }

    @Test
    void theDetailsAreTheLibrarysComparisons() {
        JsonNode cards = admin.get("/api/clinics/sol/details?days=30").json().path("cards");
        KpiRequest question = KpiRequest.of(LAST_30);
        for (int i = 0; i < Kpi.ALL.size(); i++) {
            KpiDefinition kpi = Kpi.ALL.get(i);
            PeriodComparison before = library.comparison(kpi, question);
            requireSame(
                    cards.get(i).path("change").path("absolute").path("value"),
                    before.difference().value());
            requireSame(
                    cards.get(i).path("change").path("relative").path("value"),
                    before.relativeChange().value());
            BaselineComparison baseline = library.baseline(kpi, question);
            JsonNode shown = cards.get(i).path("baseline");
            requireSame(
                    shown.path("change").path("absolute").path("value"),
                    baseline.difference().value());
            assertThat(shown.path("kind").asText())
                    .isEqualTo(baseline.baseline().getClass().getSimpleName().toLowerCase(Locale.ROOT));
            JsonNode alone =
                    admin.get("/api/clinics/sol/cards/" + kpi.id() + "?days=30").json();
            assertThat(alone).isEqualTo(cards.get(i));
        }
        assertThat(cards.findPath("kind").asText()).isNotEmpty();
    }

    @Test
    void everyChartIsMadeOfTheLibrarysView() {
        KpiRequest question = KpiRequest.of(LAST_30);
        requireChart(
                "heatmap?measure=conversations",
                ChartJson.write(charts.heatmap(library.heatmap(LAST_30), HeatmapMeasure.CONVERSATIONS)));
        requireChart("funnel?days=30", ChartJson.write(charts.funnel(library.funnel(LAST_30))));
        requireChart("cohorts?days=30", ChartJson.write(charts.cohorts(library.cohorts(LAST_30))));
        requireChart("baseline?kpi=csat", ChartJson.write(charts.baseline(library.baseline(Kpi.CSAT, question))));
        requireChart(
                "breakdown?kpi=top-services",
                ChartJson.write(charts.breakdown(library.result(Kpi.TOP_SERVICES, question))
                        .orElseThrow()));
        requireChart(
                "series?kpi=llm-cost&grain=week&shape=bar",
                ChartJson.write(
                        charts.series(library.series(Kpi.LLM_COST, Grain.WEEK, question), SeriesChart.Shape.BAR)));
    }

    private static void requireChart(String path, String expected) {
        String query = path.contains("?") ? "&lang=es" : "?lang=es";
        assertThat(admin.get("/api/clinics/sol/charts/" + path + query).body()).isEqualTo(expected);
    }

    @Test
    void aSeriesOfSharesHasTheTimeBeforeAsALine() {
        JsonNode chart =
                admin.get("/api/clinics/sol/charts/series?kpi=csat&grain=week").json();
        assertThat(chart.path("references").findValuesAsText("id")).contains("baseline");
        assertThat(chart.path("references").get(0).path("value").decimalValue()).isEqualByComparingTo("3.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cards",
                "cards/csat",
                "details",
                "charts/funnel",
                "charts/cohorts",
                "charts/heatmap",
                "charts/series?kpi=csat",
                "live",
                "audit"
            })
    void anotherClinicIsRefusedLikeOneThatThereIsNot(String what) {
        Answer foreign = admin.get("/api/clinics/luz/" + what);
        Answer unknown = admin.get("/api/clinics/nowhere/" + what);
        Answer impossible = admin.get("/api/clinics/no%20where/" + what);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(unknown.status()).isEqualTo(403);
        assertThat(impossible.status()).isEqualTo(403);
        assertThat(foreign.body()).isEqualTo(unknown.body()).isEqualTo(impossible.body());
    }

    @Test
    void thatItWasRefusedIsInTheTrailOfTheOtherClinic() {
        admin.get("/api/clinics/norte/cards");
        List<AuditStore.Entry> trail = server.engine()
                .auditTrail(Principal.superAdmin("test"), ClinicId.of("norte"), 1, AuditStore.LARGEST_PAGE);
        assertThat(trail).anySatisfy(entry -> {
            assertThat(entry.record().action()).isEqualTo(Action.DASHBOARD_REFUSED);
            assertThat(entry.record().principal()).isEqualTo("sol");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cards?days=0,period",
        "cards?days=x,period",
        "cards?days=99999,period",
        "cards?from=2026-03-01&to=2026-03-01,period",
        "cards?from=x&to=y,period",
        "cards/nothing,kpi",
        "charts/series?kpi=nothing,kpi",
        "charts/series,kpi",
        "charts/series?kpi=csat&grain=minute,grain",
        "charts/series?kpi=csat&grain=hour&days=90,grain",
        "charts/series?kpi=csat&shape=pie,shape",
        "charts/heatmap?measure=money,measure",
        "audit?limit=0,page",
        "audit?before=x,page"
    })
    void whatCannotBeAskedIsNamed(String question, String code) {
        Answer answer = admin.get("/api/clinics/sol/" + question);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(code);
        assertThat(answer.json().path("message").asText()).isNotEmpty();
    }

    @Test
    void wordsAreInTheReadersLanguageAndNumbersInTheClinicsFormat() {
        JsonNode spanish = admin.get("/api/clinics/sol/cards?lang=es").json();
        JsonNode english = admin.get("/api/clinics/sol/cards?lang=en").json();
        assertThat(spanish.path("locale").asText()).isEqualTo("es-ES");
        assertThat(english.path("locale").asText()).isEqualTo("en-ES");
        assertThat(spanish.path("cards").get(0).path("title").asText())
                .isNotEqualTo(english.path("cards").get(0).path("title").asText());
        assertThat(admin.get("/api/clinics/luz/cards?lang=es")
                        .json()
                        .path("message")
                        .asText())
                .startsWith("Esa clínica");
    }

    @Test
    void aClinicWithoutEventsIsAnswered() {
        JsonNode cards =
                server.signedIn("alba").get("/api/clinics/alba/cards").json().path("cards");
        assertThat(cards).hasSize(Kpi.ALL.size());
        assertThat(cards.findValuesAsText("status")).contains("undefined").doesNotContain("suppressed");
    }

    @Test
    void theTrailHasTheNewestFirstAndPagesBack() {
        Browser harbour = server.signedIn("harbour");
        for (int days = 1; days <= 6; days++) {
            harbour.get("/api/clinics/harbour/cards?days=" + days);
        }
        JsonNode newest = harbour.get("/api/clinics/harbour/audit?limit=3").json();
        assertThat(newest.path("entries").get(0).path("action").asText()).isEqualTo("read-audit-trail");
        assertThat(newest.path("entries").get(1).path("detail").asText()).contains("all KPIs from 2026-11-18");
        assertThat(newest.path("entries").get(1).path("who").asText()).isEqualTo("harbour");
        long next = newest.path("next").asLong();
        JsonNode older =
                harbour.get("/api/clinics/harbour/audit?limit=3&before=" + next).json();
        assertThat(older.path("entries").get(0).path("number").asLong()).isLessThan(next);
        assertThat(older.path("entries").get(0).path("detail").asText()).contains("all KPIs from 2026-11-20");
    }
}
