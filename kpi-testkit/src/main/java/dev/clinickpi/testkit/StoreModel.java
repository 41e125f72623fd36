package dev.clinickpi.testkit;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.Lease;
import dev.clinickpi.store.Standing;
import dev.clinickpi.store.StoredEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a store of cells is to hold, worked out in the plainest way: all saves are remembered, and every answer walks them from the start. */
final class StoreModel {

    private record Save(int shard, Instant asOf, List<Checkpoint> changes) {}

    private final List<Save> saves = new ArrayList<>();
    private final Map<Integer, String> owners = new HashMap<>();
    private final Set<Integer> lasting = new TreeSet<>();

    /** Whether {@code owner} may have the shard, and has it from now on. */
    boolean lease(int shard, String owner, boolean lasts) {
        if (lasting.contains(shard) && !owner.equals(owners.get(shard))) {
            return false;
        }
        owners.put(shard, owner);
        lasting.remove(shard);
        if (lasts) {
            lasting.add(shard);
        }
        return true;
    }

    /** Whether nobody has taken the shard since this owner did. */
    boolean isNewest(Lease lease) {
        return lease.owner().equals(owners.get(lease.shard()));
    }

    void release(Lease lease) {
        if (isNewest(lease)) {
            lasting.remove(lease.shard());
        }
    }

    void save(int shard, Instant asOf, List<Checkpoint> changes) {
        saves.add(new Save(shard, asOf, changes));
    }

    /** How many changes of a clinic were saved. */
    int changes(ClinicId clinic) {
        return changesOf(clinic).size();
    }

    private List<Checkpoint> changesOf(ClinicId clinic) {
        return saves.stream()
                .flatMap(save -> save.changes.stream())
                .filter(change -> change.clinic().equals(clinic))
                .toList();
    }

    private Instant asOf(ClinicId clinic) {
        int shard = saves.stream()
                .filter(save ->
                        save.changes.stream().anyMatch(change -> change.clinic().equals(clinic)))
                .findFirst()
                .orElseThrow()
                .shard;
        Instant own = newest(clinic).asOf();
        Instant ofShard = saves.stream()
                .filter(save -> save.shard == shard)
                .map(save -> save.asOf)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant wake = Instant.ofEpochMilli(newest(clinic).wakeAt());
        return !ofShard.isAfter(own) ? own : ofShard.isBefore(wake) ? ofShard : wake.minusMillis(1);
    }

    private Checkpoint newest(ClinicId clinic) {
        List<Checkpoint> changes = changesOf(clinic);
        return changes.get(changes.size() - 1);
    }

    @Nullable
    Checkpoint load(ClinicId clinic) {
        if (changes(clinic) == 0) {
            return null;
        }
        Checkpoint newest = newest(clinic);
        List<Fact> ahead = newest.ahead();
        return new Checkpoint(
                clinic,
                newest.fingerprint(),
                newest.position(),
                asOf(clinic),
                newest.newest(),
                newest.wakeAt(),
                true,
                days(clinic),
                entities(clinic),
                ahead);
    }

    /** Those that have cells. */
    Map<Long, byte[]> days(ClinicId clinic) {
        Map<Long, byte[]> days = new TreeMap<>();
        for (Checkpoint change : changesOf(clinic)) {
            if (change.whole()) {
                days.clear();
            }
            days.putAll(change.days());
        }
        days.values().removeIf(cells -> cells.length == 0);
        return days;
    }

    private List<StoredEntity> entities(ClinicId clinic) {
        Map<EntityKey, StoredEntity> entities = new HashMap<>();
        for (Checkpoint change : changesOf(clinic)) {
            if (change.whole()) {
                entities.clear();
            }
            change.entities().forEach(entity -> entities.put(entity.key(), entity));
        }
        return entities.values().stream().filter(entity -> !entity.isGone()).toList();
    }

    /** Whether the clinic was saved whole after so many changes of it. */
    boolean isWholeSince(ClinicId clinic, int changes) {
        return changesOf(clinic).stream().skip(changes).anyMatch(Checkpoint::whole);
    }

    /** What the days are now that changes after so many have named; empty for one without cells. */
    Map<Long, byte[]> daysSince(ClinicId clinic, int changes) {
        Map<Long, byte[]> now = days(clinic);
        Map<Long, byte[]> found = new TreeMap<>();
        changesOf(clinic).stream()
                .skip(changes)
                .flatMap(change -> change.days().keySet().stream())
                .forEach(day -> found.put(day, now.getOrDefault(day, new byte[0])));
        return found;
    }

    int active(ClinicId clinic, Duration window) {
        long after = asOf(clinic).minus(window).toEpochMilli();
        return (int) entities(clinic).stream()
                .map(StoredEntity::openMessageAt)
                .filter(messageAt -> messageAt != null && messageAt > after)
                .count();
    }

    Map<ClinicId, Standing> standings() {
        Map<ClinicId, Standing> standings = new HashMap<>();
        saves.forEach(save -> save.changes.forEach(change -> standings.put(
                change.clinic(), new Standing(change.fingerprint(), change.position(), change.wakeAt()))));
        return standings;
    }
}
