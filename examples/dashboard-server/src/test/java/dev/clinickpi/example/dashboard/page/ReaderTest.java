package dev.clinickpi.example.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The page for every reader: language, theme, width, keyboard, screen reader. */
class ReaderTest {

    @RegisterExtension
    static final PageFixture PAGE = new PageFixture();

    @Test
    void theLanguageIsTheClinicsUntilTheReaderChooses() {
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        assertThat(browser().one("html").getDomAttribute("lang")).isEqualTo("es");
        assertThat(browser().text("#card-no-show-rate .card-title")).isEqualTo("Ausencias");
        String figure = browser().text("#card-no-show-rate data");

        browser().choose("language", "en");
        browser()
                .until(
                        "it is in English",
                        () -> browser().text("#card-no-show-rate .card-title").equals("No-shows"));
        assertThat(browser().one("html").getDomAttribute("lang")).isEqualTo("en");
        assertThat(browser().text("#card-no-show-rate data"))
                .as("numbers stay as the clinic writes them")
                .isEqualTo(figure)
                .contains(",");

        browser().driver.navigate().refresh();
        browser().untilDrawn();
        assertThat(browser().text("#card-no-show-rate .card-title")).isEqualTo("No-shows");
        browser().requireQuietConsole();
    }

    @Test
    void bothLanguagesHaveTheSameWords() {
        browser().open(address());
        Object words = browser().driver.executeAsyncScript("""
                const done = arguments[0];
                const names = (words, path = '') => Object.entries(words).flatMap(([name, word]) =>
                    typeof word === 'object' ? names(word, path + name + '.') : [path + name + ':' + typeof word]).sort();
                Promise.all(['es', 'en'].map((lang) => import('/js/words-' + lang + '.js')))
                    .then((modules) => done(modules.map((module) => names(module.default))));
                """);
        List<?> both = (List<?>) words;
        assertThat((List<?>) both.get(0)).hasSizeGreaterThan(200).isEqualTo(both.get(1));
    }

    @Test
    void theThemeIsTheSystemsUntilTheReaderChooses() {
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        String light = ground();
        browser().emulate(Map.of("prefers-color-scheme", "dark"));
        browser().until("it is dark", () -> !ground().equals(light));
        String dark = ground();
        browser().click("#theme");
        browser().until("light is chosen", () -> ground().equals(light));
        browser().driver.navigate().refresh();
        browser().untilDrawn();
        assertThat(ground()).as("the choice stays").isEqualTo(light);
        browser().click("#theme");
        browser().until("dark is chosen", () -> ground().equals(dark));
    }

    private String ground() {
        return (String) browser().driver.executeScript("return getComputedStyle(document.body).backgroundColor");
    }

    @ParameterizedTest
    @CsvSource({
        "sol,     #/clinic/sol",
        "roque,   #/clinic/roque",
        "sol,     #/clinic/sol/audit",
        "sol,     #/clinic/luz",
        "founder, #/",
        "founder, #/break-glass",
        "founder, #/clinic/sol"
    })
    void noAccessibilityRuleIsBroken(String user, String hash) {
        browser().signIn(address(), user);
        browser().open(address() + hash);
        browser()
                .until(
                        "the page is there",
                        () -> browser().isThere("h1") && !browser().isThere("[aria-busy=true]"));
        requireNoViolationInEitherTheme();
    }

    @Test
    void noAccessibilityRuleIsBrokenAtTheDoor() {
        browser().open(address());
        browser().until("the form is there", () -> browser().isThere("#page-user"));
        requireNoViolationInEitherTheme();
        browser().signIn("sol", "nonsense", "page");
        browser().until("it is said", () -> browser().isThere("#page-fault"));
        requireNoViolationInEitherTheme();
    }

