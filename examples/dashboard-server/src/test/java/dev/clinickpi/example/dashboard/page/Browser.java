package dev.clinickpi.example.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.FluentWait;

/** What a reader does and sees. It waits for conditions and never for a time. */
final class Browser implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_REPLACEMENTS = 20;

    /** The panels, each of which has a picture or says why it has none. */
    static final List<String> VIEWS = List.of("series", "baseline", "heatmap", "funnel", "cohorts");

    final ChromeDriver driver = Chromium.start();

    void open(String address) {
        driver.get(address);
    }

    /** Everything that a browser keeps of a reader is gone, as for a first visit. */
    void forget(String address) {
        driver.get(address + "icon.svg");
        driver.manage().deleteAllCookies();
        driver.executeScript("localStorage.clear()");
        emulate(Map.of("prefers-color-scheme", "light", "prefers-reduced-motion", "reduce"));
        driver.manage().logs().get(LogType.BROWSER);
    }

    void signIn(String address, String user) {
        open(address + "#/sign-in");
        signIn(user, "demo", "page");
        until("the reader is signed in", () -> isThere("#sign-out"));
    }

    void signIn(String user, String password, String form) {
        until("the form is there", () -> isThere("#" + form + "-user"));
        type("#" + form + "-user", user);
        type("#" + form + "-password", password);
        one("#" + form + "-password").sendKeys(Keys.ENTER);
    }

    private void type(String selector, String text) {
        WebElement field = one(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** All cards have their figures and all views are drawn. */
    void untilDrawn() {
        until("the cards are there", () -> isThere(".board[aria-busy=false]") && !isThere(".card.is-waiting"));
        until(
                "the views are drawn",
                () -> isThere(".figures.is-bare")
                        || VIEWS.stream()
                                .allMatch(view -> isThere("#" + view + "[aria-busy=false] [data-drawn]")
                                        || isThere("#" + view + "[aria-busy=false] .state")));
    }

    void until(String what, Supplier<Boolean> condition) {
        within(LONGEST, what, condition);
    }

    void within(Duration time, String what, Supplier<Boolean> condition) {
        new FluentWait<>(driver)
                .withTimeout(time)
                .pollingEvery(Duration.ofMillis(25))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(what)
                .until(unused -> condition.get());
    }

    boolean isThere(String selector) {
        return (boolean) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())", selector);
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return standing(() -> one(selector).getText());
    }

    /** The figure of a card as it was sent, empty where there is none. */
    String figure(String kpi) {
        return standing(() -> one("#card-" + kpi).getDomAttribute("data-value"));
    }

    /** What is read of an element that a live figure may replace between its being found and its being read. */
    private <T> T standing(Supplier<T> read) {
        for (int i = 0; i < MOST_REPLACEMENTS; i++) {
            try {
                return read.get();
            } catch (StaleElementReferenceException replaced) {
                // The next look finds the one that stands in its place.
            }
        }
        return read.get();
    }

    /** Chooses one of a few, as a press on its label does. */
    void choose(String name, String value) {
        WebElement input = one("input[name='" + name + "'][value='" + value + "']");
        click(input.findElement(By.xpath("..")));
    }

    void click(String selector) {
        click(one(selector));
    }

    /** Away from the window's edges, where the bar at the top would be in the way. */
    void click(WebElement element) {
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** The id of what has the focus, or its text where it has none. */
    String focused() {
        return (String)
                driver.executeScript("const e = document.activeElement; return e.id || e.name || e.textContent.trim()");
    }

    void emulate(Map<String, String> features) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        features.entrySet().stream()
                                .map(feature -> Map.of("name", feature.getKey(), "value", feature.getValue()))
                                .toList()));
    }

    void width(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    /** What the console says, but for the answers of the server that a test has brought about. */
    void requireQuietConsole(String... expected) {
        List<String> said = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (List.of(expected).stream().noneMatch(entry.getMessage()::contains)) {
                said.add(entry.getMessage());
            }
        }
        assertThat(said).as("what the console says").isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
