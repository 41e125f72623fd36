package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.sector.BenchmarkRule;
import dev.clinickpi.sector.BenchmarkStore;
import dev.clinickpi.sector.SectorBenchmark;
import dev.clinickpi.sector.SectorClinic;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Benchmarks as section 7 has them: of enough patients, enough owners, none of whom another could tell by them, in one month or by several. Safe for use by many
 * threads, and by many engines on one store.
 */
public final class StandardBenchmarks implements BenchmarkRule {

    /** How far apart two months may be to be held against each other: a benchmark is made within two years or never. */
    private static final int MONTHS = 24;

    private final BenchmarkStore store;
    private final SectorRules rules;

    /**
     * The benchmarks that a store has.
     *
     * @param minimumGroup how many patients stand behind each contribution, and how many owners besides who looks behind each benchmark
     */
    public StandardBenchmarks(BenchmarkStore store, int minimumGroup) {
        this(store, SectorRules.of(minimumGroup));
    }

    StandardBenchmarks(BenchmarkStore store, SectorRules rules) {
        this.store = Objects.requireNonNull(store, "store");
        this.rules = rules;
    }

    @Override
    public Optional<List<SectorBenchmark>> published(String vertical, YearMonth month) {
        return store.load(vertical, month).map(MadeBenchmark::decode).map(StandardBenchmarks::shown);
    }

    @Override
    public List<SectorBenchmark> publish(String vertical, YearMonth month, List<SectorClinic> clinics) {
        Map<String, List<Contribution>> byKpi = contributions(clinics);
        List<List<MadeBenchmark>> others = others(vertical, month);
        List<MadeBenchmark> made = new ArrayList<>();
        byKpi.forEach((kpi, contributions) ->
                make(kpi, contributions, panels(others, kpi)).ifPresent(made::add));
        if (store.add(vertical, month, MadeBenchmark.encode(made))) {
            return shown(made);
        }
        return published(vertical, month)
                .orElseThrow(() -> new IllegalStateException(
                        "The store of benchmarks has and has not what was made of " + month + "; restore it"));
    }

    private static List<SectorBenchmark> shown(List<MadeBenchmark> made) {
        return made.stream().map(MadeBenchmark::benchmark).toList();
    }

    private Map<String, List<Contribution>> contributions(List<SectorClinic> clinics) {
        Map<String, List<Contribution>> byKpi = new LinkedHashMap<>();
        for (SectorClinic clinic : clinics) {
            for (SectorClinic.Published figure : clinic.figures()) {
                Contribution contribution = Contribution.of(clinic.owner(), figure);
                if (contribution != null && contribution.people() >= rules.people()) {
                    byKpi.computeIfAbsent(figure.result().id(), kpi -> new ArrayList<>())
                            .add(contribution);
                }
            }
        }
        return byKpi;
    }

    /** What was made of the months around, the next before first. */
    private List<List<MadeBenchmark>> others(String vertical, YearMonth month) {
        List<List<MadeBenchmark>> others = new ArrayList<>();
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int distance = 1; distance <= MONTHS; distance++) {
                store.load(vertical, month.plusMonths((long) sign * distance))
                        .map(MadeBenchmark::decode)
                        .ifPresent(others::add);
            }
        }
        return others;
    }

    private static List<List<Long>> panels(List<List<MadeBenchmark>> others, String kpi) {
        return others.stream()
                .flatMap(List::stream)
                .filter(made -> made.benchmark().kpi().equals(kpi))
                .map(MadeBenchmark::owners)
                .toList();
    }

    private Optional<MadeBenchmark> make(String kpi, List<Contribution> all, List<List<Long>> otherPanels) {
        List<Contribution> contributions = inOneUnit(all);
        Contribution first = contributions.get(0);
        Bounds bounds = Bounds.of(first.unit());
        return new Panel(otherPanels, bounds, rules).of(byOwner(contributions)).flatMap(panel -> {
            List<BigDecimal> values = panel.values().stream().sorted().toList();
            return SectorStatistic.of(values, bounds, rules)
                    .map(statistic -> new MadeBenchmark(
                            statistic.of(kpi, first.version(), first.unit()),
                            panel.entrySet().stream()
                                    .sorted(Map.Entry.comparingByValue())
                                    .map(entry -> MadeBenchmark.hash(entry.getKey()))
                                    .toList()));
        });
    }

    /** There is one benchmark for whoever looks: of money, in the currency that most owners have, or the first of those by its code. */
    private static List<Contribution> inOneUnit(List<Contribution> all) {
        return all.stream()
                .collect(Collectors.groupingBy(Contribution::unit, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .max(Comparator.comparing(
                                (List<Contribution> alike) -> byOwner(alike).size())
                        .thenComparing(alike -> alike.get(0).unit(), Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** The mean of each owner's clinics, so that an owner of six is one who looks, and nobody besides. */
    private static Map<String, BigDecimal> byOwner(List<Contribution> contributions) {
        return contributions.stream()
                .collect(Collectors.groupingBy(
                        Contribution::owner,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Contribution::value, Collectors.toList()), SectorStatistic::mean)));
    }
}
