package dev.clinickpi.benchmarks.log;

import dev.clinickpi.event.KpiEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What is to be handed over on the days that are not over yet, and nothing of those that are. */
final class Deliveries {

    private static final long DAY = 86_400_000L;

    /** So that one delivery in fifty is a duplicate. */
    private static final double REPEATED = 0.02 / 0.98;

    private final long from;
    private final List<List<KpiEvent>> days = new ArrayList<>();
    private final Chance chance;
    private final Random shuffling;
    private final LogTally tally;

    Deliveries(LogShape shape, long from, LogTally tally) {
        this.from = from;
        this.tally = tally;
        this.chance = Chance.ofStream(shape.seed(), -1);
        this.shuffling = new Random(shape.seed());
        for (int day = 0; day < shape.days(); day++) {
            days.add(new ArrayList<>());
        }
    }

    /** Puts an event where it belongs; false if that is after the end of the log. */
    boolean add(KpiEvent event) {
        long day = (event.at().toEpochMilli() - from) / DAY;
        if (day >= days.size()) {
            return false;
        }
        days.get((int) day).add(event);
        if (chance.in(REPEATED)) {
            tally.duplicate();
            long again = Math.min(days.size() - 1L, chance.in(0.5) ? day : day + 1);
            days.get((int) again).add(event);
        }
        return true;
    }

    boolean addCorrection(KpiEvent event) {
        boolean added = add(event);
        if (added) {
            tally.correct();
        }
        return added;
    }

    /** A day's events, which are then forgotten. */
    List<KpiEvent> take(int day, MadeLog.Order order) {
        List<KpiEvent> events = days.set(day, List.of());
        switch (order) {
            case BY_TIME -> events.sort((a, b) -> Long.compare(a.at().toEpochMilli(), b.at().toEpochMilli()));
            case SHUFFLED_WITHIN_A_DAY -> Collections.shuffle(events, shuffling);
        }
        tally.deliver(events.size());
        return events;
    }
}
