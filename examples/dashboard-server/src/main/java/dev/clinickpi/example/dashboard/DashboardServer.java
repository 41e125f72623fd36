package dev.clinickpi.example.dashboard;

import com.zaxxer.hikari.HikariDataSource;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.example.dashboard.sample.SampleClinics;
import dev.clinickpi.example.dashboard.sample.Simulator;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The server: a database, an engine over it, and the routes of the page. */
public final class DashboardServer implements AutoCloseable {

    private final Storage storage;
    private final @Nullable Simulator simulator;
    private final @Nullable HikariDataSource hostDatabase;
    private final @Nullable HostTables tables;
    private final Accounts accounts;
    private final LiveRoutes live;
    private final Javalin http;

    private DashboardServer(ServerSettings settings) {
        storage = Storage.open(settings);
        accounts = Accounts.in(settings.folder(), settings.directory(), settings.knownPasswords());
        simulator = simulator(settings, storage);
        ServerSettings.Tables read = settings.tables();
        hostDatabase = read == null ? null : Storage.pool(read.url(), read.user(), read.password(), 1);
        tables = read == null || hostDatabase == null
                ? null
                : new HostTables(storage.engine(), hostDatabase, read.mapping(), settings.folder(), settings.clock());
        Sessions sessions = new Sessions(SessionTable.in(storage.database()), accounts, settings.clock());
        ClinicRoutes clinics = new ClinicRoutes(
                storage.engine(), settings.directory(), sessions, settings.clock(), readiness(simulator));
        live = new LiveRoutes(clinics, sessions);
        http = Javalin.create(config -> configure(config, settings, sessions, clinics));
    }

    /** How far the made-up history is; whole where nothing is made up. */
    private static ClinicRoutes.Readiness readiness(@Nullable Simulator simulator) {
        return new ClinicRoutes.Readiness() {
            @Override
            public OptionalDouble share(ClinicId clinic) {
                return simulator == null ? OptionalDouble.empty() : simulator.share(clinic);
            }

            @Override
            public boolean isComplete() {
                return simulator == null || simulator.isComplete();
            }
        };
    }

    private static @Nullable Simulator simulator(ServerSettings settings, Storage storage) {
        ServerSettings.Sample sample = settings.sample();
        if (sample == null) {
            return null;
        }
        LocalDate today = LocalDate.ofInstant(settings.clock().instant(), ZoneOffset.UTC);
        return new Simulator(
                storage.engine(),
                settings.directory(),
                SampleClinics.began(settings.folder(), today),
                sample.days(),
                sample.eventsPerSecond(),
                settings.clock(),
                storage.database());
    }

    /** Starts a server, which answers when this returns. */
    public static DashboardServer start(ServerSettings settings) {
        DashboardServer server = new DashboardServer(settings);
        server.http.start();
        if (server.simulator != null) {
            server.simulator.start();
        }
        if (server.tables != null && settings.tables() != null) {
            server.tables.start(settings.tables().everySeconds());
        }
        return server;
    }

    private void configure(JavalinConfig config, ServerSettings settings, Sessions sessions, ClinicRoutes clinics) {
        config.startup.showJavalinBanner = false;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.jetty.host = "localhost";
        config.jetty.port = settings.port();
        config.routes.before(SecurityHeaders::set);
        Failures.handle(config.routes);
        new SessionRoutes(storage.engine(), settings.directory(), accounts, sessions, settings.clock())
                .add(config.routes);
        clinics.add(config.routes);
        new AuditRoutes(storage.engine(), sessions).add(config.routes);
        live.add(config.routes);
        new EventRoutes(storage.engine(), settings.eventsToken()).add(config.routes);
        config.routes.get("/*", new WebFiles()::serve);
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** The passwords of the users that this start made, by user; empty where all were there. */
    public Map<String, String> freshPasswords() {
        return accounts.fresh();
    }

    /** Whether the made-up history is told to its end; true where none is. */
    public boolean isHistoryTold() {
        return simulator == null || simulator.isComplete();
    }

    /** The engine, for hosts that hand it events themselves. */
    public KpiEngine engine() {
        return storage.engine();
    }

    /** Stops taking requests, waits for what is being recorded and lets go of the database. */
    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
        if (tables != null && hostDatabase != null) {
            tables.close();
            hostDatabase.close();
        }
        live.close();
        http.stop();
        storage.close();
    }
}
