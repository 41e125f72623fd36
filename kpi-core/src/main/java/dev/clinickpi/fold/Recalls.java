package dev.clinickpi.fold;

import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of entities that are to be recalled: read from the log for all that a batch of news will need, in two rounds, and one by one where that did not
 * foresee it.
 */
final class Recalls {

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
     * Reads what will be recalled for some facts: first of the entities that they bear the ids of, then of the appointments that those are named by, and of
     * whom an appointment among them will tell.
     *
     * @param isAbsent whether an entity would have to be recalled
     */
    void prepare(List<Fact> news, Predicate<EntityKey> isAbsent) {
        if (history == null) {
            return;
        }
        Set<EntityKey> direct = absent(news, isAbsent);
        if (!direct.isEmpty()) {
            read(direct);
            List<Fact> named = new ArrayList<>();
            read.values()
                    .forEach(facts -> facts.forEach(each -> {
                        if (each.fact instanceof Fact.Appointment) {
                            named.add(each.fact);
                        }
                    }));
            Set<EntityKey> indirect = absent(named, isAbsent);
            indirect.removeAll(direct);
            if (!indirect.isEmpty()) {
                read(indirect);
            }
        }
    }

    private static Set<EntityKey> absent(List<Fact> facts, Predicate<EntityKey> isAbsent) {
        Set<EntityKey> absent = new HashSet<>();
        for (Fact fact : facts) {
            for (EntityKey key : fact.entities()) {
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
