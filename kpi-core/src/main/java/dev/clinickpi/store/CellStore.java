package dev.clinickpi.store;

import dev.clinickpi.clinic.ClinicId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the cells and open entities of clinics are kept, with the position of the event log that they stand at. An engine that starts goes on from
 * there instead of folding the whole log, and one that only answers questions reads the cells and folds nothing.
 *
 * <p>Of several engines over one store one writes the clinics of a shard at a time: the one that holds the shard's {@link Lease}. A lease runs out by
 * the store's own clock. Its token grows with every change of hands, and a {@link #save} under a token that is not the newest changes nothing, so an
 * engine that was stopped and wakes up cannot overwrite what another has written since.
 *
 * <p>What is kept can be folded again from the log, unless that has forgotten; the store holds no fact that the log does not, except those that wait for
 * their time.
 *
 * <p>Implementations must be safe for use by many threads and pass the contract kit of {@code kpi-testkit}.
 */
public interface CellStore {

    /**
     * Takes the lease of a shard, or renews it for who holds it.
     *
     * @param shard from 0
     * @param shards how many there are; the first engine settles it for all
     * @param owner who asks, unique to the engine
     * @param length how long the lease lasts unless it is renewed
     * @return the lease, under the token that its owner had if it had it still; null while another owner's lasts
     * @throws IllegalStateException if the store's clinics are spread over another number of shards
     */
    @Nullable
    Lease lease(int shard, int shards, String owner, Duration length);

    /** Gives a lease back before it runs out. One that is no longer held is none to give back, and nothing happens. */
    void release(Lease lease);

    /**
     * Keeps what has changed, all or none.
     *
     * @param lease of the shard that all of these clinics belong to
     * @param asOf the moment that every clinic of the shard stands at from now on, as far as nothing wakes it before: those that are not among the changes have not changed by it;
     *     an earlier one than before takes nothing back. Stores may round it down to the millisecond
     * @param changes at most one of each clinic, and in it of each entity
     * @throws LeaseLostException if another engine has taken the shard; nothing is kept then
     */
    void save(Lease lease, Instant asOf, List<Checkpoint> changes);

    /** All that is kept of a clinic, as of one moment; null when nothing is. */
    @Nullable
    Checkpoint load(ClinicId clinic);

    /**
     * The cells of a clinic that have changed, as of one moment, for who has read it before.
     *
     * @param since the version that was read, or 0
     * @param activeWindow how long after its latest message an open conversation counts as active
     * @return null when nothing is kept of the clinic
     */
    @Nullable
    KeptCells read(ClinicId clinic, long since, Duration activeWindow);

    /** Where each clinic of which something is kept stands. */
    Map<ClinicId, Standing> standings();

    /** A store in memory, which ends with the process. */
    static CellStore inMemory() {
        return new InMemoryCellStore();
    }
}
