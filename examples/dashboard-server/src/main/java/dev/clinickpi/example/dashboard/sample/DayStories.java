package dev.clinickpi.example.dashboard.sample;

import dev.clinickpi.event.KpiEvent;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The events that begin on a date at a clinic, with all that comes of them later. The same ones whenever they are asked for: each date and each conversation has a
 * chance of its own, so that what was told before a restart is told again after it, under the same ids.
 */
final class DayStories {

    /** Of 24 hours of a day, when patients write: before work, before noon, and after dinner most. */
    private static final int[] HOURS = {
        2, 1, 1, 1, 1, 2, 4, 9, 14, 18, 20, 19, 16, 12, 10, 11, 13, 15, 17, 19, 21, 20, 13, 6
    };

    private static final double NEW_PATIENT = 0.62;

    private final ClinicStory story;
    private final LocalDate first;

    /** @param first the date that the story begins with */
    DayStories(ClinicStory story, LocalDate first) {
        this.story = story;
        this.first = first;
    }

    /** Everything that follows of what begins on a date. */
    List<KpiEvent> of(LocalDate date) {
        List<KpiEvent> events = new ArrayList<>();
        int conversations = conversations(date);
        for (int i = 0; i < conversations; i++) {
            events.addAll(conversation(date, i));
        }
        features(date, events);
        return events;
    }

    private int conversations(LocalDate date) {
        if (date.isBefore(first)) {
            return 0;
        }
        // Knuth's way to draw from a Poisson distribution.
        Random random = random(date, -1);
        double limit = Math.exp(-story.expected(date));
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    private List<KpiEvent> conversation(LocalDate date, int number) {
        Random random = random(date, number);
        ZoneId zone = story.clinic().zone();
        String id = story.clinic().id() + "-" + date + "-" + number;
        Conversation conversation = new Conversation(story, random, id, patient(date, number));
        return conversation.from(date.atTime(hour(random), random.nextInt(60), random.nextInt(60))
                .atZone(zone)
                .toInstant());
    }

    private static int hour(Random random) {
        int total = 0;
        for (int weight : HOURS) {
            total += weight;
        }
        int drawn = random.nextInt(total);
        int hour = 0;
        while (drawn >= HOURS[hour]) {
            drawn -= HOURS[hour++];
        }
        return hour;
    }

    /** A new patient, or whoever wrote on some day of the half year before. */
    String patient(LocalDate date, int number) {
        Random random = random(date, 1_000_000 + number);
        LocalDate before = date.minusDays(1 + random.nextInt(180));
        if (random.nextDouble() < NEW_PATIENT || before.isBefore(first)) {
            return story.clinic().id() + "-patient-" + date + "-" + number;
        }
        int then = conversations(before);
        return then == 0
                ? story.clinic().id() + "-patient-" + date + "-" + number
                : patient(before, random.nextInt(then));
    }

    /** What the clinic's people click, on working days; and the day on which its tier became too small. */
    private void features(LocalDate date, List<KpiEvent> events) {
        Random random = random(date, -2);
        List<String> used = story.isLive(date)
                ? List.of("inbox", "reminders", "waitlist", "surveys", "benchmarks")
                : List.of("inbox");
        double[] chances = {0.95, 0.7, 0.4, 0.25, 0.04};
        for (int i = 0; i < used.size(); i++) {
            if (date.getDayOfWeek().getValue() <= 5 && random.nextDouble() < chances[i] * Math.min(1, story.perDay())) {
                events.add(new KpiEvent.FeatureUsed(
                        story.clinic().id() + "-" + date + "-feature-" + i,
                        story.clinic().id(),
                        date.atTime(9 + i, random.nextInt(60))
                                .atZone(story.clinic().zone())
                                .toInstant(),
                        used.get(i)));
            }
        }
        LocalDate goLive = story.clinic().goLive();
        if (story.clinic().id().value().equals("sol") && goLive != null && date.equals(goLive.plusMonths(3))) {
            events.add(new KpiEvent.SubscriptionChanged(
                    "sol-upgrade",
                    story.clinic().id(),
                    date.atTime(10, 0).atZone(story.clinic().zone()).toInstant(),
                    "pro"));
        }
    }

    /** Mixes clinic, date and number well: seeds that lie side by side give chances that do. */
    private Random random(LocalDate date, int number) {
        long seed = story.clinic().id().value().hashCode() * 0x9E3779B97F4A7C15L
                + date.toEpochDay() * 0xC2B2AE3D27D4EB4FL
                + number * 0x165667B19E3779F9L;
        seed = (seed ^ (seed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return new Random(seed ^ (seed >>> 32));
    }
}
