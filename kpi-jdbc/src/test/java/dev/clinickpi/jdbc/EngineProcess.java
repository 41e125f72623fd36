package dev.clinickpi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link IngestingProcess} that runs. */
final class EngineProcess implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private final AtomicInteger place;
    private final CompletableFuture<Void> reading;

    private EngineProcess(Process process, Path errors, int from) {
        this.process = process;
        this.errors = errors;
        this.place = new AtomicInteger(from);
        this.reading = CompletableFuture.runAsync(this::follow);
    }

    /** Takes deliveries of a seed and number in from a place on, and stops behind another one. */
    static EngineProcess start(TestDatabase database, long seed, int events, int from, int last, Path errors)
            throws IOException {
        boolean isH2 = database.kind() == DatabaseKind.H2;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        IngestingProcess.class.getName(),
                        isH2 ? database.url() : PostgresServer.url(database.name()),
                        isH2 ? "sa" : PostgresServer.OWNER,
                        isH2 ? "" : PostgresServer.PASSWORD,
                        Long.toString(seed),
                        Integer.toString(events),
                        Integer.toString(from),
                        Integer.toString(last))
                .redirectError(errors.toFile())
                .start();
        return new EngineProcess(process, errors, from);
    }

    private void follow() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            while (line != null) {
                if (!line.isEmpty() && line.chars().allMatch(Character::isDigit)) {
                    place.set(Integer.parseInt(line));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The pipe of a killed process may break.
        }
    }

    /** Waits until it has told of a place, for as long as it gets on. */
    void awaitPlace(int wanted) throws InterruptedException {
        int last = -1;
        long patience = 0;
        while (place.get() < wanted && process.isAlive() && (place.get() != last || System.nanoTime() < patience)) {
            patience = place.get() == last ? patience : System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            last = place.get();
            Thread.sleep(2);
        }
        assertThat(process.isAlive()).as(this::errors).isTrue();
        assertThat(place).as(this::errors).hasValueGreaterThanOrEqualTo(wanted);
    }

    /** Stops it where it is, as a long pause would. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** Lets it go on. */
    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Kills it without a warning; gives the last place that it told of. */
    int kill() throws Exception {
        process.destroyForcibly().waitFor();
        reading.get(1, TimeUnit.MINUTES);
        return place.get();
    }

    /** What it complained of. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
