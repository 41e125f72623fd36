package dev.clinickpi.example.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinickpi.KpiReport;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What stands on the page is what the library says, neither more nor less. */
class FiguresTest {

    private static final Locale SPAIN = Locale.forLanguageTag("es-ES");

    @RegisterExtension
    static final PageFixture PAGE = new PageFixture();

    @ParameterizedTest
    @ValueSource(strings = {"sol", "roque", "alba"})
    void everyCardHasTheLibrarysFigure(String clinic) {
        signIn(clinic);
        requireFigures(clinic, Period.lastDays(30, today()));
        PAGE.browser().requireQuietConsole();
    }

    @Test
    void figuresFollowTheRange() {
        signIn("sol");
        for (int days : List.of(7, 90)) {
            PAGE.browser().choose("days", String.valueOf(days));
            PAGE.browser().until("the range is shown", () -> isOf(Period.lastDays(days, today())));
            requireFigures("sol", Period.lastDays(days, today()));
        }
        PAGE.browser().requireQuietConsole();
    }

    @Test
    void datesOfOnesOwnIncludeTheLast() {
        signIn("sol");
        PAGE.browser().choose("days", "custom");
        setDate("from", "2026-03-01");
        setDate("until", "2026-03-31");
        PAGE.browser().click(".dates button");
        Period march = Period.month(2026, 3);
        PAGE.browser().until("March is shown", () -> isOf(march));
        requireFigures("sol", march);
        assertThat(PAGE.browser().driver.getCurrentUrl()).contains("from=2026-03-01", "to=2026-04-01");
    }

    @Test
    void datesTheWrongWayRoundAreRefusedInPlace() {
        signIn("sol");
        PAGE.browser().choose("days", "custom");
        setDate("from", "2026-03-31");
        setDate("until", "2026-03-01");
        PAGE.browser().click(".dates button");
        assertThat(PAGE.browser().text("#period-fault")).isEqualTo("La primera fecha va antes que la última.");
        assertThat(PAGE.browser().focused()).isEqualTo("from");
    }

    @Test
    void tooFewPeopleAreSaidToBe() {
        signIn("roque");
        KpiReport report = report("roque", Period.lastDays(30, today()));
        List<String> withheld = report.results().stream()
                .filter(result -> result.status() == Status.SUPPRESSED)
                .map(KpiResult::id)
                .toList();
        assertThat(withheld)
                .as("the small clinic has figures that are withheld")
                .isNotEmpty();
        for (String kpi : withheld) {
            assertThat(PAGE.browser().text("#card-" + kpi + " .value")).isEqualTo("Muy pocas personas");
            PAGE.browser().click("#card-" + kpi + " .info");
            assertThat(PAGE.browser().text("#about-" + kpi)).contains("se mueven de cinco en cinco");
            PAGE.browser().press(Keys.ESCAPE);
        }
    }

    @Test
    void anEmptyClinicSaysSoAndWakesUpWithItsFirstMessage() {
        signIn("alba");
        assertThat(PAGE.browser().text("div.outcome")).contains("Aún no hay datos de este periodo");
        assertThat(PAGE.browser().isThere("#series")).isFalse();
        PAGE.server().message("alba", "first-of-alba");
        PAGE.browser().until("the views come", () -> PAGE.browser().isThere("#series"));
        assertThat(PAGE.browser().isThere("div.outcome")).isFalse();
    }

    @Test
    void aLiveFigureChangesWithinTwoSeconds() {
        signIn("sol");
        PAGE.browser().until("the connection is live", () -> PAGE.browser().isThere("#live[data-state=live]"));
        BigDecimal before = new BigDecimal(PAGE.browser().figure("active-conversations"));
        PAGE.server().message("sol", "live-of-sol");
        PAGE.browser()
                .within(
                        Duration.ofSeconds(2),
                        "one more conversation is active",
                        () -> new BigDecimal(PAGE.browser().figure("active-conversations"))
                                        .compareTo(before.add(BigDecimal.ONE))
                                == 0);
    }

    @Test
    void everyPictureIsATableToo() {
        signIn("sol");
        for (String view : List.of("series", "baseline", "breakdown", "heatmap")) {
            requirePictureAndTable(view);
        }
        PAGE.browser().requireQuietConsole();
    }

