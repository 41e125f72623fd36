package dev.clinickpi.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything that a reader made of an input: the events, the line of each, and the rejections. */
record ReadEvents(List<KpiEvent> events, List<Long> lines, List<Rejection> rejections) {

    static ReadEvents of(InputStream in) throws IOException {
        ReadEvents read = new ReadEvents(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (EventReader reader = EventReader.of(in)) {
            for (KpiEvent event = reader.next(read.rejections::add);
                    event != null;
                    event = reader.next(read.rejections::add)) {
                read.events.add(event);
                read.lines.add(reader.line());
            }
        }
        return read;
    }

    static ReadEvents of(byte[] bytes) throws IOException {
        return of(new ByteArrayInputStream(bytes));
    }

    static ReadEvents of(String text) throws IOException {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A line as the tables write it, with single quotes that need no escape. */
    static String json(String line) {
        return line.replace('\'', '"');
    }
}
