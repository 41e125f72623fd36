package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.example.dashboard.RunningServer.Answer;
import dev.clinickpi.example.dashboard.RunningServer.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakGlassTest {

    private static final String CARDS = "/api/clinics/sol/cards";

    private static final String REASON = "Ticket 4711: the figures of March look wrong";

    @TempDir
    Path folder;

    private RunningServer server;
    private Browser founder;

    @BeforeEach
    void start() {
        server = RunningServer.empty(folder);
        founder = server.signedIn("founder");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, Object> opening(String reason, int minutes, String... clinics) {
        return Map.of("reason", reason, "clinics", List.of(clinics), "minutes", minutes);
    }

    private List<String> trail() {
        JsonNode entries =
                server.signedIn("sol").get("/api/clinics/sol/audit").json().path("entries");
        return entries.findValuesAsText("action");
    }

    @Test
    void theFounderSeesNoFiguresWithoutIt() {
        assertThat(founder.get(CARDS).status()).isEqualTo(403);
        assertThat(trail()).contains("dashboard-refused");
    }

    @Test
    void withAReasonTheNamedClinicOpensUntilItsEndAndTheClinicSeesWhy() {
        Answer opened = founder.post("/api/break-glass", opening(REASON, 30, "sol"));
        assertThat(opened.status()).as(opened.body()).isEqualTo(200);
        assertThat(opened.json().path("breakGlass").path("clinics").get(0).asText())
                .isEqualTo("sol");
        assertThat(opened.json().path("breakGlass").path("expiry").asText()).isEqualTo("2026-11-23T16:30:00Z");
        assertThat(founder.get(CARDS).status()).isEqualTo(200);
        assertThat(founder.get("/api/clinics/luz/cards").status()).isEqualTo(403);
        JsonNode entries =
                server.signedIn("sol").get("/api/clinics/sol/audit").json().path("entries");
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("action").asText()).isEqualTo("break-glass");
            assertThat(entry.path("who").asText()).isEqualTo("founder");
            assertThat(entry.path("detail").asText()).contains("the figures of March look wrong");
        });
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("action").asText()).isEqualTo("read-figures");
            assertThat(entry.path("role").asText()).isEqualTo("service-role");
        });
        server.clock().advance(Duration.ofMinutes(29));
        assertThat(founder.get(CARDS).status()).isEqualTo(200);
        server.clock().advance(Duration.ofMinutes(1));
        assertThat(founder.get(CARDS).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "because", "two lines\nof a reason that is long"})
    void withoutAReasonNothingOpens(String reason) {
        Answer answer = founder.post("/api/break-glass", opening(reason, 30, "sol"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("break-glass");
        assertThat(founder.get(CARDS).status()).isEqualTo(403);
        assertThat(trail()).contains("break-glass-refused").doesNotContain("break-glass");
    }

    @Test
    void neitherWithoutAClinicNorForever() {
        assertThat(founder.post("/api/break-glass", opening(REASON, 30)).status())
                .isEqualTo(400);
        assertThat(founder.post("/api/break-glass", opening(REASON, 30, "nowhere"))
                        .status())
                .isEqualTo(400);
        assertThat(founder.post("/api/break-glass", opening(REASON, 0, "sol")).status())
                .isEqualTo(400);
        assertThat(founder.post("/api/break-glass", opening(REASON, 481, "sol")).status())
                .isEqualTo(400);
        assertThat(founder.get(CARDS).status()).isEqualTo(403);
    }

    @Test
    void aClinicAdminOpensNobodyElse() {
        Browser admin = server.signedIn("luz");
        assertThat(admin.post("/api/break-glass", opening(REASON, 30, "sol")).status())
                .isEqualTo(403);
        assertThat(admin.get(CARDS).status()).isEqualTo(403);
        assertThat(trail()).contains("break-glass-refused");
    }

    @Test
    void itCanBeEndedBefore() {
        founder.post("/api/break-glass", opening(REASON, 30, "sol"));
        assertThat(founder.get(CARDS).status()).isEqualTo(200);
        Answer ended = founder.delete("/api/break-glass");
        assertThat(ended.json().path("breakGlass").isNull()).isTrue();
        assertThat(founder.get(CARDS).status()).isEqualTo(403);
        assertThat(trail()).contains("end-break-glass");
        assertThat(founder.delete("/api/break-glass").status()).isEqualTo(404);
    }
}
