package dev.clinickpi.privacy.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.sector.BenchmarkRule;
import dev.clinickpi.sector.BenchmarkStore;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.sector.SectorClinic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The owner of a clinic, or of several, who wants to know what another clinic spends (section 7). He sees benchmarks, asks whenever he likes, and subtracts what he knows. Each
 * family of attacks succeeds against the plain statistic and where the one defence that it is there for is switched off, and never against the rule as it is.
 */
class SectorAttackTest {

    private static final int RUNS = 6;
    private static final int LONG_RUNS = 2_000;
    private static final SectorRules STANDARD = SectorRules.of(5);

    /** What any count and any place of a quartile give: four exact figures of whoever there is, made anew at each question. */
    private static final SectorRules PLAIN = new SectorRules(1, 2, -100, 1, 0, MathContext.DECIMAL64);

    /** What an attack is of, and the defence without which it succeeds. */
    private enum Family {
        /** Somebody's own value, and few others. */
        OWN_VALUE(rules -> new SectorRules(5, 3, -100, 3, 6, rules.rounded()), Keeping.ALL, Owners.AS_ONE) {
            @Override
            boolean attack(Random random, Defences defences) {
                int clinics = 3 + random.nextInt(4);
                Sector sector = new Sector(owners(clinics), amounts(random, clinics), defences);
                sector.spend(
                        AttackedSector.MARCH,
                        IntStream.range(0, clinics).boxed().toList());
                sector.look(AttackedSector.MARCH);
                return sector.isTold();
            }
        },
        /** The value that is a quartile. */
        QUARTILE(rules -> new SectorRules(5, 6, -100, 1, 6, rules.rounded()), Keeping.ALL, Owners.AS_ONE) {
            @Override
            boolean attack(Random random, Defences defences) {
                int clinics = 6 + random.nextInt(12);
                Sector sector = new Sector(owners(clinics), amounts(random, clinics), defences);
                sector.spend(
                        AttackedSector.MARCH,
                        IntStream.range(0, clinics).boxed().toList());
                sector.look(AttackedSector.MARCH);
                return sector.isTold();
            }
        },
        /** A clinic whose events of the month come late: the same month before and after. */
        JOINING(rules -> rules, Keeping.NOTHING, Owners.AS_ONE) {
            @Override
            boolean attack(Random random, Defences defences) {
                int clinics = 8 + random.nextInt(8);
                Sector sector = new Sector(owners(clinics), amounts(random, clinics), defences);
                sector.spend(
                        AttackedSector.MARCH,
                        IntStream.range(0, clinics - 1).boxed().toList());
                sector.look(AttackedSector.MARCH);
                sector.spend(AttackedSector.MARCH, List.of(clinics - 1));
                sector.look(AttackedSector.MARCH);
                return sector.isTold();
            }
        },
        /** Somebody with many clinics, and few besides. */
        ONE_OWNER(rules -> rules, Keeping.ALL, Owners.EACH_CLINIC) {
            @Override
            boolean attack(Random random, Defences defences) {
                int others = 1 + random.nextInt(2);
                List<String> owners = new ArrayList<>(owners(others));
                IntStream.range(0, 6).forEach(i -> owners.add("group"));
                Sector sector = new Sector(owners, amounts(random, owners.size()), defences);
                sector.spend(
                        AttackedSector.MARCH,
                        IntStream.range(0, owners.size()).boxed().toList());
                sector.look(AttackedSector.MARCH);
                return sector.isTold();
            }
        },
        /** A clinic beside which the others hardly count. */
        DOMINANT(rules -> new SectorRules(5, 6, -100, 3, 6, rules.rounded()), Keeping.ALL, Owners.AS_ONE) {
            @Override
            boolean attack(Random random, Defences defences) {
                int clinics = 6 + random.nextInt(12);
                List<BigDecimal> values = new ArrayList<>(amounts(random, clinics));
                values.set(0, BigDecimal.valueOf(100_000L + random.nextInt(900_000)));
                Sector sector = new Sector(owners(clinics), values, defences);
                sector.spend(
                        AttackedSector.MARCH,
                        IntStream.range(0, clinics).boxed().toList());
                sector.look(AttackedSector.MARCH);
                return sector.isTold();
            }
        },
        /** Months in which nothing changes but who is there. */
        SUCCESSIVE_MONTHS(rules -> new SectorRules(5, 6, 10, 3, 0, rules.rounded()), Keeping.ALL, Owners.AS_ONE) {
            @Override
            boolean attack(Random random, Defences defences) {
                int clinics = 18 + random.nextInt(8);
                Sector sector = new Sector(owners(clinics), amounts(random, clinics), defences);
                int first = 9 + random.nextInt(3);
                List<Integer> present =
                        new ArrayList<>(IntStream.range(0, first).boxed().toList());
                int next = first;
                for (int month = 0; month < 3; month++) {
                    YearMonth which = AttackedSector.MARCH.plusMonths(month);
                    sector.spend(which, present);
                    sector.look(which);
                    int joining = random.nextInt(3) == 0 ? 7 : random.nextInt(2);
                    if (joining == 0) {
                        present.remove(random.nextInt(present.size() - 1) + 1);
                    }
                    for (; joining > 0 && next < clinics; joining--) {
                        present.add(next++);
                    }
                }
                return sector.isTold();
            }
        };

