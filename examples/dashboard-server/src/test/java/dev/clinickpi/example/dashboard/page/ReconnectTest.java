package dev.clinickpi.example.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The server goes and comes back; the page says so and recovers by itself. */
class ReconnectTest {

    @Test
    void thePageComesBackWithTheServer() {
        try (Browser browser = new Browser();
                SampleServer server = SampleServer.since(LocalDate.parse("2026-04-13"))) {
            browser.until("the history is told", server::isHistoryTold);
            browser.forget(server.address());
            browser.signIn(server.address(), "sol");
            browser.untilDrawn();
            browser.until("it is live", () -> browser.isThere("#live[data-state=live]"));
            BigDecimal before = new BigDecimal(browser.figure("active-conversations"));

            server.stop();
            browser.until("the page says that the server is gone", () -> browser.isThere(".offline"));
            assertThat(browser.text(".offline")).contains("El servidor no responde.", "Las cifras son de las");
            assertThat(browser.figure("active-conversations"))
                    .as("what was known stays in sight")
                    .isEqualTo(before.toPlainString());

            server.startAgain();
            server.message("sol", "while-away");
            browser.until("it is live again", () -> browser.isThere("#live[data-state=live]"));
            browser.until(
                    "what happened in between is there",
                    () -> new BigDecimal(browser.figure("active-conversations")).compareTo(before.add(BigDecimal.ONE))
                            == 0);
            assertThat(browser.isThere(".offline")).isFalse();
        }
    }
}
