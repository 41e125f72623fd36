package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.access.PublicationStore;
import dev.clinickpi.clinic.ClinicId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PublicationStore} must hold: nobody's release is ever overwritten by somebody who did not know of it. A test class of the implementation
 * implements this interface and inherits its tests.
 */
public interface PublicationStoreContract {

    /** A store that holds nothing. */
    PublicationStore newStore();

    /** What was never saved is not there. */
    @Test
    default void holdsNothingAtFirst() {
        assertThat(newStore().load(ClinicId.of("sol"), 0)).isNull();
    }

    /** What was saved last is there, for its clinic alone. */
    @Test
    default void keepsTheLatestOfEachClinic() {
        PublicationStore store = newStore();
        assertThat(store.save(ClinicId.of("sol"), 1, new byte[] {1})).isTrue();
        assertThat(store.save(ClinicId.of("sol"), 2, new byte[] {2, -3})).isTrue();
        assertThat(store.save(ClinicId.of("mar"), 1, new byte[] {9})).isTrue();

        assertThat(load(store, "sol", 0).version()).isEqualTo(2);
        assertThat(load(store, "sol", 1).state()).containsExactly(2, -3);
        assertThat(load(store, "mar", 0).state()).containsExactly(9);
    }

    /** Who has the latest version is not sent its bytes again. */
    @Test
    default void sparesTheBytesOfAVersionThatIsKnown() {
        PublicationStore store = newStore();
        store.save(ClinicId.of("sol"), 1, new byte[] {1});

        assertThat(load(store, "sol", 1).version()).isEqualTo(1);
        assertThat(load(store, "sol", 1).state()).isEmpty();
    }

    /** A version follows from the one before, or is not saved. */
    @Test
    default void savesTheNextVersionAlone() {
        PublicationStore store = newStore();
        ClinicId sol = ClinicId.of("sol");
        assertThat(store.save(sol, 2, new byte[] {2})).isFalse();
        assertThat(store.save(sol, 1, new byte[] {1})).isTrue();
        assertThat(store.save(sol, 1, new byte[] {4})).isFalse();
        assertThat(store.save(sol, 3, new byte[] {3})).isFalse();
        assertThat(load(store, "sol", 0).state()).containsExactly(1);
    }

    /** Of many who save the same version one alone succeeds. */
    @Test
    default void letsOneOfManyWin() throws InterruptedException {
        PublicationStore store = newStore();
        ClinicId sol = ClinicId.of("sol");
        for (long version = 1; version <= 3; version++) {
            AtomicInteger saved = new AtomicInteger();
            Thread[] engines = new Thread[4];
            for (int i = 0; i < engines.length; i++) {
                byte[] state = {(byte) i};
                long next = version;
                engines[i] = new Thread(() -> saved.addAndGet(store.save(sol, next, state) ? 1 : 0));
                engines[i].start();
            }
            for (Thread engine : engines) {
                engine.join();
            }
            assertThat(saved).hasValue(1);
            assertThat(load(store, "sol", 0).version()).isEqualTo(version);
        }
    }

    private static PublicationStore.Kept load(PublicationStore store, String clinic, long known) {
        return Objects.requireNonNull(store.load(ClinicId.of(clinic), known));
    }
}
