package dev.clinickpi.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.benchmarks.log.Ndjson;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.event.Rejection;
import dev.clinickpi.privacy.KeyProvider;
import dev.clinickpi.privacy.StandardPrivacy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** NDJSON in, by events per second, against Jackson's bare binding of the same bytes to a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(Workload.EVENTS)
public class NdjsonBenchmark {

    private Workload workload;
    private PrivacyGate keyed;
    private final PrivacyGate unkeyed = new UnkeyedGate();
    private byte[] ndjson;
    private ObjectReader jackson;

    /** Makes the bytes. */
    @Setup
    public void prepare() {
        workload = Workload.of(MadeLog.Order.SHUFFLED_WITHIN_A_DAY);
        keyed = StandardPrivacy.with(KeyProvider.inMemory()).gate();
        ndjson = Ndjson.of(workload.events());
        jackson = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .readerFor(BareEvent.class);
    }

    /** The peer: Jackson makes records of strings and numbers, and checks nothing. */
    @Benchmark
    public void jacksonBareBinding(Blackhole sink) throws IOException {
        try (MappingIterator<BareEvent> events = jackson.readValues(ndjson)) {
            while (events.hasNextValue()) {
                sink.consume(events.nextValue());
            }
        }
    }

    /** Reading alone: checked events. */
    @Benchmark
    public void read(Blackhole sink) throws IOException {
        try (EventReader reader = EventReader.of(new ByteArrayInputStream(ndjson))) {
            for (KpiEvent event = reader.next(NdjsonBenchmark::refuse);
                    event != null;
                    event = reader.next(NdjsonBenchmark::refuse)) {
                sink.consume(event);
            }
        }
    }

    /** From bytes into cells, past a gate that costs next to nothing. */
    @Benchmark
    public FoldedClinics behindTheGate() throws IOException {
        return ingest(unkeyed);
    }

    /** From bytes into cells through the standard gate. */
    @Benchmark
    public FoldedClinics throughTheGate() throws IOException {
        return ingest(keyed);
    }

    private FoldedClinics ingest(PrivacyGate gate) throws IOException {
        FoldedClinics folds = workload.folds();
        try (EventReader reader = EventReader.of(new ByteArrayInputStream(ndjson))) {
            for (KpiEvent event = reader.next(NdjsonBenchmark::refuse);
                    event != null;
                    event = reader.next(NdjsonBenchmark::refuse)) {
                folds.accept(gate.admit(event, workload.clinicOf(event)));
            }
        }
        return folds;
    }

    private static void refuse(Rejection rejection) {
        throw new IllegalStateException("The log that was made holds: " + rejection);
    }
}
