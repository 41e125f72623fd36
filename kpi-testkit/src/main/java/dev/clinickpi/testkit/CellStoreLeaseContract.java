package dev.clinickpi.testkit;

import static dev.clinickpi.testkit.Checkpoints.LONG;
import static dev.clinickpi.testkit.Checkpoints.held;
import static dev.clinickpi.testkit.Checkpoints.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Lease;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the leases of every {@link CellStore} must hold; a part of {@link CellStoreContract}. */
public interface CellStoreLeaseContract {

    /** An empty store. */
    CellStore newStore();

    /** The same store as another process finds it: another instance over what the first has kept, if the store outlives its process. */
    default CellStore reopen(CellStore store) {
        return store;
    }

    /** One holds a shard at a time, and keeps its token for as long as nobody takes it. */
    @Test
    default void aLeaseIsOneOwners() {
        CellStore store = newStore();
        CellStore elsewhere = reopen(store);

        Lease first = held(store, 0, 2, "a");
        assertThat(first.owner()).isEqualTo("a");
        assertThat(first.shard()).isZero();
        assertThat(elsewhere.lease(0, 2, "b", LONG)).isNull();
        assertThat(held(store, 0, 2, "a")).isEqualTo(first);
        assertThat(held(elsewhere, 1, 2, "b").shard()).isEqualTo(1);

        assertThat(store.lease(0, 2, "a", Duration.ZERO)).isEqualTo(first);
        assertThat(held(store, 0, 2, "a"))
                .as("it had run out, but nobody had taken it")
                .isEqualTo(first);

        store.lease(0, 2, "a", Duration.ZERO);
        Lease second = held(elsewhere, 0, 2, "b");
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(store.lease(0, 2, "a", LONG)).isNull();
    }

    /** A lease lasts as long as it was asked for, and runs out by itself. */
    @Test
    default void aLeaseRunsOut() throws InterruptedException {
        CellStore store = newStore();
        long begun = System.nanoTime();
        Lease first = present(store.lease(0, 1, "a", Duration.ofMillis(300)));
        @Nullable Lease second = null;
        for (int i = 0; i < 1_000 && second == null; i++) {
            second = store.lease(0, 1, "b", LONG);
            Thread.sleep(10);
        }

        // A millisecond less, since the store counts by a clock of its own.
        assertThat(System.nanoTime() - begun)
                .isGreaterThan(Duration.ofMillis(299).toNanos());
        assertThat(present(second).token()).isGreaterThan(first.token());
    }

    /** What was given back can be had at once; to give back what one has no longer does nothing. */
    @Test
    default void aLeaseIsGivenBack() {
        CellStore store = newStore();
        Lease first = held(store, "a");
        store.release(first);
        Lease second = held(store, "b");
        assertThat(second.token()).isGreaterThan(first.token());

        store.release(first);
        store.release(new Lease(0, "a", second.token()));
        assertThat(store.lease(0, 1, "a", LONG)).isNull();

        store.release(second);
        Lease third = held(reopen(store), "a");
        assertThat(third.token()).isGreaterThan(second.token());
    }

    /** Clinics are spread over one number of shards, or one of them could have two writers. */
    @Test
    default void theFirstSettlesTheNumberOfShards() {
        CellStore store = newStore();
        held(store, 2, 3, "a");

        for (CellStore each : List.of(store, reopen(store))) {
            assertThatThrownBy(() -> each.lease(0, 4, "b", LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("3");
            assertThatThrownBy(() -> each.lease(0, 2, "a", LONG)).isInstanceOf(IllegalStateException.class);
            assertThat(each.lease(0, 3, "b", LONG)).isNotNull();
        }
    }
}