    @Test
    void noAccessibilityRuleIsBrokenInTablesPopoversAndDialogs() {
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        browser().all(".panel header > .tools > button[aria-pressed]").forEach(browser()::click);
        browser().click("#card-conversion-rate .info");
        requireNoViolation();
        browser().press(Keys.ESCAPE);
        browser().width(390);
        requireNoViolation();
        PAGE.server().clock.advance(Duration.ofHours(12));
        browser().until("the dialog is there", () -> browser().isThere("#sign-in-again"));
        requireNoViolationInEitherTheme();
    }

    private void requireNoViolationInEitherTheme() {
        for (String theme : List.of("light", "dark")) {
            browser().emulate(Map.of("prefers-color-scheme", theme, "prefers-reduced-motion", "reduce"));
            requireNoViolation();
        }
    }

    private void requireNoViolation() {
        List<Rule> violations = new AxeBuilder().analyze(browser().driver).getViolations();
        assertThat(violations)
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    @Test
    void nothingScrollsSidewaysOnAPhone() {
        browser().width(390);
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        assertThat((Number) browser().driver.executeScript("return document.documentElement.scrollWidth"))
                .isEqualTo(390L);
    }

    @Test
    void theKeyboardAloneReachesEverything() {
        browser().open(address());
        browser().until("the form is there", () -> browser().isThere("#page-user"));
        assertThat(browser().focused()).isEqualTo("page-user");
        browser().press("sol", Keys.TAB, "demo", Keys.ENTER);
        browser().untilDrawn();

        browser().driver.executeScript("document.activeElement.blur()");
        Set<String> seen = walk(120);
        assertThat(seen)
                .contains("skip", "theme", "sign-out", "days", "kpi", "grain", "shape", "measure", "cohort-measure");
        assertThat(seen).contains("Ausencias", "Satisfacción", "Uso del plan");

        browser().driver.executeScript("document.querySelector('#card-csat .card-title').focus()");
        browser().press(Keys.ENTER);
        browser().until("CSAT is drawn", () -> browser().isThere("#series [data-drawn=csat]"));
        assertThat(browser().focused()).as("the focus stays").isEqualTo("Satisfacción");

        browser().press(Keys.TAB, Keys.ENTER);
        browser().until("the meaning is there", () -> browser().isThere("#about-csat"));
        browser().press(Keys.ESCAPE);
        browser().until("it is gone", () -> !browser().isThere("#about-csat"));

        browser().driver.executeScript("document.querySelector('input[name=days]:checked').focus()");
        browser().press(Keys.ARROW_RIGHT);
        browser()
                .until(
                        "ninety days are chosen",
                        () -> browser().driver.getCurrentUrl().contains("days=90"));
        browser().untilDrawn();
        browser().requireQuietConsole();
    }

    /** What Tab comes by, each with an outline that can be seen. */
    private Set<String> walk(int most) {
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < most; i++) {
            browser().press(Keys.TAB);
            seen.add(browser().focused());
            boolean isSeen = (boolean) browser().driver.executeScript("""
                    const e = document.activeElement;
                    const outlined = (x) => x !== null && getComputedStyle(x).outlineStyle !== 'none' && parseFloat(getComputedStyle(x).outlineWidth) >= 2;
                    return e === document.body || outlined(e) || outlined(e.nextElementSibling);
                    """);
            assertThat(isSeen)
                    .as("the focus on " + browser().focused() + " is visible")
                    .isTrue();
        }
        return seen;
    }

    @Test
    void noRequestLeavesTheMachine() throws IOException {
        browser().driver.manage().logs().get(LogType.PERFORMANCE);
        browser().signIn(address(), "sol");
        browser().untilDrawn();
        browser().open(address() + "#/clinic/sol/audit");
        browser().until("the trail is there", () -> browser().isThere(".audit tbody tr"));
        List<String> asked = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (LogEntry entry : browser().driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = json.readTree(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                asked.add(message.path("params").path("request").path("url").asText());
            }
        }
        assertThat(asked)
                .hasSizeGreaterThan(15)
                .allSatisfy(url -> assertThat(url).startsWith(address()));
    }

    private Browser browser() {
        return PAGE.browser();
    }

    private String address() {
        return PAGE.server().address();
    }
}
