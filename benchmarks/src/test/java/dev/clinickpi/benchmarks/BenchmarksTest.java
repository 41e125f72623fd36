package dev.clinickpi.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.benchmarks.log.LogShape;
import dev.clinickpi.benchmarks.log.MadeLog;
import dev.clinickpi.event.EventLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs everything once, however fast: what nobody runs rots. */
class BenchmarksTest {

    private static final MadeLog LOG = MadeLog.of(LogShape.ofEvents(10_000, 5, 40, 3));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void everyBenchmarkRuns() throws RunnerException {
        Options once = new OptionsBuilder()
                .include("dev\\.clinickpi\\.benchmarks\\..*")
                .param("order", MadeLog.Order.SHUFFLED_WITHIN_A_DAY.name())
                .param("keyed", "true")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        System.setProperty(Workload.EVENTS_PROPERTY, "4000");
        Collection<RunResult> results;
        try {
            results = new Runner(once).run();
        } finally {
            System.clearProperty(Workload.EVENTS_PROPERTY);
        }

        assertThat(results).hasSizeGreaterThanOrEqualTo(13);
        Performance.print(results, out);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("| Ingest.behindTheGate SHUFFLED_WITHIN_A_DAY |", "| NDJSON through the gate : Jackson |");
    }

    @Test
    void theRunOnDiskFindsTheFiguresRight() throws Exception {
        assertThat(TenMillionEvents.runOnDisk(LOG, folder, out))
                .as(() -> printed.toString(StandardCharsets.UTF_8))
                .isTrue();
    }

    /** The check would notice a log that loses events. */
    @Test
    void theRunFindsLossesOut() {
        EventLog complete = EventLog.inMemory();
        assertThat(TenMillionEvents.run(LOG, new Forgetful(complete), out)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("WRONG");
    }

    @Test
    void entitiesAndCellsHaveASize() {
        MemoryFootprint.Footprint found =
                MemoryFootprint.of(Workload.of(MadeLog.Order.SHUFFLED_WITHIN_A_DAY, 2_000, 1));

        assertThat(found.bytesPerEntity()).isBetween(20.0, 5_000.0);
        assertThat(found.bytesPerCell()).isBetween(2.0, 5_000.0);
    }

    @Test
    void appendsAreMeasured() throws Exception {
        System.setProperty(Workload.EVENTS_PROPERTY, "8000");
        try {
            AppendSpeed.runOnH2(folder, AppendSpeed.facts(), out);
        } finally {
            System.clearProperty(Workload.EVENTS_PROPERTY);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| 1,000 \\| [0-9,]+ \\| [0-9,]+ \\| [0-9.]+ \\|");
        assertThat(folder).isDirectoryNotContaining("glob:**.mv.db");
    }

    @Test
    void startsAndReportsFromTheStoreAreMeasured() {
        try (MadeDatabase database = StartUp.database(h2(), "2000", "3", "20")) {
            assertThat(database.isEmpty()).isTrue();
            StartUp.fill(database, out);
            assertThat(database.isEmpty()).isFalse();
            StartUp.measure(database, out);
            StoredReport.measure(database, 3, out);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("[0-9,]+ events recorded")
                .containsPattern(
                        "\\| every dashboard has its report \\| [0-9,]+ \\| [0-9,]+ \\| [3-9] \\| [1-9][0-9]* \\|")
                .containsPattern("\\| 3 days have changed \\| [0-9.]+ \\| [0-9.]+ \\| [0-9.]+ \\| 3 \\|");
    }

    @Test
    void theCostOfKeepingCellsIsMeasured() {
        CheckpointCost.measure(h2(), MadeLog.of(LogShape.ofEvents(500, 2, 10, 3)), 1, out);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| 1 \\| [0-9,]+ \\| [0-9,]+ \\| [0-9.]+ \\|");
    }

    private String h2() {
        return "jdbc:h2:" + folder.resolve("made") + ";WRITE_DELAY=0";
    }

    @Test
    void aDashboardServerIsPutUnderLoad(@TempDir Path folder) throws Exception {
        assertThat(DashboardLoad.run(8, 100, 2, 3, folder))
                .as("requests that failed")
                .isZero();
    }
}
