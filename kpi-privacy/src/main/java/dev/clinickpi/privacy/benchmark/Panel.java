package dev.clinickpi.privacy.benchmark;

import dev.clinickpi.privacy.benchmark.SectorStatistic.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is in a benchmark, given who was in those of other months. Where hardly anything else moves, the difference of two months is what those bring who are in one
 * of them alone: so two panels are the same, or differ by a minimum group and one more. Newcomers wait until there are enough of them; where too few have left,
 * nothing is shown until they are back or others have gone, too.
 */
final class Panel {

    private final List<Set<Long>> others;
    private final SectorRules rules;

    /** @param others who is in the same benchmark of other months, the next before this one first */
    Panel(List<Set<Long>> others, SectorRules rules) {
        this.others = others;
        this.rules = rules;
    }

    /** Those of some owners who may be in it; empty where none may. */
    Optional<Map<String, BigDecimal>> of(Map<String, BigDecimal> byOwner) {
        List<Map<String, BigDecimal>> candidates = new ArrayList<>(List.of(byOwner));
        others.forEach(other -> candidates.add(only(byOwner, other)));
        return candidates.stream()
                .filter(candidate -> candidate.size() >= rules.owners())
                .filter(this::isFarFromOthers)
                .findFirst();
    }

    private static Map<String, BigDecimal> only(Map<String, BigDecimal> byOwner, Set<Long> owners) {
        Map<String, BigDecimal> only = new TreeMap<>(byOwner);
        only.keySet().removeIf(owner -> !owners.contains(MadeBenchmark.hash(owner)));
        return only;
    }

    private boolean isFarFromOthers(Map<String, BigDecimal> candidate) {
        return others.stream().allMatch(other -> isFar(candidate, other));
    }

    private boolean isFar(Map<String, BigDecimal> candidate, Set<Long> other) {
        Set<Long> left = new HashSet<>(other);
        List<BigDecimal> joined = new ArrayList<>();
        candidate.forEach((owner, value) -> {
            if (!left.remove(MadeBenchmark.hash(owner))) {
                joined.add(value);
            }
        });
        int changed = left.size() + joined.size();
        if (changed == 0 || rules.changed() == 0) {
            return true;
        }
        joined.sort(null);
        boolean isOneOfThemKnown = left.isEmpty()
                && changed > 1
                && new Estimates(joined, List.of(new Range(0, joined.size()))).comeWithin(rules.percent());
        return changed >= rules.changed() && !isOneOfThemKnown;
    }
}
