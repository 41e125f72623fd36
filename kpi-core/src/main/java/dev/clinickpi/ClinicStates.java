package dev.clinickpi;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.store.CellStore;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The clinics of an engine under its reference data: what is folded of each, or where an engine that only answers reads it. */
final class ClinicStates {

    private final Folding folding;
    private final Function<ClinicId, Shard> shards;
    private final boolean queriesOnly;
    private final ConcurrentMap<ClinicId, ClinicState> states = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClinicId, ReadClinic> readClinics = new ConcurrentHashMap<>();
    private volatile ClinicDirectory directory;

    ClinicStates(ClinicDirectory directory, Folding folding, Function<ClinicId, Shard> shards, boolean queriesOnly) {
        this.directory = directory;
        this.folding = folding;
        this.shards = shards;
        this.queriesOnly = queriesOnly;
        addMissing(directory);
    }

    private void addMissing(ClinicDirectory reference) {
        if (!queriesOnly) {
            reference
                    .clinics()
                    .keySet()
                    .forEach(clinic -> states.computeIfAbsent(
                            clinic, id -> new ClinicState(id, reference, shards.apply(id), folding)));
        }
    }

    void load() {
        states.values().forEach(ClinicState::load);
    }

    ClinicDirectory directory() {
        return directory;
    }

    /** What is folded of a clinic; null when there is no such clinic, or nothing is folded here. */
    @Nullable
    ClinicState state(ClinicId clinic) {
        return states.get(clinic);
    }

    /** Where a clinic's moments come from; null when there is no such clinic. */
    ClinicMoment.@Nullable Source source(ClinicId clinic) {
        if (!queriesOnly) {
            return states.get(clinic);
        }
        CellStore store = folding.store();
        return store == null || directory.clinic(clinic).isEmpty()
                ? null
                : readClinics.computeIfAbsent(clinic, id -> new ReadClinic(id, store, folding, this::directory));
    }

    /** Changes all clinics or none: what can fail is done before the first of them changes. By one thread at a time. */
    void replaceDirectory(ClinicDirectory next) {
        List<Runnable> changes = states.values().stream()
                .filter(state -> next.clinic(state.id()).isPresent())
                .map(state -> state.prepare(next))
                .toList();
        changes.forEach(Runnable::run);
        addMissing(next);
        directory = next;
        states.values().removeIf(state -> {
            boolean gone = next.clinic(state.id()).isEmpty();
            if (gone) {
                state.leave();
            }
            return gone;
        });
    }
}
