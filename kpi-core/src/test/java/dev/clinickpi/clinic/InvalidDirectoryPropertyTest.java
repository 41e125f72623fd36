package dev.clinickpi.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clinickpi.clinic.InvalidDirectoryException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InvalidDirectoryPropertyTest {

    private static final List<String> VALUES = pointers(Documents.sol(), "");
    private static final List<String> LEAVES = VALUES.stream()
            .filter(pointer -> Documents.sol().at(pointer).isValueNode())
            .toList();

    private record Change(String pointer, JsonNode value) {}

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void noFaultHidesAnother(@ForAll("leaves") Set<String> misshapen) {
        JsonNode document = Documents.sol();
        misshapen.forEach(pointer -> Documents.put(document, pointer, Documents.json("{}")));

        assertThat(Documents.faults(document))
                .extracting(Fault::path)
                .containsAll(misshapen.stream()
                        .map(InvalidDirectoryPropertyTest::path)
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void aChangedDocumentIsReadOrHasFaults(@ForAll("changes") List<Change> changes) {
        JsonNode document = Documents.sol();
        for (Change change : changes) {
            if (!document.at(change.pointer).isMissingNode()) {
                Documents.put(document, change.pointer, change.value.deepCopy());
            }
        }

        assertThat(Documents.faults(document))
                .allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("Ana", "García", "600"));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void brokenBytesAreReadOrHaveFaults(@ForAll("bytes") Map<Integer, Byte> broken) {
        byte[] document = Documents.sol().toString().getBytes(StandardCharsets.UTF_8);
        broken.forEach((at, value) -> document[at % document.length] = value);

        assertThatNoException().isThrownBy(() -> Documents.faults(document));
    }

    @Provide
    Arbitrary<Set<String>> leaves() {
        return Arbitraries.of(LEAVES).set().ofMinSize(1).ofMaxSize(LEAVES.size());
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<JsonNode> values = Arbitraries.of("""
                        null
                        true
                        -1
                        1e400
                        {}
                        []
                        [[]]
                        [null]
                        [{}]
                        {"from": "2025-01-01"}
                        ""
                        "2025-01-01"
                        "sol"
                        "EUR"
                        "24:00"
                        "${1+1} {value}"
                        "Ana García +34 600 123 456"
                        ["Ana García +34 600 123 456"]
                        {"Ana García +34 600 123 456": ["Ana García +34 600 123 456"]}
                        """.lines().toList()).map(Documents::json);
        return Combinators.combine(Arbitraries.of(VALUES), values)
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<Integer, Byte>> bytes() {
        Arbitrary<Byte> values = Arbitraries.oneOf(
                Arbitraries.bytes(),
                Arbitraries.of("{}[]\",:0e-. \\".chars().mapToObj(c -> (byte) c).toList()));
        return Arbitraries.maps(Arbitraries.integers().between(0, 10_000), values)
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** The pointers of all values below a node. */
    private static List<String> pointers(JsonNode node, String pointer) {
        List<String> pointers = new ArrayList<>();
        node.properties().forEach(field -> {
            pointers.add(pointer + "/" + field.getKey());
            pointers.addAll(pointers(field.getValue(), pointer + "/" + field.getKey()));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.add(pointer + "/" + i);
            pointers.addAll(pointers(node.get(i), pointer + "/" + i));
        }
        return pointers;
    }

    private static String path(String pointer) {
        return pointer.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
    }
}
