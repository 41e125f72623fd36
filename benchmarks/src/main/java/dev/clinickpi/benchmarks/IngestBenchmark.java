package dev.clinickpi.benchmarks;

import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.infra.Blackhole;

/** Objects in, by events per second: behind the gate, through it, and with a log in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(Workload.EVENTS)
public class IngestBenchmark {

    private static final int BATCH = 1_000;

    /** A day of disorder, or none. */
    @Param({"SHUFFLED_WITHIN_A_DAY", "BY_TIME"})
    MadeLog.Order order;

    private Workload workload;
    private List<Fact> facts;
    private PrivacyGate gate;

    /** Makes the log. */
    @Setup
    public void prepare() {
        workload = Workload.of(order);
        gate = StandardPrivacy.with(KeyProvider.inMemory()).gate();
        facts = workload.admitted(gate);
    }

    /** Facts into folds and cells. */
    @Benchmark
    public FoldedClinics behindTheGate() {
        FoldedClinics folds = workload.folds();
        for (Fact fact : facts) {
            folds.accept(fact);
        }
        return folds;
    }

    /** Facts into a log in memory, and those that are new into folds and cells. */
    @Benchmark
    public FoldedClinics behindTheGateWithLog() {
        FoldedClinics folds = workload.folds();
        EventLog log = EventLog.inMemory();
        Map<Object, List<Fact>> waiting = new HashMap<>();
        for (Fact fact : facts) {
            List<Fact> batch = waiting.computeIfAbsent(fact.clinic(), clinic -> new ArrayList<>());
            batch.add(fact);
            if (batch.size() == BATCH) {
                store(log, batch, folds);
            }
        }
        waiting.values().forEach(batch -> store(log, batch, folds));
        return folds;
    }

    private static void store(EventLog log, List<Fact> batch, FoldedClinics folds) {
        List<EventLog.Outcome> outcomes = log.append(batch).outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) == EventLog.Outcome.ACCEPTED) {
                folds.accept(batch.get(i));
            }
        }
        batch.clear();
    }

    /** Events through the gate into folds and cells. */
    @Benchmark
    public FoldedClinics throughTheGate() {
        FoldedClinics folds = workload.folds();
        for (KpiEvent event : workload.events()) {
            folds.accept(gate.admit(event, workload.clinicOf(event)));
        }
        return folds;
    }

    /** The gate alone. */
    @Benchmark
    public void gateAlone(Blackhole sink) {
        for (KpiEvent event : workload.events()) {
            sink.consume(gate.admit(event, workload.clinicOf(event)));
        }
    }
}
