package dev.clinickpi.example.dashboard;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.example.dashboard.sample.SampleClinics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a dashboard server and says where it is. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = "Shows the live dashboards of some made-up clinics, or of yours, in a browser.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anything asks for them.
public final class Dashboard implements Callable<Integer> {

    @Spec
    private CommandSpec command;

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

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in to that database.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "WORD",
            defaultValue = "${env:CLINIC_KPI_PASSWORD}",
            description =
                    "The password; better in the environment variable CLINIC_KPI_PASSWORD, where others do not see it.")
    private @Nullable String password;

    @Option(
            names = "--clinics",
            paramLabel = "FILE",
            description = "Your clinics' reference data (clinics.json) instead of the made-up clinics.")
    private @Nullable Path clinics;

    @Option(
            names = "--events-per-second",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many live events are made up beside those of the story, about: ${DEFAULT-VALUE}.")
    private double eventsPerSecond;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "365",
            description = "How many days of history are made up at the most: ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--token",
            paramLabel = "WORD",
            defaultValue = "${env:CLINIC_KPI_EVENTS_TOKEN}",
            description =
                    "What hosts show to send events to /events; without it nobody may. Better in the environment variable CLINIC_KPI_EVENTS_TOKEN.")
    private @Nullable String token;

    @Option(
            names = "--tables",
            paramLabel = "JDBC",
            description = "The database of a host, whose tables are read as --mapping says.")
    private @Nullable String tables;

    @Option(
            names = "--tables-user",
            paramLabel = "NAME",
            description = "Who logs in there; the password is in the environment variable CLINIC_KPI_TABLES_PASSWORD.")
    private @Nullable String tablesUser;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "What the rows of the host's tables mean; see docs/import.md.")
    private @Nullable Path mapping;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How often the host's tables are read: ${DEFAULT-VALUE}.")
    private int everySeconds;

    @Option(names = "--demo", description = "Gives every user that is made the password \"demo\".")
    private boolean demo;

    private Dashboard() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) {
        // What the libraries say of themselves goes where the server's own words go, or nowhere.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.exit(new CommandLine(new Dashboard()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if ((tables == null) != (mapping == null)) {
            throw new CommandLine.ParameterException(
                    command.commandLine(),
                    "--tables and --mapping belong together: where the rows are, and what they mean");
        }
        DashboardServer server = DashboardServer.start(settings());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("The dashboards are on http://localhost:" + server.port() + "/");
        if (server.freshPasswords().isEmpty()) {
            System.out.println("Users and passwords are those of the first start; their hashes are in "
                    + folder.resolve("users.json"));
        } else {
            System.out.println("Sign in as one of these; the passwords are shown this once:");
            server.freshPasswords().forEach((name, word) -> System.out.printf("  %-10s %s%n", name, word));
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private ServerSettings settings() {
        Clock clock = Clock.systemUTC();
        ClinicDirectory directory = clinics == null
                ? SampleClinics.directory(
                        SampleClinics.began(folder, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)))
                : ClinicDirectory.read(clinics);
        ServerSettings.Sample sample = clinics == null ? new ServerSettings.Sample(days, eventsPerSecond) : null;
        return new ServerSettings(port, clock, directory, folder, url, user, password, token, demo, sample, tables());
    }

    private ServerSettings.@Nullable Tables tables() {
        return tables == null || mapping == null
                ? null
                : new ServerSettings.Tables(
                        tables, tablesUser, System.getenv("CLINIC_KPI_TABLES_PASSWORD"), mapping, everySeconds);
    }
}
