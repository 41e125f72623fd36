package dev.clinickpi.privacy.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tables of people by block and row. Those written as {@code dental=6 physio=5 | dental=7} have nobody in two places; random ones do, and are looked at cut
 * by cut, which small ones can be.
 */
class RowGraphTest {

    private static final int MINIMUM = 5;
    private static final Set<String> ALL = Set.of("dental", "physio", "derma");

    @ParameterizedTest(name = "{0}: shows {1}")
    @CsvSource({
        // One row is the total itself.
        "dental=5 | dental=6, dental",
        // Every edge has enough people, and so has every cut.
        "dental=6 physio=5 | dental=7 physio=8, dental physio",
        // In a circle of four edges, two are cut at least.
        "dental=3 physio=3 | dental=3 physio=3, dental physio",
        "dental=3 physio=2 | dental=2 physio=4, ''",
        // The one physio of the first block is what is left of it.
        "dental=6 physio=1 | physio=9, ''",
        // Hidden rows are one: six people are left over together.
        "dental=20 physio=3 derma=3, dental",
        "dental=20 physio=3, ''",
        // A row of too few hides another with it.
        "dental=20 physio=6 derma=3, dental"
    })
    void showsRowsThatNothingOfTooFewIsLeftBeside(String table, String shown) {
        RowGraph graph = new RowGraph(table(table), MINIMUM);

        assertThat(graph.shown()).isEqualTo(Set.copyOf(words(shown)));
        assertThat(graph.allows(graph.shown())).isTrue();
    }

    @ParameterizedTest(name = "changes {0} of rows {1}: {2}")
    @CsvSource({
        "dental=5, dental physio, true",
        "dental=4, dental physio, true",
        "dental=4 physio=3, dental physio, false",
        "dental=4 physio=5, dental physio, false",
        "dental=5 physio=5, dental physio, true",
        "dental=4 physio=3, dental, false",
        "dental=5 physio=3 derma=2, dental, true"
    })
    void restatesWhatNothingOfTooFewIsLeftBeside(String changes, String shown, boolean isAllowed) {
        assertThat(new RowGraph(table(changes), MINIMUM).allows(Set.copyOf(words(shown))))
                .isEqualTo(isAllowed);
    }

    /** Counted by those who are on one edge alone, the first block would seem crossed by four, though it is a total of five that is shown anyway. */
    @Test
    void whoComesAgainHidesNobody() {
        Map<String, Set<Integer>> first = Map.of("dental", Set.of(1, 2, 3, 4), "physio", Set.of(5));
        Map<String, Set<Integer>> second = Map.of("dental", Set.of(1, 11, 12), "physio", Set.of(13, 14, 15, 16));
        Map<String, Set<Integer>> third = Map.of("dental", Set.of(21, 22, 23), "physio", Set.of(5, 24, 25, 26));

        RowGraph graph = new RowGraph(List.of(first, second, third), MINIMUM);

        assertThat(graph.shown()).containsExactlyInAnyOrder("dental", "physio");
    }

    @Property(tries = 2_000, seed = "20261123")
    void noCutOfTooFewIsLeftBesideWhatIsShown(@ForAll("tables") List<Map<String, Set<Integer>>> table) {
        Set<String> shown = new RowGraph(table, MINIMUM).shown();

        assertThat(shown.isEmpty() || fewestAcross(table, shown) >= MINIMUM).isTrue();
    }

    /** To hide all would be sound. */
    @Test
    void hidesHardlyMoreThanItHasTo() {
        Random random = new Random(1);
        int sound = 0;
        int allowed = 0;
        for (int i = 0; i < 3_000; i++) {
            List<Map<String, Set<Integer>>> table = random(random);
            if (fewestAcross(table, ALL) >= MINIMUM) {
                sound++;
                allowed += new RowGraph(table, MINIMUM).allows(ALL) ? 1 : 0;
            }
        }
        assertThat(sound).isGreaterThan(300);
        assertThat(100 * allowed / sound).as("%s of %s", allowed, sound).isGreaterThanOrEqualTo(90);
    }

    private static List<Map<String, Set<Integer>>> random(Random random) {
        List<Map<String, Set<Integer>>> table = new ArrayList<>();
        int blocks = 2 + random.nextInt(4);
        for (int block = 0; block < blocks; block++) {
            Map<String, Set<Integer>> rows = new HashMap<>();
            for (String row : new TreeSet<>(ALL)) {
                Set<Integer> people = new HashSet<>();
                int size = random.nextInt(6);
                for (int person = 0; person < size; person++) {
                    people.add(random.nextInt(30));
                }
                rows.put(row, people);
            }
            table.add(rows);
        }
        return table;
    }

    /** Up to five blocks of up to three rows, of people of whom many are in several. */
    @Provide
    Arbitrary<List<Map<String, Set<Integer>>>> tables() {
        Arbitrary<Set<Integer>> people =
                Arbitraries.integers().between(0, 30).set().ofMinSize(1).ofMaxSize(7);
        // Several rows in each, since a row alone is its total.
        return Arbitraries.maps(Arbitraries.of(ALL), people)
                .ofMinSize(2)
                .ofMaxSize(ALL.size())
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    /** The fewest people across any cut that people cross, each of them once. */
    private static int fewestAcross(List<Map<String, Set<Integer>>> table, Set<String> shown) {
        List<String> rows = List.copyOf(new TreeSet<>(shown));
        int vertices = table.size() + rows.size();
        int fewest = Integer.MAX_VALUE;
        for (int side = 1; side < 1 << vertices; side++) {
            Set<Integer> across = new HashSet<>();
            for (int block = 0; block < table.size(); block++) {
                int ofBlock = block;
                int cut = side;
                table.get(block).forEach((row, people) -> {
                    // Hidden rows are one vertex, which may stay on the other side.
                    int place = rows.indexOf(row);
                    boolean isRowIn = place >= 0 && (cut >> (table.size() + place) & 1) == 1;
                    if (isRowIn != ((cut >> ofBlock & 1) == 1)) {
                        across.addAll(people);
                    }
                });
            }
            if (!across.isEmpty()) {
                fewest = Math.min(fewest, across.size());
            }
        }
        return fewest;
    }

    private static List<Map<String, Set<Integer>>> table(String table) {
        List<Map<String, Set<Integer>>> blocks = new ArrayList<>();
        int next = 0;
        for (String block : table.split("\\|")) {
            Map<String, Set<Integer>> rows = new HashMap<>();
            for (String row : words(block)) {
                int people = Integer.parseInt(row.substring(row.indexOf('=') + 1));
                rows.put(
                        row.substring(0, row.indexOf('=')),
                        new HashSet<>(
                                IntStream.range(next, next + people).boxed().toList()));
                next += people;
            }
            blocks.add(rows);
        }
        return blocks;
    }

    private static List<String> words(String text) {
        return Stream.of(text.trim().split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
