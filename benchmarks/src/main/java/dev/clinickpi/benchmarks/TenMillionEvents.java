package dev.clinickpi.benchmarks;

import dev.clinickpi.EngineHealth;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.RecordResult;
import dev.clinickpi.benchmarks.log.LogShape;
import dev.clinickpi.benchmarks.log.LogTally;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.jdbc.ClinicKpiSchema;
import dev.clinickpi.jdbc.JdbcEventLog;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Plays a made-up log through an engine whose event log is on disk, and holds its figures against what the generator counted. Then a late event
 * changes a conversation of the first day.
 *
 * <pre>{@code
 * java -Xmx512m -cp target/benchmarks.jar dev.clinickpi.benchmarks.TenMillionEvents 10000000
 * }</pre>
 *
 * <p>The arguments are the number of events (ten million), of clinics (1000) and of days (90), and {@code memory} for an event log in memory.
 */
public final class TenMillionEvents {

    private static final long SEED = 20_260_302;
    private static final int REPORT_EVERY = 10;
    private static final int CACHE_KILOBYTES = 16_384;

    /** Few, so that most of what settles is let go and what comes late is read from the log. */
    private static final int SETTLED_IN_MEMORY = 50_000;

    private final MadeLog log;
    private final MovingClock clock;
    private final KpiEngine engine;
    private final PrintStream out;
    private final long started = System.nanoTime();
    private long accepted;
    private long duplicates;
    private long others;
    private int day;
    private long peakHeap;
    private final LateEvent late = new LateEvent();

    private TenMillionEvents(MadeLog log, EventLog events, PrintStream out) {
        this.log = log;
        this.out = out;
        this.clock = new MovingClock(log.from());
        this.engine = KpiEngine.builder()
                .directory(log.directory())
                .events(events)
                .privacy(Engines.ofEachRequest(StandardPrivacy.with(KeyProvider.inMemory())))
                .audit(record -> {})
                .clock(clock)
                .settledInMemory(SETTLED_IN_MEMORY)
                .build();
    }

    /** Plays the log; ends with 1 where a figure is not what it must be. */
    public static void main(String[] arguments) throws IOException {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
        int clinics = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int days = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 90;
        MadeLog log = MadeLog.of(LogShape.ofEvents(events, clinics, days, SEED));
        boolean holds;
        if (arguments.length > 3 && arguments[3].equals("memory")) {
            holds = run(log, EventLog.inMemory(), System.out);
        } else {
            holds = runOnDisk(log, Files.createTempDirectory("clinic-kpi"), System.out);
        }
        System.exit(holds ? 0 : 1);
    }

    /** With a database in a folder, which is left empty. */
    static boolean runOnDisk(MadeLog log, Path folder, PrintStream out) throws IOException {
        Path database = folder.resolve("log");
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:" + database + ";WRITE_DELAY=0;CACHE_SIZE=" + CACHE_KILOBYTES, "sa", "");
        Path file = folder.resolve("log.mv.db");
        try {
            ClinicKpiSchema.standard().migrate(pool);
            boolean holds = run(log, JdbcEventLog.open(pool), out);
            out.printf(Locale.ROOT, "%,d MB on disk%n", Files.size(file) >> 20);
            return holds;
        } finally {
            pool.dispose();
            Files.deleteIfExists(file);
        }
    }

    /** Whether every figure is what it must be. */
    static boolean run(MadeLog log, EventLog events, PrintStream out) {
        return new TenMillionEvents(log, events, out).run();
    }

    private boolean run() {
        LogTally tally = log.play(MadeLog.Order.SHUFFLED_WITHIN_A_DAY, this::record);
        clock.moveTo(log.end().plus(Duration.ofDays(60)));
        out.printf(
                Locale.ROOT,
                "%,d accepted, %,d duplicates, %,d others; %,d a second in all, the making of the events included; at most %,d MB of heap in use%n",
                accepted,
                duplicates,
                others,
                rate(),
                peakHeap >> 20);
        boolean complete = accepted == tally.distinct() && duplicates == tally.duplicates() && others == 0;
        if (!complete) {
            out.printf(
                    Locale.ROOT,
                    "WRONG: %,d events and %,d duplicates were made%n",
                    tally.distinct(),
                    tally.duplicates());
        }
        FigureCheck check = new FigureCheck(engine, log, out);
        boolean figures = check.holdsFor(tally);
        return complete && figures && check.holdsAfter(late, tally);
    }

    /** A day's events, a batch for each clinic, as hosts that collect for a while would send them. */
    private void record(List<KpiEvent> events) {
        clock.moveTo(log.from().plus(Duration.ofDays(++day)));
        Map<ClinicId, List<KpiEvent>> byClinic = new LinkedHashMap<>();
        for (KpiEvent event : events) {
            byClinic.computeIfAbsent(event.clinicId(), clinic -> new ArrayList<>())
                    .add(event);
            late.notice(event, day);
        }
        for (List<KpiEvent> batch : byClinic.values()) {
            count(engine.record(batch));
        }
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        peakHeap = Math.max(peakHeap, heap);
        if (day % REPORT_EVERY == 0) {
            EngineHealth health = engine.health();
            out.printf(
                    Locale.ROOT,
                    "day %d: %,d events, %,d a second, %,d MB; %,d entities and %,d cells in about %,d MB%n",
                    day,
                    accepted,
                    rate(),
                    heap >> 20,
                    health.entities(),
                    health.cells(),
                    health.bytes() >> 20);
        }
    }

    private void count(RecordResult result) {
        accepted += result.accepted();
        duplicates += result.duplicates();
        others += result.conflicts() + result.rejected();
    }

    private long rate() {
        return (accepted + duplicates) * 1_000_000_000L / (System.nanoTime() - started);
    }
}
