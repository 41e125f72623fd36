package dev.clinickpi.example.dashboard.sample;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.event.KpiEvent;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the story of the made-up clinics through the engine, as a host would: first the history, clinic by clinic, then what happens now, each event when its time has
 * come. A second start goes on where the first one stopped.
 */
public final class Simulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

    private static final int BATCH = 4_000;

    private static final long STEP_MILLIS = 250;

    /** About how many events a conversation has while it goes on. */
    private static final int EVENTS_OF_CONVERSATION = 14;

    /** How many steps lie between two marks of what has been told: what lies between is told twice after a crash, and counts once. */
    private static final int STEPS_BETWEEN_MARKS = 40;

    private final KpiEngine engine;
    private final Clock clock;
    private final DataSource database;
    private final double eventsPerSecond;
    private final Map<ClinicId, Told> clinics = new LinkedHashMap<>();
    private final Map<ClinicId, Double> shares = new ConcurrentHashMap<>();
    private final PriorityQueue<KpiEvent> upcoming = new PriorityQueue<>(Comparator.comparing(KpiEvent::at));
    private final Random random = new Random();
    private final Thread thread = new Thread(this::run, "dashboard-sample");
    private volatile boolean stopped;
    private long conversations;
    private double owed;

    /**
     * A simulator of the clinics of {@link SampleClinics}; tells nothing before it is started.
     *
     * @param began the day of the first start
     * @param days how many days of history it tells at the most, that day included
     * @param eventsPerSecond how many live events beside those of the story, about, over all clinics
     * @param database where it is kept how far it is
     */
    public Simulator(
            KpiEngine engine,
            ClinicDirectory directory,
            LocalDate began,
            int days,
            double eventsPerSecond,
            Clock clock,
            DataSource database) {
        this.engine = engine;
        this.clock = clock;
        this.database = database;
        this.eventsPerSecond = eventsPerSecond;
        for (Clinic clinic : directory.clinics().values()) {
            ClinicStory story = ClinicStory.of(clinic);
            if (story != null) {
                LocalDate first = began.minusDays(Math.min(days, story.days()) - 1L);
                clinics.put(clinic.id(), new Told(story, new DayStories(story, first), first));
                shares.put(clinic.id(), 0.0);
            }
        }
        thread.setDaemon(true);
    }

    /** Begins to tell, in a thread of its own. */
    public void start() {
        thread.start();
    }

    /** How much of a clinic's history is told, from 0 to 1; empty when all is. */
    public OptionalDouble share(ClinicId clinic) {
        Double share = shares.get(clinic);
        return share == null ? OptionalDouble.empty() : OptionalDouble.of(share);
    }

    /** Whether the history of every clinic is told. */
    public boolean isComplete() {
        return shares.isEmpty();
    }

    private void run() {
        try {
            WrittenUntil written = WrittenUntil.in(database);
            Map<String, Instant> until = written.load();
            // A history that was whole is whole but for the time since.
            until.keySet().forEach(clinic -> shares.remove(ClinicId.of(clinic)));
            // Who looks first finds what is there already, and then what takes least.
            List<Told> order = clinics.values().stream()
                    .sorted(Comparator.comparing(told -> !until.containsKey(told.id())))
                    .toList();
            Instant began = clock.instant();
            long events = 0;
            for (Told told : order) {
                events += history(told, written, until.getOrDefault(told.id(), Instant.MIN));
            }
            if (!stopped) {
                LOG.info("The history is told: {} events in {} ms", events, clock.millis() - began.toEpochMilli());
            }
            live(written);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            if (!stopped) {
                LOG.error("Nothing more is made up", e);
            }
        }
    }

    private long history(Told told, WrittenUntil written, Instant after) throws SQLException {
        Instant now = clock.instant();
        List<KpiEvent> due = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(now, told.story.clinic().zone());
        for (LocalDate date = told.first; !date.isAfter(today); date = date.plusDays(1)) {
            split(told.stories.of(date), after, now, due);
        }
        told.told = today;
        due.sort(Comparator.comparing(KpiEvent::at));
        for (int from = 0; from < due.size() && !stopped; from += BATCH) {
            engine.record(due.subList(from, Math.min(from + BATCH, due.size())));
            double share = Math.min(1.0, (from + BATCH) / (double) due.size());
            shares.computeIfPresent(told.story.clinic().id(), (clinic, before) -> share);
        }
        if (!stopped) {
            written.save(told.id(), now);
            shares.remove(told.story.clinic().id());
        }
        return due.size();
    }

    /** What was due, and what will be. */
    private void split(List<KpiEvent> events, Instant after, Instant now, List<KpiEvent> due) {
        for (KpiEvent event : events) {
            if (event.at().isAfter(now)) {
                upcoming.add(event);
            } else if (event.at().isAfter(after)) {
                due.add(event);
            }
        }
    }

    private void live(WrittenUntil written) throws InterruptedException {
        for (long step = 1; !stopped; step++) {
            Instant now = clock.instant();
            try {
                tell(now);
                if (step % STEPS_BETWEEN_MARKS == 0) {
                    for (Told told : clinics.values()) {
                        written.save(told.id(), now);
                    }
                }
            } catch (SQLException | RuntimeException e) {
                if (!stopped) {
                    LOG.warn("What happens now could not be recorded; it is tried again", e);
                }
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    private void tell(Instant now) {
        begin(now);
        List<KpiEvent> due = new ArrayList<>();
        for (KpiEvent next = upcoming.peek(); next != null && !next.at().isAfter(now); next = upcoming.peek()) {
            due.add(upcoming.remove());
        }
        try {
            engine.record(due);
        } catch (RuntimeException e) {
            upcoming.addAll(due);
            throw e;
        }
    }

    /** The stories of a day that has begun, and as many conversations beside them as are wanted. */
    private void begin(Instant now) {
        for (Told told : clinics.values()) {
            LocalDate today = LocalDate.ofInstant(now, told.story.clinic().zone());
            while (told.told.isBefore(today)) {
                told.told = told.told.plusDays(1);
                upcoming.addAll(told.stories.of(told.told));
            }
        }
        owed += eventsPerSecond / EVENTS_OF_CONVERSATION * STEP_MILLIS / 1_000;
        while (owed > 0 && random.nextDouble() < owed) {
            owed--;
            Told told = anyOf();
            LocalDate day = told.told.minusDays(random.nextInt(60));
            String patient = told.stories.patient(day, random.nextInt(5));
            String id = told.id() + "-live-" + now.toEpochMilli() + "-" + conversations++;
            upcoming.addAll(new Conversation(told.story, random, id, patient).from(now));
        }
    }

    /** A clinic with much to do more often than one with little. */
    private Told anyOf() {
        List<Told> all = List.copyOf(clinics.values());
        double drawn = random.nextDouble()
                * all.stream().mapToDouble(told -> told.story.perDay()).sum();
        for (Told told : all) {
            drawn -= told.story.perDay();
            if (drawn <= 0) {
                return told;
            }
        }
        return all.get(0);
    }

    /** Stops telling, when what is being recorded is. */
    @Override
    public void close() {
        stopped = true;
        boolean interrupted = false;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Told {

        private final ClinicStory story;
        private final DayStories stories;
        private final LocalDate first;
        private LocalDate told;

        Told(ClinicStory story, DayStories stories, LocalDate first) {
            this.story = story;
            this.stories = stories;
            this.first = first;
            this.told = first;
        }

        String id() {
            return story.clinic().id().value();
        }
    }
}