        private final UnaryOperator<SectorRules> weakening;
        private final Keeping keeping;
        private final Owners owners;

        Family(UnaryOperator<SectorRules> weakening, Keeping keeping, Owners owners) {
            this.weakening = weakening;
            this.keeping = keeping;
            this.owners = owners;
        }

        abstract boolean attack(Random random, Defences defences);

        Defences weakened() {
            return new Defences(weakening.apply(STANDARD), keeping, owners);
        }
    }

    private enum Keeping {
        ALL,
        /** What is asked for again is made again. */
        NOTHING
    }

    private enum Owners {
        AS_ONE,
        EACH_CLINIC
    }

    private record Defences(SectorRules rules, Keeping keeping, Owners owners) {}

    @ParameterizedTest
    @EnumSource
    void aFamilySucceedsAgainstThePlainStatistic(Family family) {
        Defences plain = new Defences(PLAIN, Keeping.NOTHING, Owners.EACH_CLINIC);
        assertThat(successes(RUNS, family, plain)).isGreaterThan(RUNS * 3 / 4);
    }

    @ParameterizedTest
    @EnumSource
    void aFamilySucceedsWhereItsDefenceIsSwitchedOff(Family family) {
        assertThat(successes(RUNS, family, family.weakened())).isGreaterThan(RUNS / 3);
    }

    @ParameterizedTest
    @EnumSource
    void noFamilySucceeds(Family family) {
        assertThat(successes(RUNS, family, new Defences(STANDARD, Keeping.ALL, Owners.AS_ONE)))
                .isZero();
    }

