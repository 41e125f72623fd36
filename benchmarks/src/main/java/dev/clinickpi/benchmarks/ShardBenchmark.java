package dev.clinickpi.benchmarks;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An engine with a log in memory, by events per second: one writer for all clinics against two with half of them each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(Workload.EVENTS)
public class ShardBenchmark {

    /** How many threads write. */
    @Param({"1", "2"})
    int writers;

    /** Whether ids are keyed. */
    @Param({"false", "true"})
    boolean keyed;

    private Workload workload;
    private Privacy privacy;
    private final List<List<KpiEvent>> shares = new ArrayList<>();
    private ExecutorService threads;

    /** Gives each writer clinics of its own. */
    @Setup
    public void prepare() {
        workload = Workload.of(MadeLog.Order.SHUFFLED_WITHIN_A_DAY);
        StandardPrivacy standard = StandardPrivacy.with(KeyProvider.inMemory());
        privacy = keyed ? standard : new Engines.OtherGate(new UnkeyedGate(), standard.publication());
        Map<ClinicId, Integer> writerOf = new LinkedHashMap<>();
        for (int i = 0; i < writers; i++) {
            shares.add(new ArrayList<>());
        }
        for (KpiEvent event : workload.events()) {
            int writer = writerOf.computeIfAbsent(event.clinicId(), clinic -> writerOf.size() % writers);
            shares.get(writer).add(event);
        }
        threads = Executors.newFixedThreadPool(writers);
    }

    /** Ends the writers. */
    @TearDown
    public void close() {
        threads.shutdown();
    }

    /** All events, to the last writer's end. */
    @Benchmark
    public KpiEngine record() throws Exception {
        KpiEngine engine = Engines.of(workload.directory(), workload.now(), EventLog.inMemory(), privacy);
        List<Callable<Object>> writes = new ArrayList<>();
        for (List<KpiEvent> share : shares) {
            writes.add(() -> engine.record(share));
        }
        for (Future<Object> write : threads.invokeAll(writes)) {
            write.get();
        }
        return engine;
    }
}
