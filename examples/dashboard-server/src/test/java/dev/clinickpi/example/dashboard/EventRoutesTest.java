package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.example.dashboard.RunningServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventRoutesTest {

    private static final String GOOD = """
            {"id":"e1","clinicId":"sol","at":"2026-11-23T15:00:00Z","type":"message","conversationId":"c1","patientId":"p1","from":"patient"}
            {"id":"e2","clinicId":"sol","at":"2026-11-23T15:00:02Z","type":"message","conversationId":"c1","patientId":"p1","from":"bot"}
            """;

    private static final String BAD = """
            Call me, Ana Ruiz, +34 612 345 678
            {"id":"e3","clinicId":"ana.ruiz@example.com","at":"2026-11-23T15:00:00Z","type":"message","conversationId":"c1","patientId":"p1","from":"patient"}
            {"id":"e4","clinicId":"sol","at":"2026-11-23T15:00:00Z","type":"message","conversationId":"c1","patientId":"p1","from":"Ana Ruiz"}
            """;

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

    private Answer send(String body, String source, String token) {
        return server.send(HttpRequest.newBuilder(server.uri("/events" + source))
                .header("Authorization", token)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private Answer send(String body) {
        return send(body, "?source=crm", "Bearer " + RunningServer.TOKEN);
    }

    @Test
    void whatIsSentTwiceCountsOnce() {
        Answer first = send(GOOD);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("accepted").asInt()).isEqualTo(2);
        Answer second = send(GOOD);
        assertThat(second.json().path("accepted").asInt()).isZero();
        assertThat(second.json().path("duplicates").asInt()).isEqualTo(2);
        var cards = server.signedIn("sol")
                .get("/api/clinics/sol/cards?days=7")
                .json()
                .path("cards");
        var responseTime = cards.get(2);
        assertThat(responseTime.path("id").asText()).isEqualTo("response-time");
        assertThat(responseTime.path("n").asInt()).isEqualTo(1);
        assertThat(responseTime.path("value").asInt()).isEqualTo(2_000);
    }

    @Test
    void aBadLineIsNamedStopsNoneAndIsNotEchoed() {
        Answer answer = send(BAD + GOOD);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.json().path("rejected").asInt()).isEqualTo(3);
        assertThat(answer.json().path("rejections").findValuesAsText("line")).containsExactly("1", "2", "3");
        assertThat(answer.json().path("rejections").findValuesAsText("field")).containsExactly("", "clinicId", "from");
        assertThat(answer.body()).doesNotContain("Ana", "Ruiz", "612", "example.com");
    }

    @Test
    void onlyTheFirstHundredRejectionsAreNamedAndAllCounted() {
        Answer answer = send("nonsense\n".repeat(250));
        assertThat(answer.json().path("rejected").asInt()).isEqualTo(250);
        assertThat(answer.json().path("rejections")).hasSize(100);
    }

    @Test
    void whoDoesNotShowTheTokenSendsNothing() {
        assertThat(send(GOOD, "?source=crm", "Bearer wrong").status()).isEqualTo(401);
        assertThat(send(GOOD, "?source=crm", RunningServer.TOKEN).status()).isEqualTo(401);
        assertThat(server.engine().health().accepted()).isZero();
    }

    @Test
    void theSourceIsNamedAndOnRecord() {
        assertThat(send(GOOD, "", "Bearer " + RunningServer.TOKEN).status()).isEqualTo(400);
        assertThat(send(GOOD, "?source=a%20b", "Bearer " + RunningServer.TOKEN).status())
                .isEqualTo(400);
        assertThat(server.engine().health().accepted()).isZero();
        send(GOOD);
        var records = server.engine().auditTrail(dev.clinickpi.access.Principal.superAdmin("test"), 1, 10);
        assertThat(records.get(0).record().principal()).isEqualTo("events of crm");
        assertThat(records.get(0).record().action()).isEqualTo(dev.clinickpi.access.AuditRecord.Action.IMPORT_EVENTS);
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() {
        Answer answer = send(" ".repeat(1023).concat("\n").repeat(17 * 1024));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("error").asText()).isEqualTo("too-large");
    }
}
