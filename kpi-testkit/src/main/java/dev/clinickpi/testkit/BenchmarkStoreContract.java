package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.sector.BenchmarkStore;
import java.time.YearMonth;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BenchmarkStore} must hold: what was made once stays, whoever makes it again. A test class of the implementation implements this interface and
 * inherits its tests.
 */
public interface BenchmarkStoreContract {

    /** The month that the tests are about. */
    YearMonth MARCH = YearMonth.of(2026, 3);

    /** A store that holds nothing. */
    BenchmarkStore newStore();

    /** What was never made is not there. */
    @Test
    default void holdsNothingAtFirst() {
        assertThat(newStore().load("dental", MARCH)).isEmpty();
    }

    /** What was added is there, for its vertical and month alone. */
    @Test
    default void keepsWhatWasMadeOfEachVerticalAndMonth() {
        BenchmarkStore store = newStore();
        assertThat(store.add("dental", MARCH, new byte[] {1, -2})).isTrue();
        assertThat(store.add("dental", MARCH.plusYears(1), new byte[] {})).isTrue();
        assertThat(store.add("physio", MARCH, new byte[] {3})).isTrue();

        assertThat(store.load("dental", MARCH))
                .hasValueSatisfying(made -> assertThat(made).containsExactly(1, -2));
        assertThat(store.load("dental", MARCH.plusYears(1)))
                .hasValueSatisfying(made -> assertThat(made).isEmpty());
        assertThat(store.load("physio", MARCH))
                .hasValueSatisfying(made -> assertThat(made).containsExactly(3));
        assertThat(store.load("Dental", MARCH)).isEmpty();
        assertThat(store.load("dental", MARCH.plusMonths(1))).isEmpty();
    }

    /** What was made is never made again. */
    @Test
    default void replacesNothing() {
        BenchmarkStore store = newStore();
        store.add("dental", MARCH, new byte[] {1});
        assertThat(store.add("dental", MARCH, new byte[] {2})).isFalse();
        assertThat(store.load("dental", MARCH))
                .hasValueSatisfying(made -> assertThat(made).containsExactly(1));
    }

    /** Of many who make the same benchmarks one alone succeeds. */
    @Test
    default void letsOneOfManyWin() throws InterruptedException {
        BenchmarkStore store = newStore();
        for (int month = 0; month < 3; month++) {
            YearMonth which = MARCH.plusMonths(month);
            AtomicInteger added = new AtomicInteger();
            AtomicInteger winner = new AtomicInteger();
            Thread[] engines = new Thread[4];
            for (int i = 0; i < engines.length; i++) {
                int engine = i;
                engines[i] = new Thread(() -> {
                    if (store.add("dental", which, new byte[] {(byte) engine})) {
                        added.incrementAndGet();
                        winner.set(engine);
                    }
                });
                engines[i].start();
            }
            for (Thread engine : engines) {
                engine.join();
            }
            assertThat(added).hasValue(1);
            assertThat(store.load("dental", which))
                    .hasValueSatisfying(made -> assertThat(made).containsExactly(winner.get()));
        }
    }
}
