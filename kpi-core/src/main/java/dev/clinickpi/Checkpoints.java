package dev.clinickpi;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.LeaseLostException;
import dev.clinickpi.store.Standing;
import dev.clinickpi.store.StoredEntity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is folded in a store, shard by shard, as long as this engine holds the shard's lease. What is to be kept is taken under the lock of the shard,
 * clinic by clinic, and turned into bytes and written behind it: whoever records waits for a clinic to be loaded, never for one to be saved.
 *
 * <p>An engine that takes a shard over forgets what it has of it in memory and goes on from what the one before has kept: what it would write is a
 * difference from there. Where it is not known whether something was kept, the clinic is written whole the next time.
 *
 * <p>Used by one thread at a time.
 */
final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** As many bytes are written in one transaction, or little more. */
    private static final long BYTES_AT_ONCE = 4_000_000;

    /** How long the moment of a shard that nothing happens in may lie behind. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final CellStore store;
    private final List<Shard> shards;
    private final Duration leaseLength;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();
    private final Map<Integer, Held> held = new HashMap<>();
    private volatile @Nullable Instant savedAt;

    Checkpoints(CellStore store, List<Shard> shards, Duration leaseLength, Clock clock) {
        this.store = store;
        this.shards = shards;
        this.leaseLength = leaseLength;
        this.clock = clock;
    }

    /**
     * Keeps what has changed. A shard that cannot be kept holds up no other.
     *
     * @param ends where each clinic's part of the log ends
     */
    void save(Map<ClinicId, Long> ends) {
        RuntimeException failure = null;
        for (int shard = 0; shard < shards.size(); shard++) {
            try {
                Held shardHeld = hold(shard);
                if (shardHeld != null) {
                    save(shards.get(shard), shardHeld, ends);
                }
            } catch (LeaseLostException e) {
                LOG.info("Another engine writes shard {} from now on", shard);
                held.remove(shard);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        savedAt = clock.instant();
    }

    /** When all that this engine may write was kept; null when it never was. */
    @Nullable
    Instant savedAt() {
        return savedAt;
    }

    /** How many shards this engine writes. */
    int shardsHeld() {
        return held.size();
    }

    /**
     * How often something of a clinic was erased that is not in what is kept of it; 0 where this engine does not write the clinic. Whoever takes it over goes on
     * from what is kept, so nothing is left that was erased before.
     */
    long erasuresKept(ClinicId clinic) {
        for (Map.Entry<Integer, Held> each : held.entrySet()) {
            Standing kept = each.getValue().standings.get(clinic);
            if (kept != null && shards.get(each.getKey()).has(clinic)) {
                return Math.max(0, Folding.erasuresBefore(kept.fingerprint()));
            }
        }
        return 0;
    }

    private @Nullable Held hold(int shard) {
        Lease lease = store.lease(shard, shards.size(), owner, leaseLength);
        Held before = held.get(shard);
        if (lease == null) {
            held.remove(shard);
            shards.get(shard).forEach(ClinicState::notSaved);
            return null;
        }
        if (before != null && before.lease.equals(lease)) {
            return before;
        }
        shards.get(shard).forEach(ClinicState::takeOver);
        Held taken = new Held(lease, store.standings());
        held.put(shard, taken);
        return taken;
    }

    /** A clinic that cannot be kept holds up no other, only the moment of its shard. */
    private void save(Shard shard, Held shardHeld, Map<ClinicId, Long> ends) {
        Instant asOf = clock.instant();
        Map<ClinicState, Checkpoint> changes = new LinkedHashMap<>();
        RuntimeException failure = null;
        try {
            for (ClinicState clinic : shard.clinics()) {
                try {
                    Captured captured = shard.locked(() -> capture(clinic, shardHeld, ends, asOf));
                    if (captured != null) {
                        changes.put(clinic, captured.toCheckpoint());
                    }
                } catch (RuntimeException e) {
                    shard.doLocked(clinic::notSaved);
                    failure = e;
                }
                if (bytes(changes.values()) > BYTES_AT_ONCE) {
                    // The others of the shard may not have been looked at yet, so it stands where it stood.
                    write(shard, shardHeld, shardHeld.asOf, changes);
                    changes.clear();
                }
            }
            Instant now = failure == null ? asOf : shardHeld.asOf;
            if (!changes.isEmpty() || !now.isBefore(shardHeld.asOf.plus(QUIET))) {
                write(shard, shardHeld, now, changes);
                shardHeld.asOf = now;
            }
        } catch (RuntimeException | Error e) {
            shard.forEach(ClinicState::notSaved);
            throw e;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static long bytes(Collection<Checkpoint> changes) {
        long bytes = 0;
        for (Checkpoint change : changes) {
            for (byte[] day : change.days().values()) {
                bytes += day.length;
            }
            for (StoredEntity entity : change.entities()) {
                bytes += entity.state().length;
            }
        }
        return bytes;
    }

    private void write(Shard shard, Held shardHeld, Instant asOf, Map<ClinicState, Checkpoint> changes) {
        store.save(shardHeld.lease, asOf, List.copyOf(changes.values()));
        changes.forEach((clinic, change) -> {
            shard.doLocked(clinic::saved);
            shardHeld.standings.put(
                    change.clinic(), new Standing(change.fingerprint(), change.position(), change.wakeAt()));
        });
    }

    /** Loads a clinic that is not in memory where the log has news of it or time changes something of it; under the lock of the shard. */
    private static @Nullable Captured capture(
            ClinicState clinic, Held shardHeld, Map<ClinicId, Long> ends, Instant asOf) {
        if (!clinic.isLoaded()) {
            Standing standing = shardHeld.standings.get(clinic.id());
            boolean isCurrent = standing != null
                    && clinic.isFoldedBy(standing.fingerprint())
                    && standing.position() >= ends.getOrDefault(clinic.id(), 0L)
                    && standing.wakeAt() > asOf.toEpochMilli();
            if (isCurrent) {
                return null;
            }
        }
        Captured captured = clinic.capture(asOf);
        clinic.makeRoom();
        return captured;
    }

    /** Gives every lease back. */
    void release() {
        held.values().forEach(each -> store.release(each.lease));
        held.clear();
    }

    /** A shard that this engine writes. */
    private static final class Held {

        private final Lease lease;
        private final Map<ClinicId, Standing> standings;
        private Instant asOf = Instant.EPOCH;

        Held(Lease lease, Map<ClinicId, Standing> standings) {
            this.lease = lease;
            this.standings = new HashMap<>(standings);
        }
    }
}
