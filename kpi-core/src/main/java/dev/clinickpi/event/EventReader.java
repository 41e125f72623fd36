package dev.clinickpi.event;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events from NDJSON (section 1): one JSON object a line, in UTF-8, plain or gzip. Fields that an event's type does not have are
 * ignored, blank lines are passed over. A line has at most 1 MiB and 16 levels of nesting; longer ones are skipped unread, so memory stays
 * bounded whatever comes.
 *
 * <pre>{@code
 * try (EventReader reader = EventReader.open(Path.of("events.ndjson.gz"))) {
 *     for (KpiEvent event = reader.next(rejections::add); event != null; event = reader.next(rejections::add)) {
 *         batch.add(reader.line(), event);
 *     }
 * }
 * }</pre>
 *
 * <p>A bad line becomes a {@link Rejection} and never stops the rest. Gzip that is damaged or cut off ends the input there: the lines ahead
 * of the damage count, and a rejection names the line that it broke in. Only when the input itself cannot be read is that an
 * {@link IOException}. Neither a rejection nor an exception holds anything of what a line said.
 *
 * <p>For use by one thread at a time.
 */
public final class EventReader implements EventSource, Closeable {

    static final String TOO_LONG = "must not be longer than 1 MiB";
    static final String NOT_UTF8 = "must be UTF-8";
    static final String DAMAGED = "cannot be read: from here on the gzip input is damaged or cut off";

    private final PlainOrGzip input;
    private final LineInput lines;
    private final EventParser parser = new EventParser();

    private EventReader(InputStream in) {
        input = new PlainOrGzip(in);
        lines = new LineInput(input);
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be opened
     */
    public static EventReader open(Path file) throws IOException {
        return of(Files.newInputStream(file));
    }

    /** Reads a stream, which need not be buffered. Closing the reader closes it. */
    public static EventReader of(InputStream in) {
        return new EventReader(in);
    }

    /**
     * The next event. Lines ahead of it that hold none are rejected on the way.
     *
     * @param rejections is told of each rejected line, as it is met
     * @return the event, or null at the end of the input
     * @throws IOException if the input cannot be read
     */
    @Override
    public @Nullable KpiEvent next(Consumer<? super Rejection> rejections) throws IOException {
        while (true) {
            switch (lines.next()) {
                case LINE -> {
                    KpiEvent event = parse(rejections);
                    if (event != null) {
                        return event;
                    }
                }
                case TOO_LONG -> reject(rejections, TOO_LONG);
                case NOT_UTF8 -> reject(rejections, NOT_UTF8);
                case DAMAGED -> reject(rejections, DAMAGED);
                case END -> {
                    return null;
                }
            }
        }
    }

    private @Nullable KpiEvent parse(Consumer<? super Rejection> rejections) {
        try {
            return parser.parse(lines.bytes(), lines.start(), lines.end());
        } catch (InvalidEventException e) {
            rejections.accept(new Rejection(lines.number(), e.field(), e.rule()));
            return null;
        }
    }

    private void reject(Consumer<? super Rejection> rejections, String rule) {
        rejections.accept(new Rejection(lines.number(), "", rule));
    }

    /** The number of the line that the last event or rejection came from, from 1. Blank lines count. */
    @Override
    public long line() {
        return lines.number();
    }

    /** How many bytes of the file or stream have been taken in so far, compressed as they are: a measure of progress. */
    public long bytesRead() {
        return input.bytesRead();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
