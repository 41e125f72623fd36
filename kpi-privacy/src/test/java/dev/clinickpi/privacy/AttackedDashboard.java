package dev.clinickpi.privacy;

import dev.clinickpi.ClinicDashboard;
import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Principal;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.Direction;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.testkit.SettableClock;
import dev.clinickpi.time.Refresh;
import dev.clinickpi.time.Span;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A small clinic whose conversations lead to all that a dashboard counts, some of it days later, some of it recorded late; and what is true of each. */
final class AttackedDashboard {

    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "2026-01-01",
              "openingHours": [{"from": "2025-01-01", "MONDAY": ["12:00-12:15"], "TUESDAY": ["12:00-12:15"],
                "WEDNESDAY": ["12:00-12:15"], "THURSDAY": ["12:00-12:15"], "FRIDAY": ["12:00-12:15"],
                "SATURDAY": ["12:00-12:15"], "SUNDAY": ["12:00-12:15"]}],
              "averageRevenuePerVisit": [{"from": "2025-01-01", "amount": "40"}],
              "services": [{"id": "implant", "name": "Implantes", "aliases": []},
                {"id": "braces", "name": "Ortodoncia", "aliases": []}]}]}
            """;

    /** A host's own figure of the same conversations as others, so that satisfaction's response rate can be taken apart. */
    static final KpiDefinition ANSWERED = KpiDefinition.ratio(
            "answered-surveys",
            Refresh.REAL_TIME,
            Direction.HIGHER_IS_BETTER,
            new KpiDefinition.Meaning("Encuestas respondidas.", "Surveys that were answered."),
            Measure.SURVEYED,
            Measure.CONVERSATIONS);

    /** So many days after a conversation is its appointment. */
    static final int LEAD_DAYS = 10;

    private final List<Conversation> conversations = new ArrayList<>();
    private final int days;
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final KpiEngine engine;
    private Instant recordedUntil = Instant.EPOCH;

    /** What figures count, each in a population of its own; the measures of one change together. */
    enum Counted {
        CONVERTED {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                boolean converted = of.hasBy(of.confirmed, now) || of.hasBy(of.ended, now);
                return of.hasBegun(now) ? flags(converted, !converted && of.isPending(now)) : null;
            }
        },
        HANDED_OFF {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBegun(now) ? flags(of.hasBy(of.handedOff, now)) : null;
            }
        },
        FUNNEL {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                boolean completed = of.isCame && of.hasBy(of.ended, now);
                boolean booked = of.hasBy(of.booked, now);
                boolean qualified = booked || of.isPromising(scores);
                boolean open = !completed && of.isPending(now);
                return of.hasBegun(now)
                        ? flags(qualified, booked, completed, open, open && qualified, open && booked)
                        : null;
            }
        },
        SCORED {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBegun(now) && of.hasBy(of.scored, now)
                        ? oneOf(LeadTier.values().length, of.tier.ordinal())
                        : null;
            }
        },
        RECOVERED {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBegun(now) && of.isAnswered ? flags(true) : null;
            }
        },
        ANSWERED_SURVEY {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBegun(now) ? flags(of.hasBy(of.surveyed, now)) : null;
            }
        },
        IMPLANT {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBegun(now) && of.mentions % 2 == 1 && of.hasBy(of.mentioned, now) ? flags(true) : null;
            }
        },
        BRACES {
            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBegun(now) && of.mentions >= 2 && of.hasBy(of.mentioned, now) ? flags(true) : null;
            }
        },
        SCORES {
            @Override
            @Nullable
            Instant at(Conversation of) {
                return of.surveyed;
            }

            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBy(of.surveyed, now) ? oneOf(BEST_SCORE, of.score - 1) : null;
            }
        },
        MISSED {
            @Override
            @Nullable
            Instant at(Conversation of) {
                return of.booked == null ? null : of.startsAt();
            }

            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                boolean resolved = of.hasBy(of.ended, now);
                boolean called = of.hasBy(of.cancelled, now);
                boolean open = of.hasBy(of.booked, now)
                        && !resolved
                        && !called
                        && !of.startsAt().isAfter(now);
                return resolved || open ? flags(resolved && !of.isCame, resolved, open) : null;
            }
        },
        REFILLED {
            @Override
            @Nullable
            Instant at(Conversation of) {
                return of.cancelled;
            }

            @Override
            long @Nullable [] adds(Conversation of, Instant now, Instant scores) {
                return of.hasBy(of.cancelled, now)
                        ? flags(of.hasBy(of.filled, now), true, of.hasBy(of.offered, now))
                        : null;
            }
        };

        static final int BEST_SCORE = 5;

        /** When it is dated; null where it never happens. */
        @Nullable
        Instant at(Conversation of) {
            return of.start;
        }

        /**
         * What a conversation adds to each of the numbers that are told; null where it is not in the population.
         *
         * @param now the moment of all that is known of it but its score
         * @param scores the moment of that
         */
        abstract long @Nullable [] adds(Conversation of, Instant now, Instant scores);

        private static long[] flags(boolean... flags) {
            long[] adds = new long[flags.length];
            for (int i = 0; i < flags.length; i++) {
                adds[i] = flags[i] ? 1 : 0;
            }
            return adds;
        }

        private static long[] oneOf(int size, int which) {
            return LongStream.range(0, size).map(i -> i == which ? 1 : 0).toArray();
        }
    }

    /** A conversation and what comes of it. What never happens is null; what happens is known so much later. */
    static final class Conversation {

        private final int number;
        private final int patient;
        private final Instant start;
        private final Duration late;
        private final boolean isAnswered;
        private final LeadTier tier;
        private final int mentions;
        private final int score;
        private final boolean isCame;
        private final @Nullable Instant handedOff;
        private final @Nullable Instant scored;
        private final @Nullable Instant mentioned;
        private final @Nullable Instant surveyed;
        private final @Nullable Instant booked;
        private final @Nullable Instant confirmed;
        private final @Nullable Instant cancelled;
        private final @Nullable Instant offered;
        private final @Nullable Instant filled;
        private final @Nullable Instant ended;

        Conversation(Random random, int number, int patient, Instant start, boolean mayBook) {
            this.number = number;
            this.patient = patient;
            this.start = start;
            this.late = random.nextInt(10) == 0 ? Duration.ofDays(1 + random.nextInt(15)) : Duration.ZERO;
            this.isAnswered = random.nextInt(3) > 0;
            this.tier = LeadTier.values()[random.nextInt(LeadTier.values().length)];
            this.mentions = 1 + random.nextInt(3);
            this.score = 1 + random.nextInt(Counted.BEST_SCORE);
            this.isCame = random.nextInt(3) > 0;
            this.handedOff = soon(random, 4, start, 0);
            this.scored = soon(random, 2, start, 0);
            this.mentioned = soon(random, 2, start, 0);
            this.surveyed = soon(random, 2, start, 0);
            Instant appointment = soon(random, 2, start, 0);
            this.booked = mayBook ? appointment : null;
            this.confirmed = booked == null ? null : soon(random, 2, booked, 0);
            Instant last = confirmed == null ? booked : confirmed;
            this.cancelled = last == null ? null : soon(random, 3, last, 3);
            this.offered = cancelled == null ? null : soon(random, 2, cancelled, 3);
            this.filled = offered == null ? null : soon(random, 2, offered, 3);
            this.ended = booked == null || cancelled != null || random.nextInt(6) == 0 ? null : startsAt();
        }

        /** Once in so many times, most often at once and else within days. */
        private static @Nullable Instant soon(Random random, int once, Instant after, int days) {
            Duration wait = random.nextInt(3) > 0
                    ? Duration.ofMinutes(1 + random.nextInt(9))
                    : Duration.ofHours(24L * days + random.nextInt(100));
            return random.nextInt(once) == 0 ? after.plus(wait) : null;
        }

        /** The appointment's. */
        Instant startsAt() {
            return start.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(24 * LEAD_DAYS + 9));
        }

        boolean hasBegun(Instant now) {
            return hasBy(start, now);
        }

        boolean hasBy(@Nullable Instant at, Instant now) {
            return at != null && !at.plus(late).isAfter(now);
        }

        boolean isPromising(Instant now) {
            return hasBy(scored, now) && tier.compareTo(LeadTier.WARM) >= 0;
        }

        boolean isPending(Instant now) {
            return start.plus(AttackedClinic.WINDOW).isAfter(now);
        }

        private void tell(List<KpiEvent> into) {
            String id = "c" + number;
            String who = "p" + patient;
            into.add(message("m", start, Sender.PATIENT));
            if (isAnswered) {
                into.add(message("b", start.plusSeconds(5), Sender.BOT));
            }
            if (handedOff != null) {
                into.add(new KpiEvent.ConversationHandedOff("h" + number, AttackedClinic.SOL, handedOff, id));
            }
            if (scored != null) {
                into.add(new KpiEvent.LeadScored("l" + number, AttackedClinic.SOL, scored, id, tier));
            }
            if (mentioned != null) {
                tellOfServices(mentioned, into);
            }
            if (surveyed != null) {
                into.add(new KpiEvent.CsatSubmitted("s" + number, AttackedClinic.SOL, surveyed, id, who, score));
            }
            tellOfAppointment(AppointmentStatus.BOOKED, booked, into);
            tellOfAppointment(AppointmentStatus.CONFIRMED, confirmed, into);
            tellOfAppointment(AppointmentStatus.CANCELLED, cancelled, into);
            tellOfAppointment(isCame ? AppointmentStatus.COMPLETED : AppointmentStatus.NO_SHOW, ended, into);
            if (offered != null) {
                into.add(new KpiEvent.WaitlistOffered("o" + number, AttackedClinic.SOL, offered, "a" + number, who));
            }
            if (filled != null) {
                into.add(new KpiEvent.WaitlistFilled("f" + number, AttackedClinic.SOL, filled, "a" + number, "x"));
            }
        }

        private void tellOfServices(Instant at, List<KpiEvent> into) {
            String id = "c" + number;
            if (mentions % 2 == 1) {
                into.add(new KpiEvent.ServiceMentioned("i" + number, AttackedClinic.SOL, at, id, "implant"));
            }
            if (mentions >= 2) {
                into.add(new KpiEvent.ServiceMentioned("j" + number, AttackedClinic.SOL, at, id, "braces"));
            }
        }

        private void tellOfAppointment(AppointmentStatus status, @Nullable Instant at, List<KpiEvent> into) {
            if (at != null) {
                into.add(new KpiEvent.Appointment(
                        "a" + number + status,
                        AttackedClinic.SOL,
                        at,
                        "a" + number,
                        "p" + patient,
                        status,
                        startsAt(),
                        "c" + number,
                        null,
                        null));
            }
        }

        private KpiEvent message(String prefix, Instant at, Sender from) {
            return new KpiEvent.Message(
                    prefix + number, AttackedClinic.SOL, at, "c" + number, "p" + patient, from, null, null);
        }
    }

    /**
     * A clinic of its own.
     *
     * @param mostADay up to so many conversations a day, some of patients who have come before
     * @param isBooked whether anybody books
     */
    AttackedDashboard(Random random, int days, int mostADay, boolean isBooked, Publication publication) {
        this.days = days;
        this.engine = KpiEngine.builder()
                .directory(ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY.getBytes(StandardCharsets.UTF_8))))
                .events(EventLog.inMemory())
                .audit(AuditLog.inMemory())
                .clock(clock)
                .kpi(ANSWERED)
                .privacy(new Plain(new PlainGate(), publication))
                .build();
        int patients = 0;
        for (int day = 0; day < days; day++) {
            for (int i = random.nextInt(mostADay + 1); i > 0; i--) {
                boolean isNew = patients == 0 || random.nextInt(8) > 0;
                int patient = isNew ? patients++ : random.nextInt(patients);
                Instant start = AttackedClinic.FIRST
                        .plusDays(day)
                        .atTime(13 + random.nextInt(9), random.nextInt(60))
                        .toInstant(ZoneOffset.UTC);
                conversations.add(new Conversation(random, conversations.size(), patient, start, isBooked));
            }
        }
    }

    int days() {
        return days;
    }

    int size() {
        return conversations.size();
    }

    int patient(int conversation) {
        return conversations.get(conversation).patient;
    }

    /** Moves the clock, and records what has become known since it was moved last. */
    ClinicDashboard at(Instant now) {
        clock.set(now);
        List<KpiEvent> events = new ArrayList<>();
        for (Conversation conversation : conversations) {
            List<KpiEvent> all = new ArrayList<>();
            conversation.tell(all);
            all.stream()
                    .filter(event -> {
                        Instant known = event.at().plus(conversation.late);
                        return known.isAfter(recordedUntil) && !known.isAfter(now);
                    })
                    .forEach(events::add);
        }
        engine.record(events);
        recordedUntil = now;
        return engine.open(Principal.clinicAdmin("mallory", AttackedClinic.SOL), AttackedClinic.SOL);
    }

    /** What a conversation adds to what is told of a span, by moments as in {@link Counted#adds}; null where it is not in the population. */
    long @Nullable [] adds(Counted counted, int conversation, Span span, Instant now, Instant scores) {
        Conversation of = conversations.get(conversation);
        Instant at = counted.at(of);
        boolean isIn = at != null && !at.isBefore(span.from()) && at.isBefore(span.to());
        return isIn ? counted.adds(of, now, scores) : null;
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
