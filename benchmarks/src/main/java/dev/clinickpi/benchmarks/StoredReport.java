package dev.clinickpi.benchmarks;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.Principal;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.Lease;
import dev.clinickpi.time.Period;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How long a report of all KPIs over 90 days takes that an engine gives from the store alone: the first of a clinic, one where nothing has changed since the one
 * before, and one where the last days have. One asker, clinic after clinic, the kinds in turn.
 *
 * <pre>{@code
 * java -Xmx2g -cp target/benchmarks.jar dev.clinickpi.benchmarks.StoredReport 'jdbc:postgresql://localhost/bench?user=bench&password=bench' 2000000 200 90
 * }</pre>
 *
 * <p>The arguments are those of {@link StartUp}, which fills the database.
 */
public final class StoredReport {

    private static final int DAYS_OF_REPORT = 90;
    private static final int DAYS_CHANGED = 3;

    /** As many as an engine has unless its builder says otherwise: who saves must know whose shard a clinic is. */
    private static final int SHARDS = 8;

    /** Until then the virtual machine compiles. */
    private static final int WARM_UP = 300;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final MadeDatabase database;
    private final CellStore store;
    private final Clock clock;
    private final List<Lease> leases = new ArrayList<>();
    private final Map<ClinicId, Checkpoint> lastDays = new HashMap<>();
    private final Samples first = new Samples();
    private final Samples unchanged = new Samples();
    private final Samples changed = new Samples();

    private StoredReport(MadeDatabase database) {
        this.database = database;
        this.store = database.cells();
        this.clock = database.afterwards();
    }

    /** Measures and prints a table. */
    public static void main(String[] arguments) {
        try (MadeDatabase database = StartUp.database(arguments)) {
            measure(database, 2 * WARM_UP, System.out);
        }
    }

    /** @param questions how many are measured of each kind, or some more */
    static void measure(MadeDatabase database, int questions, PrintStream out) {
        StoredReport report = new StoredReport(database);
        report.hold();
        try {
            report.rounds(Math.min(questions, WARM_UP));
            report.forget();
            report.rounds(questions);
            report.print(out);
        } finally {
            report.leases.forEach(report.store::release);
        }
    }

    /** Takes the place of the engine that writes, for what changes. */
    private void hold() {
        for (int shard = 0; shard < SHARDS; shard++) {
            leases.add(Objects.requireNonNull(
                    store.lease(shard, SHARDS, "stored report", Duration.ofHours(1)), "Another engine writes"));
        }
        for (ClinicId clinic : database.clinics()) {
            Checkpoint kept = Objects.requireNonNull(store.load(clinic), "Nothing is kept");
            lastDays.put(clinic, lastDays(kept));
        }
    }

    /** As if something had been recorded for each of the last days: the rows are written anew, and a reader cannot tell that they are the same. */
    private static Checkpoint lastDays(Checkpoint kept) {
        Map<Long, byte[]> days = new HashMap<>();
        kept.days().keySet().stream()
                .sorted(Comparator.reverseOrder())
                .limit(DAYS_CHANGED)
                .forEach(day -> days.put(day, Objects.requireNonNull(kept.days().get(day))));
        return new Checkpoint(
                kept.clinic(),
                kept.fingerprint(),
                kept.position(),
                kept.asOf(),
                kept.newest(),
                kept.wakeAt(),
                false,
                days,
                List.of(),
                kept.ahead());
    }

    /** An engine of its own for each round, whose first question of a clinic reads all of it. */
    private void rounds(int questions) {
        while (changed.size() < questions) {
            try (KpiEngine reader =
                    database.engine(clock).cells(database.cells()).queriesOnly().build()) {
                for (ClinicId clinic : database.clinics()) {
                    ask(reader, clinic, first);
                    ask(reader, clinic, unchanged);
                    change(clinic);
                    ask(reader, clinic, changed);
                }
            }
        }
    }

    private void change(ClinicId clinic) {
        Checkpoint change = Objects.requireNonNull(lastDays.get(clinic));
        store.save(
                leases.get(Math.floorMod(clinic.value().hashCode(), SHARDS)),
                database.log().end(),
                List.of(change));
    }

    private static void ask(KpiEngine reader, ClinicId clinic, Samples samples) {
        long startOnProcessor = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        ClinicDashboard dashboard = reader.open(Principal.clinicAdmin("report", clinic), clinic);
        dashboard.report(Period.lastDays(DAYS_OF_REPORT, dashboard.today()));
        samples.add(System.nanoTime() - start, THREADS.getCurrentThreadCpuTime() - startOnProcessor);
    }

    private void forget() {
        Stream.of(first, unchanged, changed).forEach(Samples::clear);
    }

    private void print(PrintStream out) {
        out.printf(
                "| report from the store | median, ms | p99, ms | median of the asker's processor time, ms | questions |%n|---|--:|--:|--:|--:|%n");
        print("the first of a clinic", first, out);
        print("nothing has changed", unchanged, out);
        print(DAYS_CHANGED + " days have changed", changed, out);
    }

    private static void print(String what, Samples samples, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %,d |%n",
                what,
                percentile(samples.nanos, 50) / 1e6,
                percentile(samples.nanos, 99) / 1e6,
                percentile(samples.processorNanos, 50) / 1e6,
                samples.size());
    }

    /** The least that so many percent are no longer than. */
    private static long percentile(List<Long> nanos, int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    /** Durations, and what the asking thread had of a processor meanwhile, which a busy machine does not lengthen much and a database is no part of. */
    private static final class Samples {

        private final List<Long> nanos = new ArrayList<>();
        private final List<Long> processorNanos = new ArrayList<>();

        void add(long duration, long onProcessor) {
            nanos.add(duration);
            processorNanos.add(onProcessor);
        }

        void clear() {
            nanos.clear();
            processorNanos.clear();
        }

        int size() {
            return nanos.size();
        }
    }
}
