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
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server with the made-up clinics and nothing happening but what a test makes happen. */
final class SampleServer implements AutoCloseable {

    /** A Wednesday noon in the clinics' zone, in open hours. */
    private static final Instant NOON = Instant.parse("2026-04-15T10:30:00Z");

    /** What the story is told around: with this day the AI receptionist took over on 1 February, ten weeks before noon. */
    private static final LocalDate BEGAN = LocalDate.parse("2026-10-14");

    final StandingClock clock = new StandingClock(NOON);
    private final Path folder;
    private final LocalDate first;
    private DashboardServer server;
    private int port;

    private SampleServer(LocalDate first) throws IOException {
        this.folder = Files.createTempDirectory("dashboard-page");
        this.first = first;
        this.server = start();
        this.port = server.port();
    }

    /** A server whose history begins on a date. */
    static SampleServer since(LocalDate first) {
        try {
            return new SampleServer(first);
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
                new ServerSettings.Sample((int) ChronoUnit.DAYS.between(first, BEGAN) + 1, 0)));
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
