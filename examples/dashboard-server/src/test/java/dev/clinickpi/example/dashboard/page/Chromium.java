package dev.clinickpi.example.dashboard.page;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The browser of this machine, with a profile that its driver makes and throws away. Nothing is downloaded: where there is none, these tests are skipped and say how to get one. */
final class Chromium {

    private static final String HOW = "There is no Chromium with its driver on this machine, so the page is not tested."
            + " Debian and Ubuntu: apt-get install chromium chromium-driver."
            + " Elsewhere name both in CLINIC_KPI_CHROMIUM and CLINIC_KPI_CHROMEDRIVER.";

    private Chromium() {}

    /** Starts it, or skips the test; or fails it where the environment says {@code CLINIC_KPI_BROWSER=required}. */
    static ChromeDriver start() {
        Optional<Path> browser = find("CLINIC_KPI_CHROMIUM", "/usr/bin/chromium", "/usr/bin/chromium-browser");
        Optional<Path> driver = find("CLINIC_KPI_CHROMEDRIVER", "/usr/bin/chromedriver");
        if (browser.isEmpty() || driver.isEmpty()) {
            if ("required".equals(System.getenv("CLINIC_KPI_BROWSER"))) {
                fail(HOW);
            }
            abort(HOW);
        }
        return start(browser.orElseThrow(), driver.orElseThrow());
    }

    private static Optional<Path> find(String variable, String... usual) {
        String named = System.getenv(variable);
        return (named == null ? Stream.of(usual) : Stream.of(named))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static ChromeDriver start(Path browser, Path driver) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(browser.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900");
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "es-ES,es"));
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }
}
