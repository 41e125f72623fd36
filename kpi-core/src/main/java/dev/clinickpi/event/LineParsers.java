package dev.clinickpi.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Gives each line a Jackson parser of its own, so that whatever is wrong with a line ends with it.
 *
 * <p>What Jackson remembers from line to line, names of fields and buffers, may be personal when an input is put together badly. So the
 * factory and its pool belong to one reader and go with it: neither the JVM's table of strings nor a thread's memory gets any of it.
 *
 * <p>The table of names makes a line a third faster, but Jackson copies it whenever a line brings a new name. An input that has ids for
 * names would bring some with every line, so after {@value #MANY} strange names the reader goes on without a table.
 */
final class LineParsers {

    static final int MANY = 1_000;
    static final int MAX_DEPTH = 16;
    static final int MAX_NAME = 1_000;

    private final Set<String> strangeNames = new HashSet<>();
    private JsonFactory json = factory(true);

    private static JsonFactory factory(boolean table) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(LineInput.MAX_LINE)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, table)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // else a line of many unknown fields could be refused, and which one would hang on hash codes
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .recyclerPool(JsonRecyclerPools.newBoundedPool(1))
                .build();
    }

    /** The parser of a line. Its exceptions quote the line and must not be passed on. */
    JsonParser parser(byte[] bytes, int start, int end) throws IOException {
        return json.createParser(bytes, start, end - start);
    }

    /** Skips the value that the parser stands at, whatever it holds. */
    void skip(JsonParser parser) throws IOException {
        int open = 0;
        do {
            switch (parser.currentToken()) {
                case START_OBJECT, START_ARRAY -> open++;
                case END_OBJECT, END_ARRAY -> open--;
                case FIELD_NAME -> strange(parser.currentName());
                default -> {
                    // a value within
                }
            }
        } while (open > 0 && parser.nextToken() != null);
    }

    /** Takes note of a name that no event has. */
    void strange(String name) {
        if (strangeNames.size() < MANY && strangeNames.add(name) && strangeNames.size() == MANY) {
            json = factory(false);
        }
    }
}
