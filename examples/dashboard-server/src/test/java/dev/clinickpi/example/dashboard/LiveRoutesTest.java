package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.example.dashboard.RunningServer.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveRoutesTest {

    private static final ClinicId SOL = ClinicId.of("sol");

    @TempDir
    Path folder;

    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.empty(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void patientWrites(String conversation) {
        Instant now = server.clock().instant();
        server.engine()
                .record(List.of(new KpiEvent.Message(
                        conversation + "-m", SOL, now, conversation, "p-" + conversation, Sender.PATIENT, null, null)));
    }

    @Test
    void whatChangesIsToldWithinTwoSeconds() throws Exception {
        patientWrites("first");
        try (Stream stream = new Stream(server.signedIn("sol"), "/api/clinics/sol/live?days=7")) {
            Told all = stream.next("cards");
            assertThat(all.card("active-conversations").path("value").asInt()).isEqualTo(1);
            assertThat(all.data().path("cards").findValuesAsText("refresh"))
                    .hasSize(4)
                    .containsOnly("real-time");
            long before = System.nanoTime();
            patientWrites("second");
            Told changed = stream.next("cards");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
            assertThat(changed.card("active-conversations").path("value").asInt())
                    .isEqualTo(2);
            assertThat(Long.parseLong(changed.id())).isGreaterThan(Long.parseLong(all.id()));
            assertThat(changed.data().path("cards").findValuesAsText("id"))
                    .as("only what has changed")
                    .doesNotContain("conversion-rate", "no-show-rate");
        }
    }

    @Test
    void itEndsWithTheSession() throws Exception {
        Browser browser = server.signedIn("sol");
        try (Stream stream = new Stream(browser, "/api/clinics/sol/live")) {
            stream.next("cards");
            server.clock().advance(Sessions.LASTS);
            stream.next("expired");
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void itEndsWhereWhoOpenedItSignsOut() throws Exception {
        Browser browser = server.signedIn("sol");
        try (Stream stream = new Stream(browser, "/api/clinics/sol/live")) {
            stream.next("cards");
            browser.delete("/api/session");
            stream.next("expired");
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void itEndsWithTheServiceRole() throws Exception {
        Browser founder = server.signedIn("founder");
        founder.post(
                "/api/break-glass",
                Map.of("reason", "Ticket 4711, figures of March", "clinics", List.of("sol"), "minutes", 5));
        try (Stream stream = new Stream(founder, "/api/clinics/sol/live")) {
            stream.next("cards");
            server.clock().advance(Duration.ofMinutes(5));
            stream.next("expired");
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void itEndsAtMidnightWhenTheLastDaysAreOthers() throws Exception {
        server.clock().advance(Duration.ofHours(7).minusMinutes(10));
        try (Stream stream = new Stream(server.signedIn("sol"), "/api/clinics/sol/live?days=7")) {
            assertThat(stream.next("cards").data().path("period").path("to").asText())
                    .isEqualTo("2026-11-24");
            server.clock().advance(Duration.ofMinutes(11));
            assertThat(stream.hasEnded()).isTrue();
        }
        try (Stream stream = new Stream(server.signedIn("sol"), "/api/clinics/sol/live?days=7")) {
            assertThat(stream.next("cards").data().path("period").path("to").asText())
                    .isEqualTo("2026-11-25");
        }
    }

    @Test
    void aStoppedServerEndsIt() throws Exception {
        try (Stream stream = new Stream(server.signedIn("sol"), "/api/clinics/sol/live")) {
            stream.next("cards");
            server.restart();
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    /** An event of a stream. */
    private record Told(String event, String id, JsonNode data) {

        JsonNode card(String kpi) {
            for (JsonNode card : data.path("cards")) {
                if (card.path("id").asText().equals(kpi)) {
                    return card;
                }
            }
            throw new AssertionError("There is no card of " + kpi + " in " + data);
        }
    }

    private final class Stream implements AutoCloseable {

        private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        private final InputStream body;
        private final Thread reader;

        Stream(Browser browser, String path) throws Exception {
            HttpRequest request =
                    browser.request(path).header("Accept", "text/event-stream").build();
            HttpResponse<InputStream> response = server.http().send(request, BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
            body = response.body();
            reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            String event = "";
            String id = "";
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        event = line.substring(7);
                    } else if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("data: ")) {
                        told.add(new Told(event, id, Json.MAPPER.readTree(line.substring(6))));
                    }
                }
            } catch (IOException e) {
                // The connection has ended.
            }
        }

        Told next(String event) throws InterruptedException {
            for (Told next = told.poll(10, TimeUnit.SECONDS); next != null; next = told.poll(10, TimeUnit.SECONDS)) {
                if (next.event.equals(event)) {
                    return next;
                }
            }
            throw new AssertionError("No event " + event + " came");
        }

        boolean hasEnded() throws InterruptedException {
            reader.join(10_000);
            return !reader.isAlive();
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
