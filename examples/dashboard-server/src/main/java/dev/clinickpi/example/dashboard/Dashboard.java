package dev.clinickpi.example.dashboard;

import dev.clinickpi.clinic.ClinicDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a dashboard server and says where it is. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = "Shows the live dashboards of some made-up clinics, or of yours, in a browser.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anything asks for them.
public final class Dashboard implements Callable<Integer> {

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Where it listens, on this machine alone: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--folder",
            defaultValue = "clinic-kpi-dashboard",
            description = "Where it keeps the embedded database, the users and the clinics' keys: ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(names = "--url", paramLabel = "JDBC", description = "A database instead, as jdbc:postgresql:…")
    private @Nullable String url;

    private Dashboard() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Dashboard()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = new ServerSettings(
                port,
                Clock.systemUTC(),
                new ClinicDirectory(Map.of(), List.of(), Map.of(), Map.of()),
                folder,
                url,
                null,
                null,
                null,
                false,
                null);
        DashboardServer server = DashboardServer.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("http://localhost:" + server.port() + "/");
        new CountDownLatch(1).await();
        return 0;
    }
}
