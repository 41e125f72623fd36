package dev.clinickpi.example.dashboard;

import dev.clinickpi.example.dashboard.ClinicRoutes.Asked;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseHandler;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open dashboards: each is a stream of server-sent events that the library tells of live figures. */
final class LiveRoutes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private static final int TICK_SECONDS = 15;

    private final ClinicRoutes clinics;
    private final Sessions sessions;
    private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

    /** A browser that reads slowly holds up its own thread, and nobody else's figures. */
    private final ExecutorService writers = Executors.newCachedThreadPool(task -> daemon(task, "dashboard-stream"));

    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "dashboard-ticks"));

    LiveRoutes(ClinicRoutes clinics, Sessions sessions) {
        this.clinics = clinics;
        this.sessions = sessions;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/clinics/{clinic}/live", this::open);
        every(TICK_SECONDS, LiveStream::tick);
        every(1, LiveStream::endIfDue);
    }

    private void every(int seconds, Consumer<LiveStream> task) {
        Future<?> unused = ticker.scheduleAtFixedRate(
                () -> streams.forEach(stream -> attempt(stream, task)), seconds, seconds, TimeUnit.SECONDS);
    }

    /** A task that failed would not come again, for nobody. */
    private static void attempt(LiveStream stream, Consumer<LiveStream> task) {
        try {
            task.accept(stream);
        } catch (RuntimeException e) {
            LOG.warn("A stream could not be looked after", e);
            stream.end();
        }
    }

    /** What stands in the way of it is told as an ordinary answer: a stream that has begun cannot be refused any more. */
    private void open(Context request) throws Exception {
        Asked asked = clinics.asked(request);
        Session session = Objects.requireNonNull(request.<Session>attribute(Sessions.SESSION), "session");
        new SseHandler(client -> {
                    LiveStream stream = new LiveStream(client, asked, () -> sessions.holds(session), writers);
                    client.keepAlive();
                    client.onClose(() -> {
                        streams.remove(stream);
                        stream.cancel();
                    });
                    streams.add(stream);
                    stream.begin();
                })
                .handle(request);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        streams.forEach(LiveStream::end);
        writers.shutdown();
    }
}
