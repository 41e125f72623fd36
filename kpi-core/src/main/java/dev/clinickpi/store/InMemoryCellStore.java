package dev.clinickpi.store;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Under one lock. Leases run out by a clock that only goes forward. */
final class InMemoryCellStore implements CellStore {

    private final LongSupplier nanoTime;
    private final Map<Integer, Held> leases = new HashMap<>();
    private final Map<Integer, Instant> moments = new HashMap<>();
    private final Map<ClinicId, Kept> clinics = new HashMap<>();
    private int shardsOfAll;

    InMemoryCellStore() {
        this(System::nanoTime);
    }

    InMemoryCellStore(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized @Nullable Lease lease(int shard, int shards, String owner, Duration length) {
        if (shardsOfAll == 0) {
            shardsOfAll = shards;
        }
        if (shards != shardsOfAll) {
            throw new IllegalStateException("The store's clinics are spread over " + shardsOfAll
                    + " shards; build the engine with shards(" + shardsOfAll + ")");
        }
        long now = nanoTime.getAsLong();
        Held held = leases.get(shard);
        Lease lease;
        if (held == null) {
            lease = new Lease(shard, owner, 1);
        } else if (held.lease.owner().equals(owner)) {
            lease = held.lease;
        } else if (now - held.until < 0) {
            return null;
        } else {
            lease = new Lease(shard, owner, held.lease.token() + 1);
        }
        leases.put(shard, new Held(lease, now + length.toNanos()));
        return lease;
    }

    @Override
    public synchronized void release(Lease lease) {
        Held held = leases.get(lease.shard());
        if (held != null && held.lease.equals(lease)) {
            leases.put(lease.shard(), new Held(lease, nanoTime.getAsLong()));
        }
    }

    @Override
    public synchronized void save(Lease lease, Instant asOf, List<Checkpoint> changes) {
        Held held = leases.get(lease.shard());
        if (held == null || !held.lease.equals(lease)) {
            throw new LeaseLostException(lease);
        }
        changes.forEach(change -> clinics.computeIfAbsent(change.clinic(), clinic -> new Kept(lease.shard()))
                .take(change));
        moments.merge(lease.shard(), asOf, (before, now) -> now.isAfter(before) ? now : before);
    }

    @Override
    public synchronized @Nullable Checkpoint load(ClinicId clinic) {
        Kept kept = clinics.get(clinic);
        return kept == null ? null : kept.checkpoint(asOf(kept));
    }

    @Override
    public synchronized @Nullable KeptCells read(ClinicId clinic, long since, Duration activeWindow) {
        Kept kept = clinics.get(clinic);
        return kept == null ? null : kept.cells(since, asOf(kept), activeWindow);
    }

    private Instant asOf(Kept kept) {
        Instant ofShard = moments.getOrDefault(kept.shard, Instant.MIN);
        Instant own = kept.newest().asOf();
        long wakeAt = kept.newest().wakeAt();
        if (!ofShard.isAfter(own)) {
            return own;
        }
        // What time has changed of it since is not in it.
        return ofShard.toEpochMilli() < wakeAt ? ofShard : Instant.ofEpochMilli(wakeAt - 1);
    }

    @Override
    public synchronized Map<ClinicId, Standing> standings() {
        Map<ClinicId, Standing> standings = new HashMap<>();
        clinics.forEach((clinic, kept) -> standings.put(
                clinic,
                new Standing(
                        kept.newest().fingerprint(),
                        kept.newest().position(),
                        kept.newest().wakeAt())));
        return standings;
    }

    private record Held(Lease lease, long until) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Day(long version, byte[] cells) {}

    /** What is kept of one clinic. */
    private static final class Kept {

        private final int shard;
        private final Map<Long, Day> days = new TreeMap<>();
        private final Map<EntityKey, StoredEntity> entities = new HashMap<>();
        private @Nullable Checkpoint newest;
        private long version;
        private long wholeSince;

        Kept(int shard) {
            this.shard = shard;
        }

        void take(Checkpoint change) {
            version++;
            newest = change;
            if (change.whole()) {
                days.clear();
                entities.clear();
                wholeSince = version;
            }
            change.days().forEach((day, cells) -> days.put(day, new Day(version, cells)));
            for (StoredEntity entity : change.entities()) {
                if (entity.isGone()) {
                    entities.remove(entity.key());
                } else {
                    entities.put(entity.key(), entity);
                }
            }
        }

        Checkpoint newest() {
            if (newest == null) {
                throw new IllegalStateException("Nothing is kept");
            }
            return newest;
        }

        Checkpoint checkpoint(Instant asOf) {
            Checkpoint last = newest();
            return new Checkpoint(
                    last.clinic(),
                    last.fingerprint(),
                    last.position(),
                    asOf,
                    last.newest(),
                    last.wakeAt(),
                    true,
                    days(0, false),
                    new ArrayList<>(entities.values()),
                    last.ahead());
        }

        KeptCells cells(long since, Instant asOf, Duration activeWindow) {
            boolean whole = since < wholeSince;
            long activeAfter = asOf.minus(activeWindow).toEpochMilli();
            long active = entities.values().stream()
                    .map(StoredEntity::openMessageAt)
                    .filter(at -> at != null && at > activeAfter)
                    .count();
            return new KeptCells(
                    version,
                    newest().fingerprint(),
                    asOf,
                    Math.toIntExact(active),
                    whole,
                    days(whole ? 0 : since, !whole));
        }

        private Map<Long, byte[]> days(long since, boolean emptyOnes) {
            Map<Long, byte[]> found = new TreeMap<>();
            days.forEach((day, kept) -> {
                if (kept.version > since && (emptyOnes || kept.cells.length > 0)) {
                    found.put(day, kept.cells);
                }
            });
            return found;
        }
    }
}
