package dev.clinickpi.example.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.clinickpi.event.Rejection;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines that were refused: counted by what was wrong with them and, where a file is given, written there one by one. */
final class Rejections implements Closeable {

    private static final int FIRST_LINES = 3;

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Tally> byFault = new TreeMap<>();
    private final @Nullable Writer file;
    private long count;

    private Rejections(@Nullable Writer file) {
        this.file = file;
    }

    /**
     * None so far.
     *
     * @param file where each is written as a line of JSON, or null; it is written even if there is none, so that nobody reads those of another run
     */
    static Rejections to(@Nullable Path file) throws IOException {
        return new Rejections(file == null ? null : Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    void add(String source, Rejection rejection) {
        count++;
        byFault.computeIfAbsent(fault(rejection), fault -> new Tally()).add(place(source, rejection));
        if (file != null) {
            try {
                write(file, source, rejection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    long count() {
        return count;
    }

    /** What was wrong and how often, most often first. */
    String summary() {
        return mostFirst().stream()
                .map(fault -> fault.getValue().count + " × " + fault.getKey())
                .collect(Collectors.joining("; "));
    }

    /** What was wrong, how often and where first, most often first. */
    List<String> details() {
        return mostFirst().stream()
                .map(fault -> fault.getValue().count + " × " + fault.getKey() + " (" + fault.getValue() + ")")
                .toList();
    }

    private List<Map.Entry<String, Tally>> mostFirst() {
        return byFault.entrySet().stream()
                .sorted(Comparator.comparingLong(fault -> -fault.getValue().count))
                .toList();
    }

    private static String fault(Rejection rejection) {
        return rejection.field().isEmpty()
                ? "the line " + rejection.rule()
                : rejection.field() + " " + rejection.rule();
    }

    private static String place(String source, Rejection rejection) {
        return rejection.place().isEmpty() ? source + ":" + rejection.line() : rejection.place();
    }

    private static void write(Writer file, String source, Rejection rejection) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(file).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            if (rejection.place().isEmpty()) {
                json.writeStringField("file", source);
            } else {
                json.writeStringField("place", rejection.place());
            }
            json.writeNumberField("line", rejection.line());
            json.writeStringField("field", rejection.field());
            json.writeStringField("rule", rejection.rule());
            json.writeEndObject();
        }
        file.write('\n');
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** How often something was wrong, and where first. */
    private static final class Tally {

        private final List<String> first = new ArrayList<>();
        private long count;

        void add(String place) {
            count++;
            if (first.size() < FIRST_LINES) {
                first.add(place);
            }
        }

        @Override
        public String toString() {
            return String.join(", ", first) + (count > first.size() ? ", …" : "");
        }
    }
}
