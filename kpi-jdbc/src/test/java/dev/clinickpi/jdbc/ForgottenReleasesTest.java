package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.testkit.canary.LogCapture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever keeps events and not what was released of them is told so. */
class ForgottenReleasesTest {

    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "2026-03-01"}]}
            """;

    private final TestDatabase database = TestDatabase.migrated(DatabaseKind.H2);

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void eventsThatAreKeptWithReleasesThatAreNotAreWarnedOfOnce() {
        assertThat(logged(JdbcEventLog.open(database.pool()), PublicationStore.inMemory()))
                .singleElement()
                .asString()
                .contains("JdbcPublicationStore");
    }

    @Test
    void whatEndsOrStaysTogetherNeedsNoWarning() {
        assertThat(logged(JdbcEventLog.open(database.pool()), JdbcPublicationStore.open(database.pool())))
                .isEmpty();
        assertThat(logged(EventLog.inMemory(), PublicationStore.inMemory())).isEmpty();
        assertThat(logged(EventLog.inMemory(), JdbcPublicationStore.open(database.pool())))
                .isEmpty();
    }

    /** What an engine says of releases while it is built. */
    @SuppressWarnings("try") // What is captured is held open, and not asked.
    private static List<String> logged(EventLog events, PublicationStore released) {
        List<String> lines = new CopyOnWriteArrayList<>();
        KpiEngine engine;
        try (LogCapture.Captured captured = LogCapture.start(lines::add)) {
            engine = KpiEngine.builder()
                    .directory(
                            ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8))))
                    .events(events)
                    .audit(AuditLog.inMemory())
                    .privacy(StandardPrivacy.with(KeyProvider.inMemory(), StandardPrivacy.LEAST_GROUP, released))
                    .build();
        }
        engine.close();
        return lines.stream().filter(line -> line.contains("released")).toList();
    }
}
