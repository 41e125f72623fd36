package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.example.dashboard.RunningServer.Answer;
import dev.clinickpi.example.dashboard.RunningServer.Browser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {

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

    @Test
    void eachRoleSeesItsOwn() {
        Answer admin = server.signedIn("sol").get("/api/session");
        assertThat(admin.json().path("role").asText()).isEqualTo("clinic-admin");
        assertThat(admin.json().path("clinics").findValuesAsText("id")).containsExactly("sol");
        Answer founder = server.signedIn("founder").get("/api/session");
        assertThat(founder.json().path("role").asText()).isEqualTo("super-admin");
        assertThat(founder.json().path("clinics").findValuesAsText("id")).contains("sol", "luz", "alba");
        assertThat(founder.json().path("breakGlass").isNull()).isTrue();
    }

    @Test
    void whoIsNotSignedInSeesNothing() {
        for (String path : new String[] {
            "/api/clinics/sol/cards",
            "/api/clinics/sol/charts/funnel",
            "/api/clinics/sol/live",
            "/api/clinics/sol/audit"
        }) {
            Answer answer = server.stranger().get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.json().path("error").asText()).isEqualTo("signed-out");
        }
    }

    @Test
    void aFirstVisitIsNotRefused() {
        Answer nobody = server.stranger().get("/api/session");
        assertThat(nobody.status()).isEqualTo(204);
        assertThat(nobody.body()).isEmpty();
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreToldTheSame() {
        Answer wrong = server.stranger().post("/api/session", Map.of("user", "sol", "password", "nope"));
        Answer unknown = server.stranger().post("/api/session", Map.of("user", "nobody", "password", "demo"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(wrong.header("Set-Cookie")).isEmpty();
    }

    @Test
    void tooManyFailuresEndInAPause() {
        for (int i = 0; i < Attempts.MOST; i++) {
            assertThat(server.stranger()
                            .post("/api/session", Map.of("user", "sol", "password", "guess" + i))
                            .status())
                    .isEqualTo(401);
        }
        Map<String, String> right = Map.of("user", "sol", "password", "demo");
        assertThat(server.stranger().post("/api/session", right).status()).isEqualTo(429);
        server.clock().advance(Attempts.WITHIN);
        assertThat(server.stranger().post("/api/session", right).status()).isEqualTo(200);
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() {
        Answer answer = server.stranger().post("/api/session", Map.of("user", "sol", "password", "demo"));
        assertThat(answer.header("Set-Cookie"))
                .startsWith("session=")
                .contains("Path=/", "HttpOnly", "Secure", "SameSite=Strict");
    }

    @Test
    void nothingIsChangedWithoutTheWordOfTheSession() {
        Browser browser = server.signedIn("founder");
        Map<String, Object> opening =
                Map.of("reason", "Ticket 4711, figures of March", "clinics", new String[] {"sol"}, "minutes", 30);
        Answer refused = browser.withoutCsrf().post("/api/break-glass", opening);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("error").asText()).isEqualTo("csrf");
        assertThat(browser.withoutCsrf().delete("/api/session").status()).isEqualTo(403);
        assertThat(browser.get("/api/session").json().path("breakGlass").isNull())
                .isTrue();
    }

    @Test
    void aFormOfAnotherSiteCannotSignIn() {
        HttpRequest form = HttpRequest.newBuilder(server.uri("/api/session"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"user\":\"sol\",\"password\":\"demo\"}"))
                .build();
        assertThat(server.send(form).status()).isEqualTo(400);
    }

    @Test
    void aSessionEndsHalfAnHourAfterItsLastRequest() {
        Browser browser = server.signedIn("sol");
        for (int i = 0; i < 3; i++) {
            server.clock().advance(Sessions.LASTS.minusMinutes(2));
            assertThat(browser.get("/api/session").status()).isEqualTo(200);
        }
        server.clock().advance(Sessions.LASTS);
        assertThat(browser.get("/api/session").status()).isEqualTo(401);
        server.clock().advance(Duration.ofMinutes(-40));
        assertThat(browser.get("/api/session").status())
                .as("it does not come back")
                .isEqualTo(401);
    }

    @Test
    void whoSignsOutIsOut() {
        Browser browser = server.signedIn("sol");
        String cookie = browser.request("/api/session")
                .build()
                .headers()
                .firstValue("Cookie")
                .orElseThrow();
        assertThat(browser.delete("/api/session").status()).isEqualTo(204);
        HttpRequest kept = HttpRequest.newBuilder(server.uri("/api/session"))
                .header("Cookie", cookie)
                .build();
        assertThat(server.send(kept).status()).isEqualTo(401);
    }

    @Test
    void aSessionOutlivesARestart() throws Exception {
        Browser browser = server.signedIn("founder");
        browser.post(
                "/api/break-glass",
                Map.of("reason", "Ticket 4711, figures of March", "clinics", new String[] {"sol"}, "minutes", 30));
        server.restart();
        Answer after = browser.get("/api/session");
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json().path("breakGlass").path("clinics").get(0).asText())
                .isEqualTo("sol");
        assertThat(browser.get("/api/clinics/sol/cards").status()).isEqualTo(200);
        assertThat(browser.delete("/api/session").status())
                .as("its word is the same")
                .isEqualTo(204);
        assertThat(Files.readString(folder.resolve("users.json"))).doesNotContain("\"demo\"");
    }
}
