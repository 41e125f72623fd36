package dev.clinickpi.benchmarks;

import dev.clinickpi.example.dashboard.Dashboard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Open dashboards, arriving events and questions at once, against a dashboard server in a process of its own on this machine. Times are counted from when a
 * question was due, so that one that waits for another is not left out.
 *
 * <pre>java -cp benchmarks.jar dev.clinickpi.benchmarks.DashboardLoad [dashboards=200] [eventsPerSecond=2000] [seconds=60] [days=90]</pre>
 */
public final class DashboardLoad {

    private static final String TOKEN = "load";

    private static final List<String> CLINICS = List.of("sol", "luz", "norte", "harbour");

    private static final int QUESTIONS_PER_SECOND = 20;

    private static final int POSTS_PER_SECOND = 10;

    /** A server that has just begun compiles itself. */
    private static final int LONGEST_WARM_UP_SECONDS = 30;

    private final int dashboards;
    private final int eventsPerSecond;
    private final int seconds;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Histogram questionMicros = new ConcurrentHistogram(3);
    private final Histogram postMicros = new ConcurrentHistogram(3);
    private final AtomicLong toldReports = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private long conversation;

    private DashboardLoad(int dashboards, int eventsPerSecond, int seconds, String base) {
        this.dashboards = dashboards;
        this.eventsPerSecond = eventsPerSecond;
        this.seconds = seconds;
        this.base = base;
    }

