package dev.clinickpi.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EntityKey;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
        public synchronized List<Outcome> append(List<Fact> facts) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Fact fact : facts) {
                Fact first = stored.putIfAbsent(key.apply(fact), fact);
                outcomes.add(
                        first == null ? Outcome.ACCEPTED : first.equals(fact) ? Outcome.DUPLICATE : Outcome.CONFLICT);
            }
            return outcomes;
        }

        @Override
        public synchronized void read(ClinicId clinic, Consumer<Fact> reader) {
            new ArrayList<>(stored.values())
                    .stream().filter(fact -> fact.clinic().equals(clinic)).forEach(reader);
        }

        @Override
        public void read(ClinicId clinic, EntityKey entity, Consumer<Fact> reader) {
            read(clinic, fact -> {
                if (fact.entities().contains(entity)) {
                    reader.accept(fact);
                }
            });
        }
    }

    /** Does all as the log in memory does, for others to spoil. */
    private static class Spoiled implements EventLog {

        private final EventLog right = EventLog.inMemory();

        @Override
        public List<Outcome> append(List<Fact> facts) {
            return right.append(facts);
        }

        @Override
        public void read(ClinicId clinic, Consumer<Fact> reader) {
            right.read(clinic, reader);
        }

        @Override
        public void read(ClinicId clinic, EntityKey entity, Consumer<Fact> reader) {
            right.read(clinic, entity, reader);
        }
    }

    private static final class MixesKinds extends Spoiled {
        @Override
        public void read(ClinicId clinic, EntityKey entity, Consumer<Fact> reader) {
            for (EntityKey.Kind kind : EntityKey.Kind.values()) {
                super.read(clinic, new EntityKey(kind, entity.id()), reader);
            }
        }
    }

    private static final class LastStays extends Spoiled {

        private final Map<Long, Fact> last = new LinkedHashMap<>();

        @Override
        public List<Outcome> append(List<Fact> facts) {
            facts.forEach(fact -> last.put(fact.id(), fact));
            return super.append(facts);
        }

        @Override
        public void read(ClinicId clinic, Consumer<Fact> reader) {
            last.values().forEach(reader);
        }
    }

    private static final class SortsOutcomes extends Spoiled {
        @Override
        public List<Outcome> append(List<Fact> facts) {
            return super.append(facts).stream().sorted().toList();
        }
    }

    private static final class ForgetsAType extends Spoiled {
        @Override
        public void read(ClinicId clinic, Consumer<Fact> reader) {
            super.read(clinic, fact -> {
                if (!(fact instanceof Fact.SubscriptionChanged)) {
                    reader.accept(fact);
                }
            });
        }
    }

    private static final class LooksBeforeItPuts extends Spoiled {

        private final CyclicBarrier allHaveLooked = new CyclicBarrier(5);

        @Override
        public List<Outcome> append(List<Fact> facts) {
            List<Fact> found = new ArrayList<>();
            read(facts.get(0).clinic(), found::add);
            try {
                allHaveLooked.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            super.append(facts);
            return List.of(found.isEmpty() ? Outcome.ACCEPTED : Outcome.CONFLICT);
        }
    }

    private static final class ReadsTwice extends Spoiled {
        @Override
        public void read(ClinicId clinic, Consumer<Fact> reader) {
            super.read(clinic, reader);
            super.read(clinic, reader);
        }
    }
}