    private void requirePictureAndTable(String view) {
        PAGE.browser().until("it is drawn", () -> PAGE.browser().isThere("#" + view + " canvas"));
        assertThat(PAGE.browser().one("#" + view + " .picture").getDomAttribute("aria-label"))
                .isNotBlank();
        assertThat(paintedShare(view)).as("the share of the canvas with colour").isGreaterThan(0.01);
        PAGE.browser().click("#" + view + " button[aria-pressed]");
        List<WebElement> rows = PAGE.browser().all("#" + view + "-table tbody tr");
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getText()).isNotBlank());
        assertThat(PAGE.browser().isThere("#" + view + " canvas")).isFalse();
    }

    @Test
    void theSeriesIsTheLibrarys() {
        signIn("sol");
        JsonNode chart = asked("charts/series?kpi=no-show-rate&grain=week&days=90&lang=es");
        PAGE.browser().open(PAGE.server().address() + "#/clinic/sol?days=90&kpi=no-show-rate&grain=week&shape=bar");
        PAGE.browser().until("it is of no-shows", () -> PAGE.browser().isThere("#series [data-drawn=no-show-rate]"));
        PAGE.browser().click("#series button[aria-pressed]");
        List<String> labels = PAGE.browser().all("#series-table tbody th").stream()
                .map(WebElement::getText)
                .toList();
        assertThat(labels).isEqualTo(chart.path("points").findValuesAsText("label"));
        List<String> values = PAGE.browser().all("#series-table tbody td:nth-child(2)").stream()
                .map(WebElement::getText)
                .toList();
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = chart.path("points").path(i).path("mark").path("value");
            assertThat(values.get(i)).isEqualTo(value.isNull() ? "—" : percent(value.decimalValue()));
        }
    }

    @Test
    void theFunnelAndTheCohortsAreTheLibrarys() {
        signIn("sol");
        requireFunnel();
        requireCohorts();
    }

    private void requireFunnel() {
        for (JsonNode stage : asked("charts/funnel?days=30&lang=es").path("stages")) {
            String row = stage.path("id").asText().equals("messages")
                    ? PAGE.browser().text(".funnel-source strong")
                    : PAGE.browser().text("li[data-stage=" + stage.path("id").asText() + "] .funnel-count");
            assertThat(row).isEqualTo(count(stage.path("count").path("value").decimalValue()));
        }
    }

    private void requireCohorts() {
        PAGE.browser().choose("cohort-measure", "patients");
        JsonNode chart = asked("charts/cohorts?from=2025-05-01&to=2026-04-16&lang=es");
        List<WebElement> rows = PAGE.browser().all(".cohorts tbody tr");
        assertThat(rows).hasSize(chart.path("rows").size()).isNotEmpty();
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = chart.path("rows").path(i);
            assertThat(rows.get(i).getText()).startsWith(row.path("label").asText());
            for (int month = 0; month < row.path("cells").size(); month++) {
                JsonNode patients = row.path("cells").path(month).path("patients");
                String cell = rows.get(i)
                        .findElements(By.tagName("td"))
                        .get(month + 1)
                        .getText();
                assertThat(cell.replace("*", "").lines().findFirst().orElse(""))
                        .isEqualTo(patients.isNull() ? "·" : count(patients.decimalValue()));
            }
        }
    }

    private void signIn(String clinic) {
        PAGE.browser().signIn(PAGE.server().address(), clinic);
        PAGE.browser().untilDrawn();
    }

    private LocalDate today() {
        return PAGE.server().dashboard("sol").today();
    }

    private KpiReport report(String clinic, Period period) {
        return PAGE.server().dashboard(clinic).report(KpiRequest.of(period));
    }

    private void requireFigures(String clinic, Period period) {
        KpiReport report = report(clinic, period);
        assertThat(report.results()).hasSize(12);
        for (KpiResult result : report.results()) {
            String figure = PAGE.browser().figure(result.id());
            BigDecimal value = result.value();
            if (value == null) {
                assertThat(figure).as(result.id()).isEmpty();
            } else {
                assertThat(new BigDecimal(figure)).as(result.id()).isEqualByComparingTo(rounded(value));
                assertThat(PAGE.browser().text("#card-" + result.id() + " data"))
                        .as(result.id())
                        .isEqualTo(written(value, result.unit()));
            }
            String n = result.n() == null ? "" : "n = " + count(BigDecimal.valueOf(result.n()));
            assertThat(PAGE.browser().text("#card-" + result.id() + " .foot")).contains(n);
        }
    }

    /** A browser's numbers have 53 bits. */
    private static BigDecimal rounded(BigDecimal value) {
        return BigDecimal.valueOf(value.doubleValue());
    }

    private static String written(BigDecimal value, String unit) {
        return switch (unit) {
            case "ratio" -> percent(value);
            case "ms" ->
                value.compareTo(BigDecimal.valueOf(1000)) < 0
                        ? number(value, 0, 0) + " ms"
                        : number(value.movePointLeft(3), 0, 2) + " s";
            case "score" -> number(value, 2, 2);
            case "count" -> number(value, 0, 1);
            default ->
                value.compareTo(BigDecimal.valueOf(1000)) < 0 ? number(value, 2, 2) + " €" : number(value, 0, 0) + " €";
        };
    }

    private static String percent(BigDecimal share) {
        return number(share.movePointRight(2), 0, 1) + " %";
    }

    private static String count(BigDecimal value) {
        return number(value, 0, 0);
    }

    /** As WebDriver reads it, which makes every space a plain one. Spanish writes no separator in numbers of four digits. */
    private static String number(BigDecimal value, int least, int most) {
        NumberFormat format = NumberFormat.getNumberInstance(SPAIN);
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setGroupingUsed(value.abs().compareTo(BigDecimal.valueOf(10_000)) >= 0);
        return format.format(value);
    }

    private boolean isOf(Period period) {
        return PAGE.browser().isThere(".board[aria-busy=false]")
                && PAGE.browser().text(".range").startsWith(period.from().getDayOfMonth() + " ");
    }

    private void setDate(String id, String date) {
        PAGE.browser().driver.executeScript("document.getElementById(arguments[0]).value = arguments[1]", id, date);
    }

    /** What the page's own session is told. */
    private JsonNode asked(String path) {
        String json = (String) PAGE.browser()
                .driver
                .executeAsyncScript(
                        "const done = arguments[1]; fetch('/api/clinics/sol/' + arguments[0]).then(r => r.text()).then(done)",
                        path);
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private double paintedShare(String view) {
        return ((Number) PAGE.browser().driver.executeScript("""
                const canvas = document.querySelector('#' + arguments[0] + ' canvas');
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                let painted = 0;
                for (let i = 3; i < data.length; i += 4) { painted += data[i] > 0 ? 1 : 0; }
                return painted / (data.length / 4);
                """, view)).doubleValue();
    }
}
