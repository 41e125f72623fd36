package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTablesTest {

    private static final String MAPPING = """
            {"zone": "UTC", "queries": [{
              "name": "messages",
              "sql": ["SELECT 'm-' || id AS event, id, conversation, patient, author, sent FROM messages"],
              "watermark": {"column": "sent", "overlap": "PT15M"},
              "printableKey": "id",
              "fields": {
                "id": {"column": "event"}, "clinicId": {"constant": "sol"}, "type": {"constant": "message"},
                "at": {"column": "sent"}, "conversationId": {"column": "conversation"},
                "patientId": {"column": "patient"}, "from": {"column": "author"}
              }}]}
            """;

    @TempDir
    Path folder;

    @Test
    void rowsOfAHostBecomeFiguresAllOnceAndThenWhatIsNew() throws Exception {
        String url = "jdbc:h2:" + folder.resolve("host");
        JdbcConnectionPool host = JdbcConnectionPool.create(url, "sa", "");
        Path mapping = Files.writeString(folder.resolve("mapping.json"), MAPPING);
        execute(
                host,
                "CREATE TABLE messages (id INT, conversation VARCHAR(9), patient VARCHAR(9), author VARCHAR(9),"
                        + " sent TIMESTAMP WITH TIME ZONE)");
        execute(
                host,
                "INSERT INTO messages VALUES (1, 'c1', 'p1', 'patient', '2026-11-20 10:00:00+00'),"
                        + " (2, 'c1', 'p1', 'bot', '2026-11-20 10:00:01+00'), (3, 'c1', 'p1', 'nobody', '2026-11-20 10:00:02+00')");
        // The pool of this test and that of the server are in one process, which shares the file.
        ServerSettings settings = new ServerSettings(
                0,
                Clock.systemUTC(),
                RunningServer.directory(),
                folder,
                null,
                null,
                null,
                null,
                true,
                null,
                new ServerSettings.Tables(url, "sa", "", mapping, 1));
        try (DashboardServer server = DashboardServer.start(settings)) {
            Awaited.until(() -> server.engine().health().accepted() == 2);
            assertThat(server.engine().health().rejected())
                    .as("the third row is no event")
                    .isPositive();
            execute(host, "INSERT INTO messages VALUES (4, 'c2', 'p2', 'patient', '2026-11-20 11:00:00+00')");
            Awaited.until(() -> server.engine().health().accepted() == 3);
        } finally {
            host.dispose();
        }
    }

    private static void execute(JdbcConnectionPool host, String sql) throws Exception {
        try (Connection connection = host.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
