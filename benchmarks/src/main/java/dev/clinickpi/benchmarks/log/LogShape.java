package dev.clinickpi.benchmarks.log;

/**
 * How large a made-up log is.
 *
 * @param clinics how many clinics there are, of different sizes
 * @param days how many days of UTC it spans, from Monday, 2 March 2026
 * @param conversationsPerDay how many conversations a clinic has on a day, on average over clinics and days
 * @param seed the same seed gives the same log
 */
public record LogShape(int clinics, int days, double conversationsPerDay, long seed) {

    /** What a conversation brings on average, with its appointment, duplicates and corrections and its share of the clinic's own events. */
    private static final double EVENTS_PER_CONVERSATION = 14.7;

    /** @throws IllegalArgumentException if there is nothing to make */
    public LogShape {
        if (clinics < 1 || days < 1 || !(conversationsPerDay > 0)) {
            throw new IllegalArgumentException("A log has clinics, days and conversations");
        }
    }

    /** A log of about this many events. */
    public static LogShape ofEvents(long events, int clinics, int days, long seed) {
        return new LogShape(clinics, days, events / EVENTS_PER_CONVERSATION / clinics / days, seed);
    }
}
