package dev.clinickpi.example.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/embedding.md} is the code that the build compiles; {@code -Dembedding.write} writes it anew. */
class EmbeddingPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "embedding.md");

    private static final Pattern SOURCE =
            Pattern.compile("// snippet: ([a-z ]+)\n(.*?)\n *// end of snippet", Pattern.DOTALL);

    private static final Pattern SHOWN =
            Pattern.compile("<!-- snippet: ([a-z ]+) -->\n```java\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void whatThePageShowsIsWhatIsCompiled() throws IOException {
        Map<String, String> sources = sources();
        String page = Files.readString(PAGE);
        if (System.getProperty("embedding.write") != null) {
            page = SHOWN.matcher(page)
                    .replaceAll(shown -> java.util.regex.Matcher.quoteReplacement("<!-- snippet: " + shown.group(1)
                            + " -->\n```java\n" + sources.get(shown.group(1)) + "\n```"));
            Files.writeString(PAGE, page);
        }
        Map<String, String> shown = SHOWN.matcher(page)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (a, b) -> a, TreeMap::new));
        assertThat(shown).isEqualTo(sources).isNotEmpty();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> snippets = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                SOURCE.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> snippets.put(found.group(1), text(found)));
            }
        }
        return snippets;
    }

    /** At the margin, whatever class it stands in. */
    private static String text(MatchResult found) {
        return found.group(2).stripIndent();
    }
}
