package dev.clinickpi.jdbc;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.FactCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Facts that a transaction appends under one setting of its scope, and what becomes of each. */
final class FactBatch {

    private final Scope scope;
    private final List<Fact> facts;
    private final List<Integer> places;
    private final Map<ClinicId, Integer> clinicNos;
    private final @Nullable Outcome[] outcomes;

    private FactBatch(
            Scope scope,
            List<Fact> facts,
            List<Integer> places,
            Map<ClinicId, Integer> clinicNos,
            @Nullable Outcome[] outcomes) {
        this.scope = scope;
        this.facts = facts;
        this.places = places;
        this.clinicNos = clinicNos;
        this.outcomes = outcomes;
    }

    /**
     * Facts in as few batches as their scopes allow, in the order of the clinics' numbers.
     *
     * @param clinicNos of every clinic that there is a fact of
     * @param outcomes takes what becomes of each fact, at its place
     * @param spanning whether one batch may be of several clinics
     */
    static List<FactBatch> of(
            List<Fact> facts, Map<ClinicId, Integer> clinicNos, @Nullable Outcome[] outcomes, boolean spanning) {
        if (spanning && clinicNos.size() > 1) {
            List<Integer> all = IntStream.range(0, facts.size()).boxed().toList();
            return List.of(new FactBatch(Scope.everyClinic(), facts, all, clinicNos, outcomes));
        }
        SortedMap<Integer, FactBatch> batches = new TreeMap<>();
        for (int place = 0; place < facts.size(); place++) {
            ClinicId clinic = facts.get(place).clinic();
            batches.computeIfAbsent(
                            Objects.requireNonNull(clinicNos.get(clinic)),
                            number -> new FactBatch(Scope.of(clinic), facts, new ArrayList<>(), clinicNos, outcomes))
                    .places
                    .add(place);
        }
        return List.copyOf(batches.values());
    }

    /** What a transaction is to be begun for that appends facts of some clinics. */
    static Scope scopeOf(Set<ClinicId> clinics, boolean spanning) {
        if (clinics.size() == 1) {
            return Scope.of(clinics.iterator().next());
        }
        return spanning ? Scope.everyClinic() : Scope.noClinic();
    }

    Scope scope() {
        return scope;
    }

    /** Turns away what is dated before an instant. */
    void refuseBefore(long floor) {
        for (int place : places) {
            if (facts.get(place).at() < floor) {
                outcomes[place] = Outcome.TOO_LATE;
            }
        }
    }

    /** The facts that nothing is decided of yet, by the number of their clinic. */
    SortedMap<Integer, List<Fact>> open() {
        SortedMap<Integer, List<Fact>> open = new TreeMap<>();
        for (int place : places) {
            if (outcomes[place] == null) {
                Fact fact = facts.get(place);
                open.computeIfAbsent(clinicNo(fact), clinic -> new ArrayList<>())
                        .add(fact);
            }
        }
        return open;
    }

    /** Turns away what is of somebody who was erased. */
    void refuse(int clinicNo, Set<Long> events) {
        for (int place : places) {
            Fact fact = facts.get(place);
            if (outcomes[place] == null && clinicNo(fact) == clinicNo && events.contains(fact.id())) {
                outcomes[place] = Outcome.ERASED;
            }
        }
    }

    /**
     * The events that nothing is known of yet, each with the places that it is at, in one order for all who append: two who wait for each other's events
     * would wait for ever.
     */
    SortedMap<EventKey, List<Integer>> undecided() {
        SortedMap<EventKey, List<Integer>> undecided = new TreeMap<>();
        for (int place : places) {
            if (outcomes[place] == null) {
                Fact fact = facts.get(place);
                undecided
                        .computeIfAbsent(new EventKey(clinicNo(fact), fact.id()), key -> new ArrayList<>(1))
                        .add(place);
            }
        }
        return undecided;
    }

    long digest(int place) {
        return FactCodec.digest(facts.get(place));
    }

    void became(int place, Outcome outcome) {
        outcomes[place] = outcome;
    }

    /** The facts that are new, by the number of their clinic, each clinic's in the order that they were handed over in. */
    SortedMap<Integer, List<Fact>> accepted() {
        SortedMap<Integer, List<Fact>> accepted = new TreeMap<>();
        for (int place : places) {
            if (outcomes[place] == Outcome.ACCEPTED) {
                Fact fact = facts.get(place);
                accepted.computeIfAbsent(clinicNo(fact), clinic -> new ArrayList<>())
                        .add(fact);
            }
        }
        return accepted;
    }

    private int clinicNo(Fact fact) {
        return Objects.requireNonNull(clinicNos.get(fact.clinic()));
    }
}
