package dev.clinickpi.benchmarks.log;

import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A log of made-up events: conversations of about six messages in a daily and weekly rhythm, what the bot's model used, lead scores, services, satisfaction,
 * appointments through their states, the waitlist, features. Of what is handed over 2 % are duplicates; of the events 10 % are corrections. It is played a day at a
 * time and never held as a whole; the same shape gives the same log.
 */
public final class MadeLog {

    /** In what order a day's events are handed over. */
    public enum Order {
        /** As they happened. */
        BY_TIME,
        /** In none. */
        SHUFFLED_WITHIN_A_DAY
    }

    private static final Instant FROM = Instant.parse("2026-03-02T00:00:00Z");

    private final LogShape shape;
    private final ClinicDirectory directory;

    private MadeLog(LogShape shape) {
        this.shape = shape;
        this.directory = MadeClinics.of(shape.clinics());
    }

    /** The log of a shape. */
    public static MadeLog of(LogShape shape) {
        return new MadeLog(shape);
    }

    /** The reference data of its clinics. */
    public ClinicDirectory directory() {
        return directory;
    }

    /** Its first instant. */
    public Instant from() {
        return FROM;
    }

    /** Its last instant, itself excluded. Appointments may start after it. */
    public Instant end() {
        return FROM.plus(shape.days(), ChronoUnit.DAYS);
    }

    /** Hands over day after day. The list of a day is the consumer's to keep. */
    public LogTally play(Order order, Consumer<List<KpiEvent>> days) {
        LogTally tally = new LogTally();
        Deliveries deliveries = new Deliveries(shape, FROM.toEpochMilli(), tally);
        List<ClinicLife> clinics = new ArrayList<>();
        for (int i = 0; i < shape.clinics(); i++) {
            clinics.add(new ClinicLife(i, shape, deliveries, tally));
        }
        for (int day = 0; day < shape.days(); day++) {
            for (ClinicLife clinic : clinics) {
                clinic.live(FROM.plus(day, ChronoUnit.DAYS).toEpochMilli(), day);
            }
            days.accept(deliveries.take(day, order));
        }
        return tally;
    }

    /** All of it at once, for logs that are small enough. */
    public List<KpiEvent> events(Order order) {
        List<KpiEvent> events = new ArrayList<>();
        play(order, events::addAll);
        return events;
    }
}
