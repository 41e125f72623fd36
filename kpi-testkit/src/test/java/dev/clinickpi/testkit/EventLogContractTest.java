package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A kit is worth what it catches: each of these logs breaks the contract in one way, and the test that says so fails. */
class EventLogContractTest {

    private record Broken(String how, Supplier<EventLog> log, KitTest caughtBy) {}

    private interface KitTest {
        void run(EventLogContract kit) throws Throwable;
    }

    @TestFactory
    Stream<DynamicTest> catchesALogThat() {
        return Stream.of(
                        new Broken(
                                "does not know what it has",
                                () -> new Keyed(fact -> new Object()),
                                EventLogContract::aFactIsStoredOnceHoweverOftenItCame),
                        new Broken(
                                "lets the last content stay",
                                LastStays::new,
                                EventLogContract::theFirstContentUnderAnIdStays),
                        new Broken(
                                "lets the last services stay",
                                LastStays::new,
                                EventLogContract::theServicesOfTheFirstDeliveryStay),
                        new Broken(
                                "sorts its outcomes",
                                SortsOutcomes::new,
                                EventLogContract::outcomesStandInTheOrderOfTheFacts),
                        new Broken(
                                "takes ids for unique over all clinics",
                                () -> new Keyed(Fact::id),
                                EventLogContract::clinicsAreKeptApart),
                        new Broken(
                                "cuts ids to 32 bits",
                                () -> new Keyed(fact -> fact.clinic() + " " + (int) fact.id()),
                                EventLogContract::everyIdIsAnId),
                        new Broken("forgets a type", ForgetsAType::new, EventLogContract::everyFieldOfEveryTypeIsKept),
                        new Broken(
                                "knows what each thread stored only",
                                () -> new Keyed(fact -> Thread.currentThread().getName() + fact.id()),
                                EventLogContract::appendsAtOnceStoreEachOnce),
                        new Broken(
                                "looks before it puts",
                                LooksBeforeItPuts::new,
                                EventLogContract::ofContentsThatRaceForAnIdOneStays),
                        new Broken(
                                "takes entity ids for unique over all kinds",
                                MixesKinds::new,
                                EventLogContract::anEntitysFactsAreFoundByItsKey),
                        new Broken(
                                "counts from 1", CountsFromOne::new, EventLogContract::theFactsOfAClinicStandInOrder),
                        new Broken(
                                "reads from the start whatever it is asked",
                                ReadsFromTheStart::new,
                                EventLogContract::theFactsOfAClinicStandInOrder),
                        new Broken(
                                "gives an end where nothing was accepted",
                                EndsWithDuplicates::new,
                                EventLogContract::theFactsOfAClinicStandInOrder),
                        new Broken(
                                "never learns of an end",
                                EndsAtItsStart::new,
                                EventLogContract::theFactsOfAClinicStandInOrder),
                        new Broken(
                                "reads entities one by one",
                                ReadsOneByOne::new,
                                EventLogContract::entitiesAreReadTogether),
                        new Broken(
                                "keeps what names no patient",
                                ErasesBadly.KeepsTheRest::new,
                                EventLogContract::anErasedPatientIsGone),
                        new Broken(
                                "erases what others share",
                                ErasesBadly.TakesTooMuch::new,
                                EventLogContract::anErasedPatientIsGone),
                        new Broken(
                                "takes the erased in again",
                                ErasesBadly.Forgets::new,
                                EventLogContract::whatWasErasedStaysAway),
                        new Broken(
                                "takes news of the erased in",
                                ErasesBadly.Forgets::new,
                                EventLogContract::newsOfTheErasedIsRefused),
                        new Broken(
                                "says that it sets aside",
                                ErasesBadly.SaysItSetsAside::new,
                                EventLogContract::whatIsSetAsideIsThereForWhoCountsItAndForNobodyElse),
                        new Broken(
                                "erases for all clinics",
                                ErasesBadly.Everywhere::new,
                                EventLogContract::anErasureIsOfOneClinic),
                        new Broken("does not count", ErasesBadly.Forgets::new, EventLogContract::erasuresAreCounted),
                        new Broken(
                                "erases what it has only",
                                ErasesBadly.Forgets::new,
                                EventLogContract::anErasureAmongAppendsMissesNothing),
                        new Broken(
                                "lets a clinic come back",
                                ErasesBadly.Forgets::new,
                                EventLogContract::anErasedClinicIsGone),
                        new Broken(
                                "reads twice",
                                ReadsTwice::new,
                                EventLogContract::aReadDuringAppendsSeesEachFactAtMostOnce))
                .map(broken -> DynamicTest.dynamicTest(broken.how, () -> {
                    EventLogContract kit = broken.log::get;
                    assertThatThrownBy(() -> broken.caughtBy.run(kit)).isInstanceOf(AssertionError.class);
                }));
    }

    /** A log that is right but for the key that it knows facts by. */
    private static class Keyed implements EventLog {

        private final Map<Object, Fact> stored = new LinkedHashMap<>();
        private final Function<Fact, Object> key;

