package dev.clinickpi.event;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where events come from one by one: the lines of a file ({@link EventReader}), the rows of a query. What is no event becomes a
 * {@link Rejection} and never stops the rest.
 *
 * <p>For use by one thread at a time.
 */
public interface EventSource {

    /**
     * The next event. What stands ahead of it and is none is rejected on the way.
     *
     * @param rejections is told of each rejected line or row, as it is met
     * @return the event, or null at the end of the input
     * @throws IOException if the input cannot be read
     */
    @Nullable
    KpiEvent next(Consumer<? super Rejection> rejections) throws IOException;

    /** The number of the line or row that the last event or rejection came from, from 1. */
    long line();

    /**
     * What the host finds the last event's line or row by, beside its number; empty when the number is enough. It goes into rejections and from
     * there into logs, so it holds nothing personal.
     */
    default String place() {
        return "";
    }

    /**
     * Tells the source that everything that it has handed over so far is stored, or was rejected: it may go on from here after a restart. An engine
     * calls this after each batch. A source that keeps no position ignores it.
     */
    default void acknowledge() {}
}
