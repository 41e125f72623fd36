package dev.clinickpi.privacy.benchmark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is in a benchmark, given who was in those of other months. Where hardly anything else moves, the difference of two months is what those bring who are in one
 * of them alone. So two panels are the same, or differ by a minimum group and one more, and could even in a {@linkplain StillSector still sector} not be subtracted
 * down to anybody. Newcomers wait until that holds; where too few have left, nothing is shown until they are back or others have gone, too.
 */
final class Panel {

    /** With more panels than these the combinations are too many to look at. */
    private static final int MOST_COMBINED = 3;

    private static final int MOST_CANDIDATES = 20;

    private final List<List<Long>> others;
    private final Bounds bounds;
    private final SectorRules rules;

    /**
     * The panels of a KPI.
     *
     * @param others who is in the same benchmark of other months, in order, the next before this one first
     * @param bounds what everybody knows of its values
     */
    Panel(List<List<Long>> others, Bounds bounds, SectorRules rules) {
        Map<Set<Long>, List<Long>> latest = new LinkedHashMap<>();
        others.forEach(other -> latest.putIfAbsent(new HashSet<>(other), other));
        this.others = List.copyOf(latest.values());
        this.bounds = bounds;
        this.rules = rules;
    }

    /** Those of some owners who may be in it; empty where none may. */
    Optional<Map<String, BigDecimal>> of(Map<String, BigDecimal> byOwner) {
        return candidates(byOwner).stream()
                .distinct()
                .filter(candidate -> candidate.size() >= rules.owners())
                .filter(this::isFarFromOthers)
                .findFirst();
    }

    /**
     * All; then with fewer and fewer of the newcomers; then those of each earlier panel; then without some more, since of a large sector enough are left. Who is left out
     * is chosen by a hash, never by what he brings.
     */
    private List<Map<String, BigDecimal>> candidates(Map<String, BigDecimal> byOwner) {
        List<Map<String, BigDecimal>> candidates = new ArrayList<>(List.of(byOwner));
        if (!others.isEmpty()) {
            Set<Long> last = new HashSet<>(others.get(0));
            List<Long> newcomers = shuffled(byOwner, 0);
            newcomers.removeAll(last);
            int step = Math.max(1, newcomers.size() / MOST_CANDIDATES);
            for (int some = newcomers.size() - step; some >= rules.changed(); some -= step) {
                Set<Long> chosen = new HashSet<>(last);
                chosen.addAll(newcomers.subList(0, some));
                candidates.add(only(byOwner, chosen));
            }
            others.forEach(other -> candidates.add(only(byOwner, new HashSet<>(other))));
            for (int out = 1; out <= MOST_CANDIDATES; out++) {
                int left = byOwner.size() - byOwner.size() * out / (2 * MOST_CANDIDATES);
                candidates.add(
                        only(byOwner, new HashSet<>(shuffled(byOwner, out).subList(0, left))));
            }
        }
        return candidates;
    }

    private static List<Long> shuffled(Map<String, BigDecimal> byOwner, int salt) {
        List<Long> owners = new ArrayList<>();
        byOwner.keySet().stream()
                .sorted(Comparator.comparing(owner -> MadeBenchmark.hash(salt + "/" + owner)))
                .forEach(owner -> owners.add(MadeBenchmark.hash(owner)));
        return owners;
    }

    private static Map<String, BigDecimal> only(Map<String, BigDecimal> byOwner, Set<Long> owners) {
        Map<String, BigDecimal> only = new TreeMap<>(byOwner);
        only.keySet().removeIf(owner -> !owners.contains(MadeBenchmark.hash(owner)));
        return only;
    }

    private boolean isFarFromOthers(Map<String, BigDecimal> candidate) {
        Map<Long, Double> values = new LinkedHashMap<>();
        double least = bounds.least().doubleValue();
        candidate.forEach((owner, value) -> values.put(MadeBenchmark.hash(owner), value.doubleValue() - least));
        List<List<Long>> different = others.stream()
                .filter(other -> differ(values.keySet(), other) > 0)
                .toList();
        return rules.changed() == 0
                || (different.stream().allMatch(other -> differ(values.keySet(), other) >= rules.changed())
                        && (different.isEmpty() || !isToldInAStillSector(values, different)));
    }

    private boolean isToldInAStillSector(Map<Long, Double> aboveLeast, List<List<Long>> different) {
        if (stillSector(aboveLeast, different, bounds.least().doubleValue()).tellsOfAny()) {
            return true;
        }
        BigDecimal greatest = bounds.greatest();
        if (greatest == null) {
            return false;
        }
        double width = greatest.subtract(bounds.least()).doubleValue();
        Map<Long, Double> belowGreatest = new LinkedHashMap<>(aboveLeast);
        belowGreatest.replaceAll((owner, distance) -> width - distance);
        List<List<Long>> downwards = different.stream().map(Panel::reversed).toList();
        return stillSector(belowGreatest, downwards, 0).tellsOfAny();
    }

    private static List<Long> reversed(List<Long> panel) {
        List<Long> reversed = new ArrayList<>(panel);
        Collections.reverse(reversed);
        return reversed;
    }

    private static int differ(Set<Long> owners, List<Long> other) {
        Set<Long> common = new HashSet<>(other);
        common.retainAll(owners);
        return owners.size() + other.size() - 2 * common.size();
    }

    private StillSector stillSector(Map<Long, Double> present, List<List<Long>> different, double origin) {
        List<List<Long>> combined = different.stream().limit(MOST_COMBINED).toList();
        double greatest = present.values().stream().reduce(Double.MIN_NORMAL, Math::max);
        Map<Long, Double> least = new LinkedHashMap<>();
        present.forEach((owner, value) -> least.put(owner, value / greatest));
        Map<Long, Double> most = new LinkedHashMap<>(least);
        for (List<Long> panel : combined) {
            addThoseWhoHaveLeft(least, panel, 0);
            addThoseWhoHaveLeft(most, reversed(panel), Double.MAX_VALUE);
        }
        List<Long> places = List.copyOf(least.keySet());
        StillSector sector = new StillSector(
                places.stream().mapToDouble(least::get).toArray(),
                places.stream().mapToDouble(most::get).toArray(),
                origin / greatest,
                rules.percent());
        List<Long> now = present.keySet().stream()
                .sorted(Comparator.comparing(present::get))
                .toList();
        sector.add(now.stream().map(places::indexOf).toList(), rules.neighbours());
        combined.forEach(panel -> sector.add(panel.stream().map(places::indexOf).toList(), rules.neighbours()));
        return sector;
    }

    /** What somebody brought who has left is not kept, but between whom he stood. */
    private static void addThoseWhoHaveLeft(Map<Long, Double> values, List<Long> panel, double end) {
        double neighbour = end;
        for (Long owner : panel) {
            neighbour = values.getOrDefault(owner, neighbour);
            values.putIfAbsent(owner, neighbour);
        }
    }
}
