package dev.clinickpi;

import dev.clinickpi.cell.CellCodec;
import dev.clinickpi.cell.Cells;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.Fact;
import dev.clinickpi.store.Checkpoint;
import dev.clinickpi.store.StoredEntity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a clinic is to be kept, taken under the lock of its shard, which a writer waits for; turned into bytes behind it.
 *
 * @param whole whether the days are all that have cells, whatever {@code changedDays} says
 * @param cells never change
 */
record Captured(
        ClinicId clinic,
        String fingerprint,
        long position,
        Instant asOf,
        long newest,
        long wakeAt,
        boolean whole,
        Cells cells,
        Set<Long> changedDays,
        Collection<StoredEntity> entities,
        List<Fact> ahead) {

    boolean hasChanges() {
        return !changedDays.isEmpty() || !entities.isEmpty();
    }

    Checkpoint toCheckpoint() {
        Map<Long, byte[]> days = new HashMap<>();
        for (long day : whole ? allDays() : changedDays) {
            days.put(day, CellCodec.encodeDay(cells, day));
        }
        return new Checkpoint(
                clinic, fingerprint, position, asOf, newest, wakeAt, whole, days, List.copyOf(entities), ahead);
    }

    private Set<Long> allDays() {
        Set<Long> days = new HashSet<>();
        cells.forEach((key, cell) -> days.add(CellCodec.dayOf(key.slice())));
        return days;
    }
}