        Keyed(Function<Fact, Object> key) {
            this.key = key;
        }

        @Override
        public synchronized Appended append(List<Fact> facts) {
            List<Outcome> outcomes = new ArrayList<>();
            Map<ClinicId, Long> ends = new HashMap<>();
            for (Fact fact : facts) {
                Fact first = stored.putIfAbsent(key.apply(fact), fact);
                outcomes.add(
                        first == null ? Outcome.ACCEPTED : first.equals(fact) ? Outcome.DUPLICATE : Outcome.CONFLICT);
                if (first == null) {
                    ends.put(fact.clinic(), (long) of(fact.clinic()).size());
                }
            }
            return new Appended(outcomes, ends);
        }

        private synchronized List<Fact> of(ClinicId clinic) {
            return stored.values().stream()
                    .filter(fact -> fact.clinic().equals(clinic))
                    .toList();
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            List<Fact> facts = of(clinic);
            for (long position = from; position < facts.size(); position++) {
                reader.fact(position, facts.get((int) position));
            }
            return Math.max(from, facts.size());
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            read(clinic, 0, (position, fact) -> {
                if (fact.entities().stream().anyMatch(entities::contains)) {
                    reader.fact(position, fact);
                }
            });
            return Set.of();
        }

        @Override
        public Map<ClinicId, Long> ends() {
            Map<ClinicId, Long> ends = new HashMap<>();
            stored.values().forEach(fact -> ends.merge(fact.clinic(), 1L, Long::sum));
            return ends;
        }
    }

    /** Does all as the log in memory does, for others to spoil. */
    private static class Spoiled implements EventLog {

        private final EventLog right = EventLog.inMemory();

        @Override
        public Appended append(List<Fact> facts) {
            return right.append(facts);
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return right.read(clinic, from, reader);
        }

        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            return right.read(clinic, entities, reader);
        }

        @Override
        public Map<ClinicId, Long> ends() {
            return right.ends();
        }
    }

    private static final class MixesKinds extends Spoiled {
        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            Set<EntityKey> mixed = new HashSet<>();
            for (EntityKey.Kind kind : EntityKey.Kind.values()) {
                entities.forEach(entity -> mixed.add(new EntityKey(kind, entity.id())));
            }
            return super.read(clinic, mixed, reader);
        }
    }

    private static final class ReadsOneByOne extends Spoiled {
        @Override
        public Set<EntityKey> read(ClinicId clinic, Set<EntityKey> entities, Reader reader) {
            entities.forEach(entity -> super.read(clinic, Set.of(entity), reader));
            return Set.of();
        }
    }

    private static final class LastStays extends Spoiled {

        private final Map<Long, Fact> last = new LinkedHashMap<>();

        @Override
        public Appended append(List<Fact> facts) {
            facts.forEach(fact -> last.put(fact.id(), fact));
            return super.append(facts);
        }

        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return super.read(clinic, from, (position, fact) -> reader.fact(position, last.get(fact.id())));
        }
    }

    private static final class SortsOutcomes extends Spoiled {
        @Override
        public Appended append(List<Fact> facts) {
            Appended appended = super.append(facts);
            return new Appended(appended.outcomes().stream().sorted().toList(), appended.ends());
        }
    }

    private static final class ForgetsAType extends Spoiled {
        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return super.read(clinic, from, (position, fact) -> {
                if (!(fact instanceof Fact.SubscriptionChanged)) {
                    reader.fact(position, fact);
                }
            });
        }
    }

    private static final class LooksBeforeItPuts extends Spoiled {

        private final CyclicBarrier allHaveLooked = new CyclicBarrier(5);

        @Override
        public Appended append(List<Fact> facts) {
            List<Fact> found = new ArrayList<>();
            read(facts.get(0).clinic(), 0, (position, fact) -> found.add(fact));
            try {
                allHaveLooked.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            Appended appended = super.append(facts);
            return new Appended(List.of(found.isEmpty() ? Outcome.ACCEPTED : Outcome.CONFLICT), appended.ends());
        }
    }

    private static final class ReadsTwice extends Spoiled {
        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            super.read(clinic, from, reader);
            return super.read(clinic, from, reader);
        }
    }

    private static final class CountsFromOne extends Spoiled {
        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return super.read(clinic, from, (position, fact) -> reader.fact(position + 1, fact));
        }
    }

    private static final class ReadsFromTheStart extends Spoiled {
        @Override
        public long read(ClinicId clinic, long from, Reader reader) {
            return super.read(clinic, 0, reader);
        }
    }

    private static final class EndsWithDuplicates extends Spoiled {
        @Override
        public Appended append(List<Fact> facts) {
            Appended appended = super.append(facts);
            Map<ClinicId, Long> ends = new HashMap<>(appended.ends());
            facts.forEach(fact -> ends.putIfAbsent(fact.clinic(), 1L));
            return new Appended(appended.outcomes(), ends);
        }
    }

    private static final class EndsAtItsStart extends Spoiled {
        @Override
        public Map<ClinicId, Long> ends() {
            return Map.of();
        }
    }
}