    /** Sectors in which some bring the same, so that it is open which of them stands in a group. */
    @ParameterizedTest
    @ValueSource(ints = {111, 445, 1_940})
    void whoBringsTheSameIsTakenForEither(int run) {
        Defences standard = new Defences(STANDARD, Keeping.ALL, Owners.AS_ONE);
        assertThat(Family.SUCCESSIVE_MONTHS.attack(new Random(run), standard)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("thorough")
    void noFamilySucceedsInTwoThousandSectors(Family family) {
        assertThat(successes(LONG_RUNS, family, new Defences(STANDARD, Keeping.ALL, Owners.AS_ONE)))
                .isZero();
    }

    private static int successes(int runs, Family family, Defences defences) {
        return (int) IntStream.range(0, runs)
                .parallel()
                .filter(run -> family.attack(new Random(run), defences))
                .count();
    }

    private static List<String> owners(int number) {
        return IntStream.range(0, number).mapToObj(i -> "owner " + i).toList();
    }

    private static List<BigDecimal> amounts(Random random, int number) {
        return random.ints(number, 40, 400).mapToObj(BigDecimal::valueOf).toList();
    }

    /** A sector under attack: what has been seen of it, and what follows. */
    private static final class Sector {

        private final List<BigDecimal> clinicValues;
        private final Defences defences;
        private final AttackedSector attacked;
        private final Watched watched;
        private final List<String> units;
        private final AddedAndSubtracted deduction;

        Sector(List<String> owners, List<BigDecimal> values, Defences defences) {
            this.clinicValues = values;
            this.defences = defences;
            this.watched = new Watched(defences);
            this.attacked = new AttackedSector(owners, watched);
            List<String> named = IntStream.range(0, owners.size())
                    .mapToObj(i -> watched.owner(owners.get(i), i))
                    .toList();
            this.units = named.stream().distinct().toList();
            this.deduction = new AddedAndSubtracted(units.stream()
                    .map(unit -> SectorStatistic.mean(IntStream.range(0, named.size())
                            .filter(i -> named.get(i).equals(unit))
                            .mapToObj(values::get)
                            .toList()))
                    .toList());
        }

        void spend(YearMonth month, List<Integer> clinics) {
            attacked.spend(month, clinics, clinicValues);
        }

        void look(YearMonth month) {
            attacked.seen(0, month)
                    .ifPresent(seen -> deduction.learn(
                            seen,
                            IntStream.range(0, units.size())
                                    .filter(unit -> watched.isIn(month, units.get(unit)))
                                    .boxed()
                                    .toList(),
                            defences.rules.neighbours()));
        }

        /** Whether any owner is told another's value. */
        boolean isTold() {
            Set<Set<Integer>> lookers = new HashSet<>();
            for (int unit = 0; unit < units.size(); unit++) {
                String owner = watched.trueOwner(units.get(unit));
                lookers.add(Set.copyOf(IntStream.range(0, units.size())
                        .filter(other -> watched.trueOwner(units.get(other)).equals(owner))
                        .boxed()
                        .toList()));
            }
            return deduction.tells(lookers);
        }
    }

    /** The rule under attack; notes who is in a benchmark, as who knows the sector would know it. */
    private static final class Watched implements BenchmarkRule {

        private final Defences defences;
        private final BenchmarkStore store = BenchmarkStore.inMemory();
        private final AtomicLong question = new AtomicLong();

        Watched(Defences defences) {
            this.defences = defences;
        }

        String owner(String owner, int clinic) {
            return defences.owners == Owners.AS_ONE ? owner : owner + "/" + clinic;
        }

        String trueOwner(String unit) {
            return unit.split("/")[0];
        }

        boolean isIn(YearMonth month, String owner) {
            return MadeBenchmark.decode(latest(month)).stream()
                    .filter(made -> made.benchmark().kpi().equals("llm-cost"))
                    .anyMatch(made -> made.owners().contains(MadeBenchmark.hash(owner)));
        }

        private byte[] latest(YearMonth month) {
            return store.load("latest " + question.get(), month)
                    .or(() -> store.load("dental", month))
                    .orElseThrow();
        }

        @Override
        public Optional<List<SectorBenchmark>> published(String vertical, YearMonth month) {
            return defences.keeping == Keeping.ALL
                    ? new StandardBenchmarks(store, defences.rules).published(vertical, month)
                    : Optional.empty();
        }

        @Override
        public List<SectorBenchmark> publish(String vertical, YearMonth month, List<SectorClinic> clinics) {
            List<SectorClinic> named = IntStream.range(0, clinics.size())
                    .mapToObj(i -> new SectorClinic(
                            owner(clinics.get(i).owner(), i), clinics.get(i).figures()))
                    .toList();
            String kept = defences.keeping == Keeping.ALL ? vertical : "latest " + question.incrementAndGet();
            return new StandardBenchmarks(store, defences.rules).publish(kept, month, named);
        }
    }
}
