package dev.clinickpi.access;

import dev.clinickpi.clinic.ClinicId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What publication has released of each clinic, which decides what it may release next: where its periods were cut, and the cells that stand in them. Keep
 * it as long as the events: one that forgets would cut the same people another way, and the two could be subtracted.
 *
 * <p>Implementations must be safe for use by many threads and by many engines on one store, and pass the contract kit of {@code kpi-testkit}.
 */
public interface PublicationStore {

    /**
     * What was saved last; null when nothing ever was.
     *
     * @param known the version that the caller has already, whose bytes it does not need; 0 for none
     * @throws RuntimeException if it cannot be read; no figure about people is then shown
     */
    @Nullable
    Kept load(ClinicId clinic, long known);

    /**
     * Saves the next version, if nobody else has. One that returns true has made it durable.
     *
     * @param version one more than the version that it follows from; 1 for the first
     * @param state belongs to the store from now on
     * @return false when that version is there already
     * @throws RuntimeException if it may not have been saved
     */
    boolean save(ClinicId clinic, long version, byte[] state);

    /** Whether what it holds is there for the next process, as is that of every store that does not say otherwise. */
    default boolean outlivesProcess() {
        return true;
    }

    /** A store in memory, which ends with the process: for events that do, too. */
    static PublicationStore inMemory() {
        return new InMemory();
    }

    /** A saved state. */
    final class Kept {

        private final long version;
        private final byte[] state;

        /**
         * A state as it was saved.
         *
         * @param version from 1 on
         * @param state its bytes, not to be changed
         */
        public Kept(long version, byte[] state) {
            this.version = version;
            this.state = Objects.requireNonNull(state, "state");
        }

        /** Its version, from 1 on. */
        public long version() {
            return version;
        }

        /** Its bytes, not to be changed; empty where the caller had that version already. */
        public byte[] state() {
            return state;
        }
    }

    /** The states of one process. */
    final class InMemory implements PublicationStore {

        private final Map<ClinicId, Kept> states = new ConcurrentHashMap<>();

        private InMemory() {}

        @Override
        public boolean outlivesProcess() {
            return false;
        }

        @Override
        public @Nullable Kept load(ClinicId clinic, long known) {
            Kept kept = states.get(clinic);
            return kept == null || kept.version() != known ? kept : new Kept(known, new byte[0]);
        }

        @Override
        public boolean save(ClinicId clinic, long version, byte[] state) {
            boolean[] saved = {false};
            states.compute(clinic, (id, before) -> {
                long last = before == null ? 0 : before.version;
                saved[0] = version == last + 1;
                return saved[0] ? new Kept(version, state) : before;
            });
            return saved[0];
        }
    }
}
