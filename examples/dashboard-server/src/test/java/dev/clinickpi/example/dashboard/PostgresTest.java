package dev.clinickpi.example.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.example.dashboard.RunningServer.Browser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @TempDir
    Path folder;

    @Test
    void allOfItLiesInThatDatabaseAndIsThereAfterARestart() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                // No superuser: PostgreSQL asks no policy for these.
                statement.execute("CREATE ROLE clinic LOGIN PASSWORD 'secret'");
                statement.execute("CREATE DATABASE clinic OWNER clinic");
            }
            String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/clinic";
            try (RunningServer server = RunningServer.on(url, "clinic", "secret", folder, 12)) {
                Browser admin = server.signedIn("sol");
                String before = admin.get("/api/clinics/sol/cards?days=7").body();
                long accepted = server.engine().health().accepted();
                assertThat(accepted).isGreaterThan(2_000);
                assertThat(before).contains("\"response-time\"", "\"status\":\"ok\"");
                server.restart();
                assertThat(admin.get("/api/clinics/sol/cards?days=7").body()).isEqualTo(before);
                assertThat(server.engine().health().accepted()).as("told once").isZero();
            }
            assertThat(Files.list(folder).map(file -> file.getFileName().toString()))
                    .doesNotContain("dashboard.mv.db")
                    .contains("users.json", "clinic-keys");
        }
    }
}
