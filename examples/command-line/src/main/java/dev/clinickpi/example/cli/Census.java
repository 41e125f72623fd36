package dev.clinickpi.example.cli;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.RecordResult;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.EventReader;
import dev.clinickpi.event.EventType;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.Rejection;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what files of events hold: by type, by clinic, from when to when, and what an engine takes of them. */
final class Census {

    /** As many events as a {@link RecordResult} names refusals of, so that each refused one is known. */
    private static final int BATCH = RecordResult.MAX_REJECTIONS;

    private final @Nullable KpiEngine engine;
    private final Rejections rejections;
    private final Map<EventType, Long> byType = new EnumMap<>(EventType.class);
    private final Map<ClinicId, Long> byClinic = new TreeMap<>(Comparator.comparing(ClinicId::value));
    private final List<KpiEvent> batch = new ArrayList<>(BATCH);
    private final List<Long> lines = new ArrayList<>(BATCH);
    private long events;
    private long duplicates;
    private long conflicts;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * An empty census.
     *
     * @param engine takes the events; null without reference data, when only what each line says by itself can be looked at
     * @param rejections gets what is refused
     */
    Census(@Nullable KpiEngine engine, Rejections rejections) {
        this.engine = engine;
        this.rejections = rejections;
    }

    void read(String file, EventReader reader) throws IOException {
        KpiEvent event = reader.next(refused -> rejections.add(file, refused));
        while (event != null) {
            batch.add(event);
            lines.add(reader.line());
            if (batch.size() == BATCH) {
                count(file);
            }
            event = reader.next(refused -> rejections.add(file, refused));
        }
        count(file);
    }

    private void count(String file) {
        Set<Integer> refused = engine == null ? Set.of() : record(engine, file);
        for (int i = 0; i < batch.size(); i++) {
            if (!refused.contains(i)) {
                count(batch.get(i));
            }
        }
        batch.clear();
        lines.clear();
    }

    private Set<Integer> record(KpiEngine taker, String file) {
        RecordResult result = taker.record(batch);
        duplicates += result.duplicates();
        conflicts += result.conflicts();
        Set<Integer> refused = new HashSet<>();
        for (Rejection rejection : result.rejections()) {
            int place = (int) rejection.line() - 1;
            refused.add(place);
            rejections.add(file, new Rejection(lines.get(place), rejection.field(), rejection.rule()));
        }
        return refused;
    }

    private void count(KpiEvent event) {
        events++;
        byType.merge(event.type(), 1L, Long::sum);
        byClinic.merge(event.clinicId(), 1L, Long::sum);
        first = first == null || event.at().isBefore(first) ? event.at() : first;
        last = last == null || event.at().isAfter(last) ? event.at() : last;
    }

    void print(PrintWriter out) {
        line(out, "events", events);
        byType.forEach((type, count) -> line(out, "  " + type.id(), count));
        if (engine != null) {
            line(out, "duplicates", duplicates);
            line(out, "conflicts", conflicts);
            out.println();
            out.println("events by clinic");
            byClinic.forEach((clinic, count) -> line(out, "  " + clinic, count));
        }
        if (first != null && last != null) {
            out.println();
            out.println("first  " + first);
            out.println("last   " + last);
        }
        out.println();
        line(out, "lines refused", rejections.count());
        rejections.details().forEach(detail -> out.println("  " + detail));
    }

    private static void line(PrintWriter out, String what, long count) {
        String number = Long.toString(count);
        out.println(what + " ".repeat(Math.max(2, 40 - what.length() - number.length())) + number);
    }
}
