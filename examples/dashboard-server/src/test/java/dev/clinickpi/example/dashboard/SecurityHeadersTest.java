package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.example.dashboard.RunningServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.empty(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/js/main.js",
                "/vendor/echarts.min.js",
                "/nothing.js",
                "/api/session",
                "/api/nothing",
                "/api/clinics/sol/cards",
                "/api/clinics/luz/cards",
                "/api/clinics/sol/cards?days=x",
                "/..%2f..%2fusers.json"
            })
    void everyAnswerForbidsWhatThePageDoesNotNeed(String path) {
        Answer answer = server.signedIn("sol").get(path);
        assertThat(answer.header("Content-Security-Policy"))
                .as(answer.status() + " of " + path)
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe", "*", "http");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        if (path.startsWith("/api")) {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void filesAreCompressedAndAskedForAgainOnlyWhenTheyHaveChanged() throws Exception {
        HttpRequest.Builder first = HttpRequest.newBuilder(server.uri("/vendor/echarts.min.js"));
        var packed = server.http()
                .send(first.copy().header("Accept-Encoding", "gzip").build(), BodyHandlers.ofInputStream());
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        byte[] plain = server.http()
                .send(first.copy().build(), BodyHandlers.ofByteArray())
                .body();
        try (GZIPInputStream unpacked = new GZIPInputStream(packed.body())) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain).hasSizeGreaterThan(500_000);
        }
        String tag = packed.headers().firstValue("ETag").orElseThrow();
        Answer again = server.send(first.copy().header("If-None-Match", tag).build());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../users.json",
                "/js/",
                "/js/../index.html",
                "/messages_en.properties",
                "/DashboardServer.class"
            })
    void onlyThePagesFilesAreServed(String path) {
        assertThat(server.stranger().get(path).status()).isIn(400, 404);
    }
}
