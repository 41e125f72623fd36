package dev.clinickpi.example.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.example.dashboard.sample.SampleClinics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** A server on a clock of the test's, with the made-up clinics, and a browser's side of HTTP: it keeps one cookie. */
final class RunningServer implements AutoCloseable {

    static final LocalDate BEGAN = LocalDate.of(2026, 11, 23);

    static final String TOKEN = "hosts-show-this";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String user;
    private final String password;
    private final Path folder;
    private final int days;
    private final MovingClock clock;
    private DashboardServer server;

    private RunningServer(Path folder, int days, Instant now) {
        this(null, null, null, folder, days, now);
    }

    private RunningServer(String url, String user, String password, Path folder, int days, Instant now) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.folder = folder;
        this.days = days;
        this.clock = new MovingClock(now);
        start();
    }

    /** Without any event. */
    static RunningServer empty(Path folder) {
        return new RunningServer(folder, 0, Instant.parse("2026-11-23T16:00:00Z"));
    }

    /** With the story of some days, told to its end. */
    static RunningServer withHistory(Path folder, int days) {
        return new RunningServer(folder, days, Instant.parse("2026-11-23T16:00:00Z"));
    }

    /** The same in a database. */
    static RunningServer on(String url, String user, String password, Path folder, int days) {
        return new RunningServer(url, user, password, folder, days, Instant.parse("2026-11-23T16:00:00Z"));
    }

    private void start() {
        ServerSettings.Sample sample = days == 0 ? null : new ServerSettings.Sample(days, 0);
        server = DashboardServer.start(
                new ServerSettings(0, clock, directory(), folder, url, user, password, TOKEN, true, sample, null));
        if (days > 0) {
            Awaited.until(() -> server.isHistoryTold());
        }
    }

    /** Stops and starts on the same database. */
    void restart() {
        server.close();
        start();
    }

    static ClinicDirectory directory() {
        return SampleClinics.directory(BEGAN);
    }

    KpiEngine engine() {
        return server.engine();
    }

    MovingClock clock() {
        return clock;
    }

    /** Somebody's browser. */
    Browser signedIn(String user) {
        Browser browser = new Browser();
        Answer answer = browser.post("/api/session", Map.of("user", user, "password", "demo"));
        if (answer.status() != 200) {
            throw new IllegalStateException("Could not sign in: " + answer);
        }
        return browser;
    }

    Browser stranger() {
        return new Browser();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    HttpClient http() {
        return http;
    }

    @Override
    public void close() {
        server.close();
    }

    /** A cookie and the word that belongs to it. */
    final class Browser {

        private String cookie = "";
        private String csrf = "";

        Answer get(String path) {
            return send(request(path).GET());
        }

        Answer post(String path, Object body) {
            return send(request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Json.write(body))));
        }

        Answer delete(String path) {
            return send(request(path).DELETE());
        }

        /** The same person on another page, which does not know the word. */
        Browser withoutCsrf() {
            Browser other = new Browser();
            other.cookie = cookie;
            return other;
        }

        HttpRequest.Builder request(String path) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
            if (!cookie.isEmpty()) {
                request.header("Cookie", cookie);
            }
            return csrf.isEmpty() ? request : request.header("X-CSRF-Token", csrf);
        }

        private Answer send(HttpRequest.Builder request) {
            Answer answer = RunningServer.this.send(request.build());
            answer.response().headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.split(";")[0]);
            if (answer.status() == 200 && answer.body().contains("\"csrf\"")) {
                csrf = answer.json().path("csrf").asText();
            }
            return answer;
        }
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            try {
                return Json.MAPPER
                        .readerFor(JsonNode.class)
                        .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .readTree(body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }

    /** Stands until it is moved. */
    static final class MovingClock extends Clock {

        private volatile Instant now;

        MovingClock(Instant now) {
            this.now = now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
