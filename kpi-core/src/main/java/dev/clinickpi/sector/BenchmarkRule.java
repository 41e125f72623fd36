package dev.clinickpi.sector;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which benchmarks are made of what clinics have published, and where they stay. Each vertical's benchmarks of a month are made once, in one piece;
 * what is withheld then stays withheld.
 *
 * <p>Implementations must be safe for use by many threads; {@code kpi-privacy} has the standard one.
 */
public interface BenchmarkRule {

    /**
     * The benchmarks that were made of a vertical and month.
     *
     * @return at most one for each KPI; empty when none were made yet
     * @throws RuntimeException if it cannot be told; there is then no answer
     */
    Optional<List<SectorBenchmark>> published(String vertical, YearMonth month);

    /**
     * Makes the benchmarks of a vertical and month, unless somebody has, and keeps them durably before it returns.
     *
     * @param month a closed calendar month whose figures hardly change any more
     * @param clinics every clinic of the vertical
     * @return what is kept: of two who make them at once, the others take over what the first has made
     * @throws RuntimeException if they may not have been kept
     */
    List<SectorBenchmark> publish(String vertical, YearMonth month, List<SectorClinic> clinics);

    /** A rule that makes none. */
    static BenchmarkRule none() {
        return new None();
    }

    /** Keeps nothing, so nothing that it is handed could ever be recovered. */
    final class None implements BenchmarkRule {

        private None() {}

        @Override
        public Optional<List<SectorBenchmark>> published(String vertical, YearMonth month) {
            return Optional.of(List.of());
        }

        @Override
        public List<SectorBenchmark> publish(String vertical, YearMonth month, List<SectorClinic> clinics) {
            return List.of();
        }
    }
}