    /** Prints what came of it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("dashboard-load");
        run(
                number(arguments, 0, 200),
                number(arguments, 1, 2_000),
                number(arguments, 2, 60),
                number(arguments, 3, 90),
                folder);
    }

    private static int number(String[] arguments, int place, int unlessGiven) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : unlessGiven;
    }

    /**
     * Puts a server under load and prints what came of it.
     *
     * @param days of history, that the server makes up in the folder
     * @return how many requests failed
     */
    static long run(int dashboards, int eventsPerSecond, int seconds, int days, Path folder)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process server = start(folder, days);
        try {
            String base = address(server);
            System.out.printf("server answers after %,d ms%n", millisSince(begun));
            DashboardLoad load = new DashboardLoad(dashboards, eventsPerSecond, seconds, base);
            List<String> cookies = load.signIn();
            System.out.printf("history of %d days is told after %,d ms%n", days, millisSince(begun));
            load.run(cookies, server.toHandle());
            return load.failures.get();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static Process start(Path folder, int days) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Dashboard.class.getName(),
                "--port=0",
                "--demo",
                "--events-per-second=0",
                "--days=" + days,
                "--folder=" + folder);
        command.environment().put("CLINIC_KPI_EVENTS_TOKEN", TOKEN);
        return command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static String address(Process server) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            int at = line.indexOf("http://");
            if (at >= 0) {
                return line.substring(at, line.length() - 1);
            }
        }
        throw new IOException("The server did not start");
    }

    /** A session for each clinic, when its history is whole. */
    private List<String> signIn() throws IOException, InterruptedException {
        List<String> cookies = new ArrayList<>();
        for (String clinic : CLINICS) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(base + "/api/session"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"user\":\"" + clinic + "\",\"password\":\"demo\"}"))
                            .build(),
                    BodyHandlers.ofString());
            cookies.add(answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0]);
        }
        for (int i = 0; i < CLINICS.size(); i++) {
            while (http.send(cards(i, cookies, 30), BodyHandlers.discarding()).statusCode() == 503) {
                Thread.sleep(200);
            }
        }
        return cookies;
    }

    private HttpRequest cards(int clinic, List<String> cookies, int days) {
        return request(clinic, cookies, "/cards?days=" + days).build();
    }

    private HttpRequest.Builder request(int clinic, List<String> cookies, String what) {
        return HttpRequest.newBuilder(URI.create(base + "/api/clinics/" + CLINICS.get(clinic) + what))
                .header("Cookie", cookies.get(clinic));
    }

    private void run(List<String> cookies, ProcessHandle server) throws InterruptedException {
        List<CompletableFuture<HttpResponse<Void>>> streams = new ArrayList<>();
        for (int i = 0; i < dashboards; i++) {
            streams.add(http.sendAsync(
                    request(i % CLINICS.size(), cookies, "/live?days=" + (i % 2 == 0 ? 30 : 7))
                            .header("Accept", "text/event-stream")
                            .build(),
                    BodyHandlers.fromLineSubscriber(new Lines(toldReports))));
        }
        ScheduledExecutorService pace = Executors.newScheduledThreadPool(2);
        Future<?> questions = pace.scheduleAtFixedRate(
                () -> ask(cookies), 0, 1_000_000 / QUESTIONS_PER_SECOND, TimeUnit.MICROSECONDS);
        Future<?> posts = pace.scheduleAtFixedRate(this::post, 0, 1_000 / POSTS_PER_SECOND, TimeUnit.MILLISECONDS);
        Thread.sleep(1_000L * Math.min(seconds / 2, LONGEST_WARM_UP_SECONDS));
        questionMicros.reset();
        postMicros.reset();
        toldReports.set(0);
        accepted.set(0);
        Duration before = processorTime(server);
        Thread.sleep(1_000L * seconds);
        Duration used = processorTime(server).minus(before);
        long told = toldReports.get();
        questions.cancel(false);
        posts.cancel(false);
        pace.shutdown();
        pace.awaitTermination(30, TimeUnit.SECONDS);
        Thread.sleep(2_000);
        long open = streams.stream().filter(stream -> !stream.isDone()).count();
        System.out.printf(
                "%d dashboards open of %d, told %,d times a second; %,d events a second taken in, %d requests failed%n",
                open, dashboards, told / seconds, accepted.get() / seconds, failures.get());
        System.out.printf("the server took %.2f processors%n", used.toMillis() / 1e3 / seconds);
        print("cards", questionMicros);
        print("POST /events of " + eventsPerSecond / POSTS_PER_SECOND, postMicros);
    }

    /** What others on the machine take does not count into it. */
    private static Duration processorTime(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void print(String what, Histogram micros) {
        System.out.printf(
                "%-22s n %,6d  p50 %7.1f ms  p99 %7.1f ms  max %7.1f ms%n",
                what,
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3);
    }

    private void ask(List<String> cookies) {
        long due = System.nanoTime();
        long turn = questionMicros.getTotalCount();
        HttpRequest question = cards((int) (turn % CLINICS.size()), cookies, turn % 3 == 0 ? 90 : 30);
        measure(http.sendAsync(question, BodyHandlers.discarding()), due, questionMicros);
    }

    private void post() {
        long due = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/events?source=load"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofString(events(eventsPerSecond / POSTS_PER_SECOND)))
                .build();
        measure(http.sendAsync(request, BodyHandlers.discarding()), due, postMicros);
        accepted.addAndGet(eventsPerSecond / POSTS_PER_SECOND);
    }

    private <T> void measure(CompletableFuture<HttpResponse<T>> answer, long due, Histogram micros) {
        CompletableFuture<Void> unused = answer.handle((response, problem) -> {
            if (problem != null || response.statusCode() != 200) {
                failures.incrementAndGet();
            }
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
            return null;
        });
    }

    /** Patients write and are answered, at the four clinics in turn. */
    private synchronized String events(int count) {
        StringBuilder lines = new StringBuilder(count * 160);
        Instant now = Instant.now().minusMillis(1_500);
        for (int i = 0; i < count / 2; i++) {
            long id = conversation++;
            String clinic = CLINICS.get((int) (id % CLINICS.size()));
            line(lines, id, clinic, now, "patient");
            line(lines, id, clinic, now.plusMillis(700), "bot");
        }
        return lines.toString();
    }

    private static void line(StringBuilder lines, long id, String clinic, Instant at, String from) {
        lines.append("{\"id\":\"load-").append(id).append('-').append(from);
        lines.append("\",\"clinicId\":\"").append(clinic).append("\",\"at\":\"").append(at);
        lines.append("\",\"type\":\"message\",\"conversationId\":\"load-").append(id / 8);
        lines.append("-").append(clinic).append("\",\"patientId\":\"load-").append(id / 8 % 5_000);
        lines.append("\",\"from\":\"").append(from).append("\"}\n");
    }

    /** Counts what a stream is told. */
    private record Lines(AtomicLong told) implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.equals("event: cards")) {
                told.incrementAndGet();
            }
        }

        @Override
        public void onError(Throwable problem) {}

        @Override
        public void onComplete() {}
    }
}
