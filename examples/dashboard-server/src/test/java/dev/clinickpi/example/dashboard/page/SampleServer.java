package dev.clinickpi.example.dashboard.page;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.example.dashboard.DashboardServer;
import dev.clinickpi.example.dashboard.ServerSettings;
import dev.clinickpi.example.dashboard.sample.SampleClinics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server with the made-up clinics and nothing happening but what a test makes happen. */
final class SampleServer implements AutoCloseable {

    /** A Wednesday noon in the clinics' zone, in open hours. */
    private static final Instant NOON = Instant.parse("2026-10-14T10:30:00Z");

    private static final LocalDate BEGAN = LocalDate.parse("2026-10-14");

    final StandingClock clock = new StandingClock(NOON);
    private final Path folder;
    private final int days;
    private DashboardServer server;
    private int port;

    private SampleServer(int days) throws IOException {
        this.folder = Files.createTempDirectory("dashboard-page");
        this.days = days;
        this.server = start();
        this.port = server.port();
    }

    /** A server with so many days of history. */
    static SampleServer of(int days) {
        try {
            return new SampleServer(days);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DashboardServer start() throws IOException {
        Files.writeString(folder.resolve("sample-began"), BEGAN + "\n");
        return DashboardServer.start(new ServerSettings(
                port,
                clock,
                SampleClinics.directory(BEGAN),
                folder,
                null,
                null,
                null,
                null,
                true,
                new ServerSettings.Sample(days, 0)));
    }

    boolean isHistoryTold() {
        return server.isHistoryTold();
    }

    String address() {
        return "http://localhost:" + port + "/";
    }

    /** The library's own answers for a clinic, beside the page's. */
    ClinicDashboard dashboard(String clinic) {
        return server.engine().open(Principal.clinicAdmin("test", ClinicId.of(clinic)), ClinicId.of(clinic));
    }

    /** A patient writes now. */
    void message(String clinic, String id) {
        server.engine()
                .record(List.of(new KpiEvent.Message(
                        id, ClinicId.of(clinic), clock.instant(), id, id + "-patient", Sender.PATIENT, null, null)));
    }

    void stop() {
        server.close();
    }

    /** The same server again, on the same port and the same database. */
    void startAgain() {
        try {
            server = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
