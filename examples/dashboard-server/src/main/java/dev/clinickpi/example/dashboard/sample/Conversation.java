package dev.clinickpi.example.dashboard.sample;

import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Service;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One conversation, from the first message to the last visit that came of it. */
final class Conversation {

    private final ClinicStory story;
    private final ClinicId clinic;
    private final Random random;
    private final String id;
    private final String patient;
    private final ClinicCalendar calendar;
    private final List<KpiEvent> events = new ArrayList<>();

    Conversation(ClinicStory story, Random random, String id, String patient) {
        this.story = story;
        this.clinic = story.clinic().id();
        this.random = random;
        this.id = id;
        this.patient = patient;
        this.calendar = ClinicCalendar.of(story.clinic());
    }

    /** All of it, when it begins at an instant. */
    List<KpiEvent> from(Instant start) {
        LocalDate date = LocalDate.ofInstant(start, story.clinic().zone());
        List<Service> services = story.clinic().services();
        Service service = services.get((int) (services.size() * Math.pow(random.nextDouble(), 1.6)));
        if (story.isLive(date)) {
            answered(start, date, service);
        } else {
            beforeTheReceptionist(start, service);
        }
        return events;
    }

    /** People answer between two patients, and on what came at night the next morning. */
    private void beforeTheReceptionist(Instant start, Service service) {
        say(start, Sender.PATIENT, question(service));
        boolean open = calendar.isOpen(start.toEpochMilli());
        if (!open && chance(0.25)) {
            return;
        }
        Instant at = whenOpen(start).plusSeconds(240 + random.nextInt(5_400));
        say(at, Sender.HUMAN, null);
        if (chance(0.6)) {
            at = at.plusSeconds(120 + random.nextInt(1_800));
            say(at, Sender.PATIENT, null);
            at = whenOpen(at).plusSeconds(180 + random.nextInt(3_600));
            say(at, Sender.HUMAN, null);
        }
        if (chance(open ? 0.3 : 0.16)) {
            new Visits(story, random, events, patient, service).book(id, at);
        }
    }

    private void answered(Instant start, LocalDate date, Service service) {
        Instant at = start;
        int turns = 2 + random.nextInt(3);
        for (int turn = 0; turn < turns; turn++) {
            say(at, Sender.PATIENT, turn == 0 ? question(service) : null);
            at = answer(at, date).plusSeconds(15 + random.nextInt(150));
        }
        if (chance(0.12)) {
            // The patient presses a button for something else, too.
            List<Service> services = story.clinic().services();
            String other = services.get(random.nextInt(services.size())).id();
            add(new KpiEvent.ServiceMentioned(next(), clinic, at, id, other));
        }
        LeadTier tier = tier();
        at = at.plusSeconds(1);
        if (chance(0.94)) {
            add(new KpiEvent.LeadScored(next(), clinic, at, id, tier));
        }
        if (chance(story.towards(0.36, 0.19, date))) {
            at = handOff(at);
        }
        add(new KpiEvent.ConversationClosed(next(), clinic, at.plusSeconds(90), id));
        if (chance(0.34)) {
            add(new KpiEvent.CsatSubmitted(
                    next(), clinic, at.plusSeconds(300 + random.nextInt(3_000)), id, patient, score(date)));
        }
        double interest = switch (tier) {
            case HOT -> 0.82;
            case WARM -> 0.52;
            case COOL -> 0.2;
            case COLD -> 0.04;
        };
        if (chance(interest * story.towards(0.78, 1, date))) {
            new Visits(story, random, events, patient, service).book(id, at.plusSeconds(30));
        }
    }

    /** The bot's answer and the call of the language model behind it. It was slow at first, and still is now and then. */
    private Instant answer(Instant asked, LocalDate date) {
        double median = story.towards(1_500, 820, date);
        long millis = (long) (median * Math.exp(random.nextGaussian() * story.towards(0.55, 0.38, date)));
        millis += chance(story.towards(0.05, 0.012, date)) ? 2_500 + random.nextInt(6_000) : 0;
        Instant at = asked.plusMillis(Math.max(180, millis));
        say(at, Sender.BOT, null);
        long input = 1_400L + random.nextInt(2_600);
        String model = story.progress(date) < 0.4 ? "gpt-4o-mini" : story.model();
        long cached = (long) (input * story.towards(0.1, 0.55, date));
        add(new KpiEvent.LlmUsed(next(), clinic, at, model, input, cached, 60L + random.nextInt(240), id, null));
        return at;
    }

    /** The patient asks for a person, who answers when the clinic is open. */
    private Instant handOff(Instant at) {
        Instant asked = at.plusSeconds(20 + random.nextInt(60));
        say(asked, Sender.PATIENT, null);
        add(new KpiEvent.ConversationHandedOff(next(), clinic, asked.plusSeconds(2), id));
        Instant answered = whenOpen(asked).plusSeconds(120 + random.nextInt(1_500));
        say(answered, Sender.HUMAN, null);
        return answered;
    }

    private LeadTier tier() {
        double drawn = random.nextDouble();
        return drawn < 0.22 ? LeadTier.HOT : drawn < 0.52 ? LeadTier.WARM : drawn < 0.8 ? LeadTier.COOL : LeadTier.COLD;
    }

    private int score(LocalDate date) {
        double drawn = random.nextDouble();
        double content = story.towards(0.38, 0.66, date);
        if (drawn < content) {
            return 5;
        }
        double rest = (drawn - content) / (1 - content);
        return rest < 0.55 ? 4 : rest < 0.78 ? 3 : rest < 0.9 ? 2 : 1;
    }

    private String question(Service service) {
        String word =
                service.aliases().isEmpty() ? service.name() : service.aliases().get(0);
        return story.clinic().locale().getLanguage().equals("es")
                ? "Hola, quería pedir cita: " + word
                : "Hello, I would like an appointment: " + word;
    }

    private Instant whenOpen(Instant at) {
        long millis = at.toEpochMilli();
        return calendar.isOpen(millis)
                ? at
                : Instant.ofEpochMilli(calendar.nextOpening(millis).orElse(millis));
    }

    private void say(Instant at, Sender from, @Nullable String text) {
        add(new KpiEvent.Message(next(), clinic, at, id, patient, from, null, text));
    }

    private void add(KpiEvent event) {
        events.add(event);
    }

    private String next() {
        return id + "-" + events.size();
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
