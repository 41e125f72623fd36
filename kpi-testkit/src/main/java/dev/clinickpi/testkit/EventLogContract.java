package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.EventLog.Outcome;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventLog} must hold. A test class of the implementation implements this interface and inherits its tests.
 *
 * <pre>{@code
 * class JdbcEventLogTest implements EventLogContract {
 *     public EventLog newLog() {
 *         return JdbcEventLog.open(emptyDatabase());
 *     }
 * }
 * }</pre>
 */
public interface EventLogContract extends EventLogErasureContract {

    /** An empty log. */
    @Override
    EventLog newLog();

    /** The same log as a process finds it that starts later: another instance over the same store, if the log outlives its process. */
    @Override
    default EventLog reopen(EventLog log) {
        return log;
    }

    /** The first delivery is accepted, every other a duplicate. */
    @Test
    default void aFactIsStoredOnceHoweverOftenItCame() {
        EventLog log = newLog();
        Fact fact = score("e1", 4);

        assertThat(log.append(List.of(fact)).outcomes()).containsExactly(Outcome.ACCEPTED);
        assertThat(log.append(List.of(score("e1", 4))).outcomes()).containsExactly(Outcome.DUPLICATE);
        assertThat(log.append(List.of(fact, fact)).outcomes()).containsExactly(Outcome.DUPLICATE, Outcome.DUPLICATE);

        assertThat(read(log, Samples.SOL)).containsExactly(fact);
    }

    /** Other content under a known id changes nothing. */
    @Test
    default void theFirstContentUnderAnIdStays() {
        EventLog log = newLog();
        log.append(List.of(score("e1", 4)));

        assertThat(log.append(List.of(score("e1", 5))).outcomes()).containsExactly(Outcome.CONFLICT);
        assertThat(read(log, Samples.SOL)).containsExactly(score("e1", 4));
        assertThat(log.append(List.of(score("e1", 4))).outcomes()).containsExactly(Outcome.DUPLICATE);

        assertThat(read(log, Samples.SOL)).containsExactly(score("e1", 4));
    }

    /** What is appended together is judged in its order, each by those before it. */
    @Test
    default void outcomesStandInTheOrderOfTheFacts() {
        EventLog log = newLog();
        log.append(List.of(score("old", 1)));

        List<Outcome> outcomes = log.append(
                        List.of(score("new", 2), score("old", 1), score("new", 3), score("new", 2), score("old", 5)))
                .outcomes();

        assertThat(outcomes)
                .containsExactly(
                        Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.CONFLICT, Outcome.DUPLICATE, Outcome.CONFLICT);
        assertThat(read(log, Samples.SOL)).containsExactlyInAnyOrder(score("old", 1), score("new", 2));
    }

    /** Nothing in, nothing out. */
    @Test
    default void nothingIsNothing() {
        EventLog log = newLog();

        assertThat(log.append(List.of()).outcomes()).isEmpty();
        assertThat(log.ends()).isEmpty();
        assertThat(log.read(Samples.SOL.id(), 3, (position, fact) -> {})).isEqualTo(3);
        assertThat(read(log, Samples.SOL)).isEmpty();
    }

    /** An id is unique in its clinic only, and reading one clinic hands over nothing of another. */
    @Test
    default void clinicsAreKeptApart() {
        EventLog log = newLog();
        Fact ofSol = numbered("7", Samples.SOL, 1);
        Fact ofMar = numbered("7", Samples.MAR, 5);
        assertThat(ofMar.id()).isEqualTo(ofSol.id());

        assertThat(log.append(List.of(ofSol, ofMar)).outcomes()).containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED);

