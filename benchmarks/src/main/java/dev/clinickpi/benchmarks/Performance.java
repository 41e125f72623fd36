package dev.clinickpi.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs every benchmark and prints the tables of {@code docs/performance.md}: the figures, and those of them that are ratios of two of one run.
 * Takes JMH's own options, such as {@code -f 1 -wi 3 -i 5} for a short run.
 */
public final class Performance {

    private final Map<String, Double> scores = new TreeMap<>();
    private final PrintStream out;

    private Performance(PrintStream out) {
        this.out = out;
    }

    /** Runs and prints. */
    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        print(new Runner(new CommandLineOptions(arguments)).run(), System.out);
    }

    /** The tables of a run. */
    static void print(Collection<RunResult> results, PrintStream out) {
        new Performance(out).print(results);
    }

    private void print(Collection<RunResult> results) {
        out.printf("%n| benchmark | score | ± | unit |%n|---|--:|--:|---|%n");
        for (RunResult result : results) {
            String name = name(result);
            double score = result.getPrimaryResult().getScore();
            scores.put(name, score);
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.1f | %,.1f | %s |%n",
                    name,
                    score,
                    result.getPrimaryResult().getScoreError(),
                    result.getPrimaryResult().getScoreUnit());
        }
        out.printf("%n| ratio | found | aim |%n|---|--:|--:|%n");
        String shuffled = " SHUFFLED_WITHIN_A_DAY";
        ratio("NDJSON behind the gate : Jackson", "Ndjson.behindTheGate", "Ndjson.jacksonBareBinding", 0.6);
        ratio("NDJSON through the gate : Jackson", "Ndjson.throughTheGate", "Ndjson.jacksonBareBinding", 0.25);
        ratio("shuffled : sorted", "Ingest.behindTheGate" + shuffled, "Ingest.behindTheGate BY_TIME", 0.6);
        ratio("two writers : one, ids unkeyed", "Shard.record false 2", "Shard.record false 1", 1.7);
        ratio("two writers : one, ids keyed", "Shard.record true 2", "Shard.record true 1", 1.7);
    }

    /** The class without its last word, the method, the parameters by name. */
    private static String name(RunResult result) {
        String label = result.getParams().getBenchmark();
        String[] parts = label.substring(label.lastIndexOf('.', label.lastIndexOf('.') - 1) + 1)
                .split("\\.", -1);
        StringBuilder name = new StringBuilder(parts[0].replace("Benchmark", "") + "." + parts[1]);
        new TreeMap<>(paramsOf(result))
                .values()
                .forEach(value -> name.append(' ').append(value));
        return name.toString();
    }

    private static Map<String, String> paramsOf(RunResult result) {
        Map<String, String> params = new TreeMap<>();
        for (String key : result.getParams().getParamsKeys()) {
            params.put(key, result.getParams().getParam(key));
        }
        return params;
    }

    private void ratio(String what, String numerator, String denominator, double aim) {
        Double above = scores.get(numerator);
        Double below = scores.get(denominator);
        if (above != null && below != null) {
            out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", what, above / below, aim);
        }
    }
}
