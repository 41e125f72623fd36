package dev.clinickpi.benchmarks;

import dev.clinickpi.benchmarks.log.LogShape;
import dev.clinickpi.benchmarks.log.MadeLog;
import java.io.PrintStream;
import java.util.Locale;

/**
 * What it costs to keep cells while events are recorded: the same log through an engine with an event log alone, and through one with a store of cells, too, in
 * turn, each into a schema of its own. One thread records a batch for each clinic and day; the cells are kept every second by another.
 *
 * <pre>{@code
 * java -Xmx2g -cp target/benchmarks.jar dev.clinickpi.benchmarks.CheckpointCost 'jdbc:postgresql://localhost/bench?user=bench&password=bench' 200000 20 90 3
 * }</pre>
 *
 * <p>The arguments are the database, in which schemas {@code cost_…} must not be there, the number of events, of clinics, of days and of rounds. A round that
 * nobody looks at goes before.
 */
public final class CheckpointCost {

    private static final long SEED = 20_260_302;

    private CheckpointCost() {}

    /** Measures and prints a table. */
    public static void main(String[] arguments) {
        LogShape shape = LogShape.ofEvents(
                Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), SEED);
        measure(arguments[0], MadeLog.of(shape), Integer.parseInt(arguments[4]), System.out);
    }

    static void measure(String url, MadeLog log, int rounds, PrintStream out) {
        out.printf("| round | log alone, events/s | with cells kept, events/s | ratio |%n|--:|--:|--:|--:|%n");
        for (int round = 0; round <= rounds; round++) {
            double alone = fill(url, "cost_log_" + round, log, false);
            double kept = fill(url, "cost_cells_" + round, log, true);
            if (round > 0) {
                out.printf(Locale.ROOT, "| %d | %,.0f | %,.0f | %.2f |%n", round, alone, kept, kept / alone);
            }
        }
    }

    private static double fill(String url, String schema, MadeLog log, boolean keepsCells) {
        try (MadeDatabase database = new MadeDatabase(url, schema, log)) {
            return database.fill(keepsCells).perSecond();
        }
    }
}
