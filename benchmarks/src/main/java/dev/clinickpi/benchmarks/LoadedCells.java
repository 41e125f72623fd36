package dev.clinickpi.benchmarks;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.KeptCells;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A store that counts what is loaded from it. */
final class LoadedCells implements CellStore {

    private final CellStore store;
    private final AtomicLong clinics = new AtomicLong();
    private final AtomicLong entities = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();

    LoadedCells(CellStore store) {
        this.store = store;
    }

    long clinics() {
        return clinics.get();
    }

    long entities() {
        return entities.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** How long the store took, over all threads. */
    long nanos() {
        return nanos.get();
    }

    @Override
    public @Nullable Checkpoint load(ClinicId clinic) {
        long start = System.nanoTime();
        Checkpoint loaded = store.load(clinic);
        nanos.addAndGet(System.nanoTime() - start);
        if (loaded != null) {
            clinics.incrementAndGet();
            entities.addAndGet(loaded.entities().size());
            loaded.days().values().forEach(day -> bytes.addAndGet(day.length));
            loaded.entities().forEach(entity -> bytes.addAndGet(entity.state().length));
        }
        return loaded;
    }

    @Override
    public @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
        return store.lease(shard, shards, owner, length);
    }

    @Override
    public void release(Lease lease) {
        store.release(lease);
    }

    @Override
    public void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
        store.save(lease, asOf, changes);
    }

    @Override
    public @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
        return store.read(clinic, since, activeWindow);
    }

    @Override
    public Map<ClinicId, Standing> standings() {
        return store.standings();
    }
}
