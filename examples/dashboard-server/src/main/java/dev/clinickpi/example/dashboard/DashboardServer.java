package dev.clinickpi.example.dashboard;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;

/** The server: a database, an engine over it, and the routes of the page. */
public final class DashboardServer implements AutoCloseable {

    private final Javalin http;

    private DashboardServer(Javalin http) {
        this.http = http;
    }

    /** Starts a server, which answers when this returns. */
    public static DashboardServer start(ServerSettings settings) {
        Javalin http = Javalin.create(config -> configure(config, settings));
        http.start();
        return new DashboardServer(http);
    }

    private static void configure(JavalinConfig config, ServerSettings settings) {
        config.startup.showJavalinBanner = false;
        config.http.compressionStrategy = CompressionStrategy.GZIP;
        config.jetty.host = "localhost";
        config.jetty.port = settings.port();
        WebFiles files = new WebFiles();
        config.routes.before(SecurityHeaders::set);
        config.routes.get("/*", files::serve);
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** Stops taking requests and lets go of the database. */
    @Override
    public void close() {
        http.stop();
    }
}
