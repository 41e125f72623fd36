package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entities of one kind by keyed id, those in memory and those that were let go, of which 12 bytes stay: the key and a note that
 * all share. Open addressing with linear probing; keys are pseudonyms, but are spread once more (Knuth's multiplicative
 * hashing) since a gate may give any. An entry is never removed, so there is nothing to mark as deleted.
 */
final class EntityTable<E extends Entity> {

    private static final int FIRST_CAPACITY = 16;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private static final LetGo LET_GO = new LetGo();

    private final EntityKey.Kind kind;
    private final LongFunction<E> begin;
    private long[] keys = new long[FIRST_CAPACITY];
    private @Nullable Entry[] entries = new @Nullable Entry[FIRST_CAPACITY];
    private int size;
    private int inMemory;

    /**
     * No entities.
     *
     * @param begin makes one of no facts
     */
    EntityTable(EntityKey.Kind kind, LongFunction<E> begin) {
        this.kind = kind;
        this.begin = begin;
    }

    EntityKey.Kind kind() {
        return kind;
    }

    /** The entity in memory; null when there is none or it was let go. */
    @Nullable
    E inMemory(long key) {
        return entity(entries[place(key)]);
    }

    /** Whether there is one that was let go. */
    boolean isLetGo(long key) {
        return entries[place(key)] instanceof LetGo;
    }

    /** Takes in an entity of no facts, in the place of one that was let go, if any. */
    E begin(long key) {
        E entity = begin.apply(key);
        int place = place(key);
        if (entries[place] == null) {
            size++;
        }
        keys[place] = key;
        entries[place] = entity;
        inMemory++;
        if (3 * size > 2 * keys.length) {
            grow();
        }
        return entity;
    }

    /** How many are in memory. */
    int inMemory() {
        return inMemory;
    }

    /** Lets go of the entities in memory that a condition holds for; gives how many. */
    int letGo(Predicate<? super E> condition) {
        int before = inMemory;
        for (int place = 0; place < entries.length; place++) {
            E entity = entity(entries[place]);
            if (entity != null && condition.test(entity)) {
                entries[place] = LET_GO;
                inMemory--;
            }
        }
        return before - inMemory;
    }

    /** Lets go of an entity; gives null, for there is none any more. */
    @Nullable
    E letGo(E entity) {
        entries[place(entity.key)] = LET_GO;
        inMemory--;
        return null;
    }

    void forEach(Consumer<? super E> consumer) {
        for (Entry entry : entries) {
            E entity = entity(entry);
            if (entity != null) {
                consumer.accept(entity);
            }
        }
    }

    /** Only {@link #begin} puts entities in, and those are of this kind. */
    @SuppressWarnings("unchecked")
    private @Nullable E entity(@Nullable Entry entry) {
        return entry instanceof Entity ? (E) entry : null;
    }

    /** How much memory it takes beside the entities, in bytes. */
    long bytes() {
        return (long) keys.length * (Long.BYTES + Integer.BYTES);
    }

    /** Where a key is, or where it would go. */
    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) ((key * SPREAD) >>> Integer.SIZE) & mask;
        while (entries[place] != null && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Entry[] oldEntries = entries;
        keys = new long[2 * oldKeys.length];
        entries = new @Nullable Entry[keys.length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldEntries[old] != null) {
                int place = place(oldKeys[old]);
                keys[place] = oldKeys[old];
                entries[place] = oldEntries[old];
            }
        }
    }

    /** An entity, or the note of one that was let go. */
    abstract static sealed class Entry permits Entity, LetGo {}

    /** Stands where an entity was let go. */
    private static final class LetGo extends Entry {}
}
