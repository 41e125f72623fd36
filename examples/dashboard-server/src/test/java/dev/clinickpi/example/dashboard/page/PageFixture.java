package dev.clinickpi.example.dashboard.page;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One browser and one server for all tests of the page: starting them takes longer than most tests. Each test begins as a first visit. */
final class PageFixture implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {

    /** Six weeks before the AI took over: enough to compare with, and soon told. */
    private static final LocalDate FIRST = LocalDate.parse("2025-12-20");

    private Shared shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(Namespace.create(PageFixture.class))
                .getOrComputeIfAbsent(Shared.class, unused -> new Shared(), Shared.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        browser().width(1280);
        browser().forget(server().address());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        // The next test must not begin with the dialog of this one.
        browser().open("about:blank");
    }

    Browser browser() {
        return shared.browser;
    }

    SampleServer server() {
        return shared.server;
    }

    private static final class Shared implements AutoCloseable, ExtensionContext.Store.CloseableResource {

        private final Browser browser = new Browser();
        private final SampleServer server = SampleServer.since(FIRST);

        Shared() {
            browser.within(Duration.ofMinutes(2), "the history is told", server::isHistoryTold);
        }

        @Override
        public void close() {
            browser.close();
            server.close();
        }
    }
}
