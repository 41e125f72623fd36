package dev.clinickpi.benchmarks;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.EngineHealth;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.KpiReport;
import dev.clinickpi.access.Principal;
import dev.clinickpi.benchmarks.log.LogShape;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Period;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How soon an engine answers that starts with a log behind it of which the cells are kept: until it is built, until the first dashboard has a report of 90
 * days, and until every clinic's has, asked by as many threads as there are processors.
 *
 * <pre>{@code
 * java -Xmx2g -cp target/benchmarks.jar dev.clinickpi.benchmarks.StartUp 'jdbc:postgresql://localhost/bench?user=bench&password=bench' 2000000 200 90
 * java -Xmx2g -cp target/benchmarks.jar dev.clinickpi.benchmarks.StartUp 'jdbc:h2:build/bench;WRITE_DELAY=0' 200000 20 90
 * }</pre>
 *
 * <p>The arguments are the database, the number of events, of clinics and of days. The first run with them fills a schema of their own, which takes its time, and
 * says how long it took to record them. Each run after it measures a start in a process that has done nothing before.
 */
public final class StartUp {

    private static final long SEED = 20_260_302;
    private static final int DAYS_OF_REPORT = 90;

    private final PrintStream out;
    private final KpiEngine engine;
    private final LoadedCells loaded;
    private final List<ClinicId> clinics;
    private final long started = System.nanoTime();
    private final long startedProcessor = processorNanos();

    private StartUp(MadeDatabase database, PrintStream out) {
        this.out = out;
        this.clinics = database.clinics();
        this.loaded = new LoadedCells(database.cells());
        this.engine = database.engine(database.afterwards()).cells(loaded).build();
    }

    /** Fills the database if it is empty, and otherwise measures a start. */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("Give the URL of a database, and how many events, clinics and days");
        }
        try (MadeDatabase database = database(arguments)) {
            if (database.isEmpty()) {
                fill(database, System.out);
            } else {
                measure(database, System.out);
            }
        }
    }

    /** The database of the arguments. */
    static MadeDatabase database(String... arguments) {
        long events = Long.parseLong(arguments[1]);
        int clinics = Integer.parseInt(arguments[2]);
        int days = Integer.parseInt(arguments[3]);
        return new MadeDatabase(
                arguments[0],
                "made_" + events + "_" + clinics + "_" + days,
                MadeLog.of(LogShape.ofEvents(events, clinics, days, SEED)));
    }

    static void fill(MadeDatabase database, PrintStream out) {
        MadeDatabase.Filled filled = database.fill(true);
        out.printf(Locale.ROOT, "%,d events recorded, %,.0f a second%n", filled.events(), filled.perSecond());
    }

    static void measure(MadeDatabase database, PrintStream out) {
        StartUp start = new StartUp(database, out);
        try {
            start.measure();
        } finally {
            start.engine.close();
        }
    }

    private void measure() {
        out.printf("| after | ms | of a processor | clinics loaded | entities | kB |%n|---|--:|--:|--:|--:|--:|%n");
        print("the engine is built");
        ask(clinics.get(0));
        print("the first dashboard has its report");
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService askers = Executors.newFixedThreadPool(processors);
        try {
            List<Future<?>> questions = clinics.stream()
                    .<Future<?>>map(clinic -> askers.submit(() -> ask(clinic)))
                    .toList();
            for (Future<?> question : questions) {
                question.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            askers.shutdownNow();
        }
        print("every dashboard has its report");
        EngineHealth health = engine.health();
        out.printf(
                Locale.ROOT,
                "%,d clinics; %,d entities and %,d cells in about %,d MB of memory; the store took %,d ms in all%n",
                clinics.size(),
                health.entities(),
                health.cells(),
                health.bytes() >> 20,
                loaded.nanos() / 1_000_000);
    }

    private void ask(ClinicId clinic) {
        ClinicDashboard dashboard = engine.open(Principal.clinicAdmin("start", clinic), clinic);
        KpiReport report = dashboard.report(Period.lastDays(DAYS_OF_REPORT, dashboard.today()));
        if (report.results().isEmpty()) {
            throw new IllegalStateException("A report without KPIs");
        }
    }

    private void print(String after) {
        long millis = (System.nanoTime() - started) / 1_000_000;
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %,d | %,d | %,d |%n",
                after,
                millis,
                (processorNanos() - startedProcessor) / 1_000_000,
                loaded.clinics(),
                loaded.entities(),
                loaded.bytes() >> 10);
    }

    /** What this process has used of its processors, which other processes disturb less than the time that passes. */
    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
