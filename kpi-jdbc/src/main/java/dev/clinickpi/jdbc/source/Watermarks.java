package dev.clinickpi.jdbc.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a host's tables have been read: where the next read goes on from, for each mapping by name. It holds timestamps and numbers, nothing
 * personal. Keep it with the event log that the events went to: each tells what the other has.
 *
 * <p>A mapping's watermark counts only as long as the mapping stays as it was. A changed one may make events of rows that were passed over, so it is
 * read from the start; what is stored already is a duplicate and does no harm.
 *
 * <p>Immutable.
 */
public final class Watermarks {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Watermarks NONE = new Watermarks(Map.of());

    private final Map<String, Entry> byName;

    private Watermarks(Map<String, Entry> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Nothing has been read. */
    public static Watermarks none() {
        return NONE;
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @return {@link #none()} when there is no such file
     * @throws EventSourceException if it holds no watermarks
     * @throws UncheckedIOException if it cannot be read
     */
    public static Watermarks read(Path file) {
        try {
            return Files.exists(file) ? read(file, JSON.readTree(Files.readAllBytes(file))) : NONE;
        } catch (JsonProcessingException malformed) {
            throw EventSourceException.unreadableWatermarks(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Watermarks read(Path file, JsonNode json) {
        Map<String, Entry> byName = new TreeMap<>();
        json.properties().forEach(entry -> {
            String mapping = entry.getValue().path("mapping").textValue();
            String text = entry.getValue().path("watermark").textValue();
            if (mapping == null || text == null) {
                throw EventSourceException.unreadableWatermarks(file);
            }
            Watermark watermark =
                    Watermark.parse(text).orElseThrow(() -> EventSourceException.unreadableWatermarks(file));
            byName.put(entry.getKey(), new Entry(mapping, watermark));
        });
        if (!json.isObject()) {
            throw EventSourceException.unreadableWatermarks(file);
        }
        return new Watermarks(byName);
    }

    /**
     * Writes it to a file, which holds the former watermarks or these whenever the process or the machine ends.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        ObjectNode json = JSON.createObjectNode();
        new TreeMap<>(byName)
                .forEach((name, entry) -> json.putObject(name)
                        .put("mapping", entry.fingerprint)
                        .put("watermark", entry.watermark.toString()));
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            write(beside, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }

    /** How far a mapping's query was read; empty when it was not, or was another one. */
    Optional<Watermark> of(QueryMapping mapping) {
        return Optional.ofNullable(byName.get(mapping.name()))
                .filter(entry -> entry.fingerprint.equals(mapping.fingerprint()))
                .map(Entry::watermark);
    }

    Watermarks with(QueryMapping mapping, Watermark watermark) {
        Map<String, Entry> changed = new TreeMap<>(byName);
        changed.put(mapping.name(), new Entry(mapping.fingerprint(), watermark));
        return new Watermarks(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Watermarks them && them.byName.equals(byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return new TreeMap<>(byName).toString();
    }

    private record Entry(String fingerprint, Watermark watermark) {

        @Override
        public String toString() {
            return watermark.toString();
        }
    }
}
