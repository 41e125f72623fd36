package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.KpiRequest;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.kpi.ExactResult;
import dev.clinickpi.testkit.ExactEngine;
import dev.clinickpi.testkit.model.ReferenceFigure;
import dev.clinickpi.testkit.model.ReferenceModel;
import dev.clinickpi.time.Period;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, which is killed while events arrive, twice, and started again on the same file. */
class KilledServerTest {

    private static final ClinicId SOL = ClinicId.of("sol");

    private static final int REQUESTS = 90;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private int port;

    @Test
    void noAcceptedEventIsLostOrCountedTwice() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path clinics = folder.resolve("clinics.json");
        Files.writeString(clinics, clinicsJson());
        List<String> requests = requests(now);
        start(clinics);
        try {
            Random random = new Random(4);
            int killAt = REQUESTS / 3;
            for (int i = 0; i < REQUESTS; i++) {
                if (i == killAt || i == 2 * killAt) {
                    Thread killer = killIn(random.nextInt(40));
                    // Whatever became of this one, and of those before it, the host sends it again.
                    boolean answered = send(requests.get(i));
                    killer.join();
                    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                    start(clinics);
                    if (answered) {
                        continue;
                    }
                }
                assertThat(send(requests.get(i))).isTrue();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        requireWhatTheModelSays(ClinicDirectory.read(clinics), requests, now);
    }

    private void requireWhatTheModelSays(ClinicDirectory directory, List<String> requests, Instant now)
            throws IOException {
        JdbcConnectionPool database =
                JdbcConnectionPool.create("jdbc:h2:" + folder.resolve("dashboard") + ";WRITE_DELAY=0", "", "");
        ExactEngine engine = new ExactEngine(directory, now.plusSeconds(60), JdbcEventLog.open(database));
        try {
            Period period = Period.lastDays(7, LocalDate.ofInstant(now, ZoneOffset.UTC));
            Map<String, ExactResult> kept = engine.exact(SOL, KpiRequest.of(period));
            Map<String, ReferenceFigure> model =
                    ReferenceModel.of(directory, events(requests)).figures(SOL, period, now.plusSeconds(60));
            assertThat(kept.keySet()).isEqualTo(model.keySet());
            model.forEach((id, expected) -> requireSame(kept.get(id), expected));
            assertThat(model.get("response-time").n()).isGreaterThan(500);
            assertThat(model.get("no-show-rate").n()).isGreaterThan(100);
        } finally {
            engine.engine().close();
            database.dispose();
        }
    }

    /** A percentile is kept to a tenth of a percent, everything else as it is. */
    private static void requireSame(ExactResult found, ReferenceFigure expected) {
        assertThat(found.figure().n()).as(expected.id()).isEqualTo(expected.n());
        BigDecimal value = expected.value();
        if (value == null) {
            assertThat(found.figure().value()).as(expected.id()).isNull();
        } else if (expected.id().equals("response-time")) {
            assertThat(found.figure().value()).isCloseTo(value, within(value.movePointLeft(3)));
        } else {
            assertThat(found.figure().value()).as(expected.id()).isEqualByComparingTo(value);
        }
    }

    private static List<KpiEvent> events(List<String> requests) throws IOException {
        List<KpiEvent> events = new ArrayList<>();
        try (EventReader reader = EventReader.of(
                new ByteArrayInputStream(String.join("", requests).getBytes(StandardCharsets.UTF_8)))) {
            for (KpiEvent event = reader.next(r -> {}); event != null; event = reader.next(r -> {})) {
                events.add(event);
            }
        }
        assertThat(events).hasSize(REQUESTS * 40);
        return events;
    }

    private static String clinicsJson() {
        return """
                {"clinics": [{"id": "sol", "name": "Sol", "vertical": "dental", "country": "ES", "zone": "UTC",
                  "currency": "EUR", "locale": "es-ES", "goLive": "2020-01-01", "tier": "pro",
                  "openingHours": [{"from": "2020-01-01", "MONDAY": ["09:00-14:00"], "THURSDAY": ["09:00-14:00"]}],
                  "averageRevenuePerVisit": [{"from": "2020-01-01", "amount": "85.00"}], "services": []}],
                 "tiers": [{"id": "pro", "features": ["inbox"]}], "llmPrices": [], "exchangeRates": []}
                """;
    }

    /** Each request holds ten conversations of a message, its answer, and an appointment's booking and end. */
    private static List<String> requests(Instant now) {
        Random random = new Random(17);
        List<String> requests = new ArrayList<>();
        for (int r = 0; r < REQUESTS; r++) {
            StringBuilder lines = new StringBuilder();
            for (int c = 0; c < 10; c++) {
                String id = r + "-" + c;
                Instant at = now.minusSeconds(4 * 86_400L + random.nextInt(86_400));
                Instant answer = at.plusMillis(400 + random.nextInt(3_000));
                lines.append(line(
                        id + "-q",
                        at,
                        "message",
                        "\"conversationId\":\"c" + id + "\",\"patientId\":\"p" + id + "\",\"from\":\"patient\""));
                lines.append(line(
                        id + "-a",
                        answer,
                        "message",
                        "\"conversationId\":\"c" + id + "\",\"patientId\":\"p" + id + "\",\"from\":\"bot\""));
                String visit = "\"appointmentId\":\"v" + id + "\",\"patientId\":\"p" + id + "\",\"conversationId\":\"c"
                        + id + "\",\"startsAt\":\"" + at.plusSeconds(90_000) + "\",\"status\":";
                lines.append(line(id + "-b", at.plusSeconds(60), "appointment", visit + "\"booked\""));
                String end = random.nextInt(5) == 0 ? "no_show" : "completed";
                lines.append(line(id + "-e", at.plusSeconds(93_000), "appointment", visit + "\"" + end + "\""));
            }
            requests.add(lines.toString());
        }
        return requests;
    }

    private static String line(String id, Instant at, String type, String fields) {
        return "{\"id\":\"" + id + "\",\"clinicId\":\"sol\",\"at\":\"" + at + "\",\"type\":\"" + type + "\"," + fields
                + "}\n";
    }

    private boolean send(String lines) throws InterruptedException {
        try {
            var response = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/events?source=test"))
                            .header("Authorization", "Bearer " + RunningServer.TOKEN)
                            .POST(BodyPublishers.ofString(lines))
                            .build(),
                    BodyHandlers.ofString());
            JsonNode answer = Json.MAPPER.readTree(response.body());
            return response.statusCode() == 200
                    && answer.path("accepted").asInt()
                                    + answer.path("duplicates").asInt()
                            == 40;
        } catch (IOException e) {
            return false;
        }
    }

    private Thread killIn(int millis) {
        Thread killer = new Thread(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            process.destroyForcibly();
        });
        killer.start();
        return killer;
    }

    private void start(Path clinics) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classes,
                Dashboard.class.getName(),
                "--port",
                "0",
                "--folder",
                folder.toString(),
                "--clinics",
                clinics.toString());
        command.environment().put("CLINIC_KPI_EVENTS_TOKEN", RunningServer.TOKEN);
        command.redirectErrorStream(true);
        process = command.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains("http://localhost:")) {
                port = Integer.parseInt(line.replaceAll(".*localhost:(\\d+)/.*", "$1"));
                return;
            }
        }
        throw new AssertionError("The server did not start: " + said);
    }
}