        assertThat(read(log, Samples.SOL)).containsExactly(ofSol);
        assertThat(read(log, Samples.MAR)).containsExactly(ofMar);
        assertThat(read(log, Samples.clinic("luna"))).isEmpty();
    }

    /** A pseudonym may be any 64 bits. */
    @Test
    default void everyIdIsAnId() {
        EventLog log = newLog();
        List<Fact> facts = new ArrayList<>();
        for (long id : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, (1L << 53) + 1}) {
            facts.add(numbered(Long.toString(id), Samples.SOL, 3));
        }

        assertThat(log.append(facts).outcomes()).containsOnly(Outcome.ACCEPTED);

        assertThat(read(log, Samples.SOL)).containsExactlyInAnyOrderElementsOf(facts);
    }

    /** Facts of every type come back as they went in, and still do in the next process. */
    @Test
    default void everyFieldOfEveryTypeIsKept() {
        EventLog log = newLog();
        List<Fact> facts = new ArrayList<>();
        for (KpiEvent event : Samples.ofEveryType(Samples.SOL, "")) {
            facts.add(new PlainGate().admit(event, Samples.SOL));
        }
        log.append(facts);

        assertThat(read(log, Samples.SOL)).containsExactlyInAnyOrderElementsOf(facts);
        EventLog later = reopen(log);
        assertThat(read(later, Samples.SOL)).containsExactlyInAnyOrderElementsOf(facts);
        assertThat(later.append(facts).outcomes()).containsOnly(Outcome.DUPLICATE);
    }

    /** By entity comes exactly what bears its id, of its kind and clinic, and still does in the next process. */
    @Test
    default void anEntitysFactsAreFoundByItsKey() {
        EventLog log = newLog();
        List<Fact> early = List.of(numbered("1", Samples.SOL, 1), onboarding("2", Samples.SOL));
        List<Fact> late = List.of(numbered("3", Samples.SOL, 2), numbered("1", Samples.MAR, 1));
        log.append(early);
        assertThat(read(log, Samples.SOL, EntityKey.conversation(1))).containsExactly(early.get(0));
        log.append(late);

        for (EventLog each : List.of(log, reopen(log))) {
            assertThat(read(each, Samples.SOL, EntityKey.conversation(1)))
                    .containsExactlyInAnyOrder(early.get(0), late.get(0));
            assertThat(read(each, Samples.SOL, EntityKey.patient(1)))
                    .containsExactlyInAnyOrder(early.get(0), early.get(1), late.get(0));
            assertThat(read(each, Samples.MAR, EntityKey.patient(1))).containsExactly(late.get(1));
            assertThat(read(each, Samples.SOL, EntityKey.appointment(1))).isEmpty();
            assertThat(read(each, Samples.SOL, EntityKey.patient(2))).isEmpty();
        }
    }

    /** Whatever its type, a fact is found by each entity that it bears the id of. */
    @Test
    default void everyFactIsFoundByEachOfItsEntities() {
        EventLog log = newLog();
        List<Fact> facts = new ArrayList<>();
        for (KpiEvent event : Samples.ofEveryType(Samples.SOL, "")) {
            facts.add(new PlainGate().admit(event, Samples.SOL));
        }
        log.append(facts);

        for (Fact fact : facts) {
            for (EntityKey entity : fact.entities()) {
                assertThat(read(log, Samples.SOL, entity)).contains(fact).doesNotHaveDuplicates();
            }
        }
    }

    /** The services that a text named are kept, though they are no part of what makes a delivery a duplicate. */
    @Test
    default void theServicesOfTheFirstDeliveryStay() {
        EventLog log = newLog();
        KpiEvent message = Samples.message("e1", Samples.SOL, "c1", "p1", "un implante dental");
        Clinic withoutCatalogue = Samples.clinic("sol");
        log.append(List.of(new PlainGate().admit(message, Samples.SOL)));

        assertThat(log.append(List.of(new PlainGate().admit(message, withoutCatalogue)))
                        .outcomes())
                .containsExactly(Outcome.DUPLICATE);

        Fact.Message kept = (Fact.Message) read(reopen(log), Samples.SOL).get(0);
        assertThat(kept.services()).containsExactly(Samples.IMPLANTS.id());
    }

    /** Many threads that deliver the same facts in orders of their own store each once, and each is accepted by one of them. */
    @Test
    default void appendsAtOnceStoreEachOnce() throws Exception {
        EventLog log = newLog();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            facts.add(score("e" + i, 1 + i % 5));
        }

        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (List<Outcome> ofOne : Threads.atOnce(8, thread -> appendShuffled(log, facts, thread))) {
            ofOne.forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        }

        assertThat(outcomes).containsOnly(Map.entry(Outcome.ACCEPTED, 500), Map.entry(Outcome.DUPLICATE, 7 * 500));
        assertThat(read(log, Samples.SOL)).containsExactlyInAnyOrderElementsOf(facts);
    }

    /** Of different contents that race for one id one wins, the others are conflicts, and the winner is what is read. */
    @Test
    default void ofContentsThatRaceForAnIdOneStays() throws Exception {
        EventLog log = newLog();

        List<List<Outcome>> outcomes = Threads.atOnce(
                5, thread -> log.append(List.of(score("e1", 1 + thread))).outcomes());

        int winner = outcomes.indexOf(List.of(Outcome.ACCEPTED));
        assertThat(outcomes).filteredOn(List.of(Outcome.CONFLICT)::equals).hasSize(4);
        assertThat(read(log, Samples.SOL)).containsExactly(score("e1", 1 + winner));
    }

    /** Positions count from 0 without gaps, in the order of acceptance, each clinic's by themselves, and go on in the next process. */
    @Test
    default void theFactsOfAClinicStandInOrder() {
        EventLog log = newLog();
        EventLog.Appended first =
                log.append(List.of(score("a", 1), numbered("7", Samples.MAR, 2), score("b", 2), score("a", 1)));
        EventLog.Appended nothing = log.append(List.of(score("b", 2)));
        EventLog.Appended second = reopen(log).append(List.of(score("a", 1), score("c", 3), score("b", 3)));

        assertThat(first.ends()).containsOnly(Map.entry(Samples.SOL.id(), 2L), Map.entry(Samples.MAR.id(), 1L));
        assertThat(first.first(Samples.SOL.id(), 2)).isZero();
        assertThat(nothing.ends()).isEmpty();
        assertThat(second.ends()).containsOnly(Map.entry(Samples.SOL.id(), 3L));
        for (EventLog each : List.of(log, reopen(log))) {
            Map<Long, Fact> inOrder = new LinkedHashMap<>();
            assertThat(each.read(Samples.SOL.id(), 0, inOrder::put)).isEqualTo(3);
            assertThat(inOrder)
                    .containsExactly(
                            Map.entry(0L, score("a", 1)), Map.entry(1L, score("b", 2)), Map.entry(2L, score("c", 3)));
            assertThat(read(each, Samples.SOL, 1)).containsExactly(score("b", 2), score("c", 3));
            assertThat(read(each, Samples.SOL, 3)).isEmpty();
            assertThat(each.ends()).containsOnly(Map.entry(Samples.SOL.id(), 3L), Map.entry(Samples.MAR.id(), 1L));
        }
    }

    /** Entities that are asked for together give each fact once, at its position, whichever of them it bears. */
    @Test
    default void entitiesAreReadTogether() {
        EventLog log = newLog();
        List<Fact> facts = List.of(numbered("1", Samples.SOL, 1), onboarding("2", Samples.SOL), score("x", 2));
        log.append(facts);
        Map<Long, Fact> found = new HashMap<>();

        log.read(
                Samples.SOL.id(),
                Set.of(EntityKey.conversation(1), EntityKey.patient(1), EntityKey.appointment(1)),
                (position, fact) -> assertThat(found.put(position, fact)).isNull());

        assertThat(found).containsOnly(Map.entry(0L, facts.get(0)), Map.entry(1L, facts.get(1)));
        assertThat(read(log, Samples.SOL, new EntityKey[0])).isEmpty();
    }

    /** Whoever reads on from where it stopped misses nothing and gets nothing twice, however many append meanwhile. */
    @Test
    default void whoeverReadsOnMissesNothing() throws Exception {
        EventLog log = newLog();
        int writers = 4;
        int each = 60;

        List<List<Fact>> seen = Threads.atOnce(writers + 2, thread -> {
            if (thread < writers) {
                for (int i = 0; i < each; i += 3) {
                    int n = i;
                    log.append(IntStream.range(n, n + 3)
                            .mapToObj(k -> score(thread + "-" + k, 1))
                            .toList());
                }
                return List.of();
            }
            return follow(log, writers * each);
        });

        List<Fact> whole = read(log, Samples.SOL);
        assertThat(whole).hasSize(writers * each).doesNotHaveDuplicates();
        assertThat(seen.subList(writers, writers + 2)).allMatch(whole::equals);
    }

    private static List<Fact> follow(EventLog log, int facts) {
        List<Fact> seen = new ArrayList<>();
        long next = 0;
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (seen.size() < facts && System.nanoTime() < patience) {
            next = log.read(Samples.SOL.id(), next, (position, fact) -> seen.add(fact));
        }
        return seen;
    }

    /** A read hands over a fact at most once and none that was not appended, whatever arrives meanwhile. */
    @Test
    default void aReadDuringAppendsSeesEachFactAtMostOnce() throws Exception {
        EventLog log = newLog();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            facts.add(score("e" + i, 3));
        }
        List<Fact> before = facts.subList(0, 100);
        log.append(before);

        List<List<Fact>> seen = Threads.atOnce(4, thread -> {
            if (thread == 0) {
                facts.forEach(fact -> log.append(List.of(fact)));
            }
            return read(log, Samples.SOL);
        });

        for (List<Fact> each : seen) {
            assertThat(each).doesNotHaveDuplicates().containsAll(before);
            assertThat(facts).containsAll(each);
        }
    }

    private static List<Outcome> appendShuffled(EventLog log, List<Fact> facts, int thread) {
        List<Fact> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, new Random(thread));
        List<Outcome> outcomes = new ArrayList<>();
        int batch = 1 + thread * 7;
        for (int from = 0; from < shuffled.size(); from += batch) {
            outcomes.addAll(log.append(shuffled.subList(from, Math.min(from + batch, shuffled.size())))
                    .outcomes());
        }
        return outcomes;
    }

    private static List<Fact> read(EventLog log, Clinic clinic) {
        return read(log, clinic, 0);
    }

    private static List<Fact> read(EventLog log, Clinic clinic, long from) {
        List<Fact> facts = Collections.synchronizedList(new ArrayList<>());
        log.read(clinic.id(), from, (position, fact) -> facts.add(fact));
        return facts;
    }

    private static List<Fact> read(EventLog log, Clinic clinic, EntityKey... entities) {
        List<Fact> facts = Collections.synchronizedList(new ArrayList<>());
        log.read(clinic.id(), Set.of(entities), (position, fact) -> facts.add(fact));
        return facts;
    }

    private static Fact onboarding(String id, Clinic clinic) {
        return new NumberGate().admit(new KpiEvent.PatientOnboarded(id, clinic.id(), Samples.AT, "1"), clinic);
    }

    private static Fact numbered(String id, Clinic clinic, int score) {
        return new NumberGate().admit(new KpiEvent.CsatSubmitted(id, clinic.id(), Samples.AT, "1", "1", score), clinic);
    }

    private static Fact score(String id, int score) {
        return new PlainGate().admit(Samples.csat(id, Samples.SOL, score), Samples.SOL);
    }
}
