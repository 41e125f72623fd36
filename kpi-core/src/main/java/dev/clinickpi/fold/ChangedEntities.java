package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.store.StoredEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which entities may have changed since a store was last told of them. Nothing is noted before it is told of all. */
final class ChangedEntities {

    private @Nullable Set<Entity> changed;

    void note(Entity entity) {
        if (changed != null) {
            changed.add(entity);
        }
    }

    /** Begins to note, for a store that has been told of all. */
    void begin() {
        changed = new LinkedHashSet<>();
    }

    /** Ceases to note. */
    void end() {
        changed = null;
    }

    /** Those of all entities that time may still change. */
    List<StoredEntity> takeAll(Collection<EntityTable<? extends Entity>> tables) {
        begin();
        List<StoredEntity> open = new ArrayList<>();
        for (EntityTable<? extends Entity> table : tables) {
            table.forEach(entity -> {
                entity.keep(!entity.isSettled());
                if (entity.isKept()) {
                    open.add(stored(entity));
                }
            });
        }
        return open;
    }

    /**
     * What has become of those that were noted. One that was let go may have been recalled since: who is in memory then counts, in whatever order the two were
     * noted.
     */
    Collection<StoredEntity> take(Function<EntityKey, @Nullable Entity> inMemory) {
        Map<EntityKey, StoredEntity> taken = new LinkedHashMap<>();
        if (changed != null) {
            for (Entity entity : changed) {
                Entity present = inMemory.apply(entity.id());
                if (present != null && !present.isSettled()) {
                    taken.put(entity.id(), stored(present));
                    present.keep(true);
                } else if (entity.isKept()) {
                    taken.put(entity.id(), StoredEntity.gone(entity.id()));
                }
            }
            changed.forEach(entity -> entity.keep(!entity.isSettled()));
            begin();
        }
        return taken.values();
    }

    private static StoredEntity stored(Entity entity) {
        return new StoredEntity(entity.id(), EntityCodec.encode(entity), entity.openMessageAt());
    }
}
