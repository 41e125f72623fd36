package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of entities that are to be recalled: read from the log for all that a batch of news will need, in two rounds, and one by one where that did not
 * foresee it.
 */
final class Recalls {

    private static final int BATCH = 1_000;

    private final @Nullable History history;
    private final Map<EntityKey, List<At>> read = new HashMap<>();
    private final Set<EntityKey> lost = new HashSet<>();

    Recalls(@Nullable History history) {
        this.history = history;
    }

    /** @throws IllegalStateException if there is nothing to recall entities from */
    void requirePossible() {
        if (history == null) {
            throw new IllegalStateException("A fold without a history cannot recall what it lets go");
        }
    }

    /**
     * Does something for each of a list in turn, with what that recalls read for many at a time.
     *
     * @param needs the entities that one of them may have recalled
     * @param isAbsent whether an entity would have to be recalled
     */
    <T> void forEach(
            List<T> all, Function<T, Collection<EntityKey>> needs, Predicate<EntityKey> isAbsent, Consumer<T> step) {
        for (int from = 0; from < all.size(); from += BATCH) {
            List<T> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            prepare(batch, needs, isAbsent);
            batch.forEach(step);
            clear();
        }
    }

    /**
     * Reads what will be recalled for some news: first the entities that it needs, then the appointments that those are named by, and whom an appointment among
     * them will tell.
     *
     * @param needs the entities of one, the ids that a fact bears, say
     * @param isAbsent whether an entity would have to be recalled
     */
    <T> void prepare(List<T> news, Function<T, Collection<EntityKey>> needs, Predicate<EntityKey> isAbsent) {
        if (history == null) {
            return;
        }
        Set<EntityKey> direct = absent(news, needs, isAbsent);
        if (!direct.isEmpty()) {
            read(direct);
            List<Fact> named = new ArrayList<>();
            read.values()
                    .forEach(facts -> facts.forEach(each -> {
                        if (each.fact instanceof Fact.Appointment) {
                            named.add(each.fact);
                        }
                    }));
            Set<EntityKey> indirect = absent(named, Fact::entities, isAbsent);
            indirect.removeAll(direct);
            if (!indirect.isEmpty()) {
                read(indirect);
            }
        }
    }

    private static <T> Set<EntityKey> absent(
            List<T> all, Function<T, Collection<EntityKey>> needs, Predicate<EntityKey> isAbsent) {
        Set<EntityKey> absent = new HashSet<>();
        for (T each : all) {
            for (EntityKey key : needs.apply(each)) {
                if (isAbsent.test(key)) {
                    absent.add(key);
                }
            }
        }
        return absent;
    }

    /** Every fact of an entity that the log has, folded or not; null when it no longer has all. To be asked for once: it may go on changing. */
    @Nullable
    List<At> take(EntityKey key) {
        if (!read.containsKey(key)) {
            read(Set.of(key));
        }
        List<At> facts = read.remove(key);
        return lost.remove(key) ? null : facts;
    }

    /** Has facts of an entity ready to be taken, which need not be read then. */
    void offer(EntityKey key, List<At> facts) {
        read.put(key, new ArrayList<>(facts));
    }

    /** Reads facts of entities, to be recalled or not; gives those of the entities that facts of were forgotten. */
    Set<EntityKey> read(Set<EntityKey> keys, EventLog.Reader reader) {
        requirePossible();
        return history == null || keys.isEmpty() ? Set.of() : history.read(keys, reader);
    }

    /** Forgets what was read and not taken. */
    void clear() {
        read.clear();
        lost.clear();
    }

    private void read(Set<EntityKey> keys) {
        requirePossible();
        keys.forEach(key -> read.put(key, new ArrayList<>()));
        if (history != null) {
            lost.addAll(history.read(keys, (position, fact) -> {
                for (EntityKey key : fact.entities()) {
                    List<At> facts = keys.contains(key) ? read.get(key) : null;
                    if (facts != null) {
                        facts.add(new At(position, fact));
                    }
                }
            }));
        }
    }

    /** A fact and where it stands. */
    record At(long position, Fact fact) {}
}
