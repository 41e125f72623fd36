package dev.clinickpi.privacy.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of people by block and row, written as {@code dental=6 physio=5 | dental=7}: nobody is in two places. */
class RowGraphTest {

    private static final int MINIMUM = 5;

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
