package dev.clinickpi.sector;

import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The benchmarks that were made, which are never made again. Keep it longer than the events: one that forgets would have a month's benchmarks made anew of other
 * clinics, and the two could be subtracted.
 *
 * <p>Implementations must be safe for use by many threads and by many engines on one store, and pass the contract kit of {@code kpi-testkit}.
 */
public interface BenchmarkStore {

    /**
     * What was added of a vertical and month; empty when nothing was.
     *
     * @return its bytes, not to be changed
     * @throws RuntimeException if it cannot be read; no benchmark is then shown
     */
    Optional<byte[]> load(String vertical, YearMonth month);

    /**
     * Adds what was made of a vertical and month, if nobody else has. One that returns true has made it durable.
     *
     * @param benchmarks belongs to the store from now on
     * @return false when there is something already, which stays as it is
     * @throws RuntimeException if it may not have been added
     */
    boolean add(String vertical, YearMonth month, byte[] benchmarks);

    /** A store in memory, which ends with the process: for events that do, too. */
    static BenchmarkStore inMemory() {
        return new InMemory();
    }

    /** The benchmarks of one process. */
    final class InMemory implements BenchmarkStore {

        private final Map<Key, byte[]> made = new ConcurrentHashMap<>();

        private InMemory() {}

        @Override
        public Optional<byte[]> load(String vertical, YearMonth month) {
            return Optional.ofNullable(made.get(new Key(vertical, month)));
        }

        @Override
        public boolean add(String vertical, YearMonth month, byte[] benchmarks) {
            return made.putIfAbsent(new Key(vertical, month), benchmarks) == null;
        }

        private record Key(String vertical, YearMonth month) {}
    }
}
