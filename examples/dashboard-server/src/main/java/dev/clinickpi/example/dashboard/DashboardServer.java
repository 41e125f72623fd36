package dev.clinickpi.example.dashboard;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.ClinicId;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import java.util.Map;
import java.util.OptionalDouble;

/** The server: a database, an engine over it, and the routes of the page. */
public final class DashboardServer implements AutoCloseable {

    private final Storage storage;
    private final Accounts accounts;
    private final LiveRoutes live;
    private final Javalin http;

    private DashboardServer(ServerSettings settings) {
        storage = Storage.open(settings);
        accounts = Accounts.in(settings.folder(), settings.directory(), settings.knownPasswords());
        Sessions sessions = new Sessions(SessionTable.in(storage.database()), accounts, settings.clock());
        ClinicRoutes clinics =
                new ClinicRoutes(storage.engine(), settings.directory(), sessions, settings.clock(), new Whole());
        live = new LiveRoutes(clinics, sessions);
        http = Javalin.create(config -> configure(config, settings, sessions, clinics));
    }

    private static final class Whole implements ClinicRoutes.Readiness {
        @Override
        public OptionalDouble share(ClinicId clinic) {
            return OptionalDouble.empty();
        }

        @Override
        public boolean isComplete() {
            return true;
        }
    }

    /** Starts a server, which answers when this returns. */
    public static DashboardServer start(ServerSettings settings) {
        DashboardServer server = new DashboardServer(settings);
        server.http.start();
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

    /** The engine, for hosts that hand it events themselves. */
    public KpiEngine engine() {
        return storage.engine();
    }

    /** Stops taking requests, waits for what is being recorded and lets go of the database. */
    @Override
    public void close() {
        live.close();
        http.stop();
        storage.close();
    }
}
