package dev.clinickpi.privacy;

import dev.clinickpi.KpiEngine;
import dev.clinickpi.access.AuditLog;
import dev.clinickpi.access.Privacy;
import dev.clinickpi.access.Publication;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.EventLog;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.PrivacyGate;
import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.testkit.PlainGate;
import dev.clinickpi.time.Span;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A small clinic of which one kind of thing is known, other than conversations and whether they convert; half of it lies before the day that it went live. */
final class AttackedPopulation {

    private static final String DIRECTORY = """
            {"clinics": [{"id": "sol", "name": "Sol", "owner": "sol", "vertical": "dental", "country": "ES",
              "zone": "UTC", "currency": "EUR", "locale": "es-ES", "goLive": "%s",
              "openingHours": [{"from": "2025-01-01", "MONDAY": ["12:00-12:15"], "TUESDAY": ["12:00-12:15"],
                "WEDNESDAY": ["12:00-12:15"], "THURSDAY": ["12:00-12:15"], "FRIDAY": ["12:00-12:15"],
                "SATURDAY": ["12:00-12:15"], "SUNDAY": ["12:00-12:15"]}],
              "averageRevenuePerVisit": [{"from": "2025-01-01", "amount": "40"}]}]}
            """;

    private final Kind kind;
    private final int days;
    private final List<Item> items;
    private final KpiEngine engine;

    /** What is known, and the figure that says something of it. */
    enum Kind {
        RESOLVED(Kpi.NO_SHOW_RATE) {
            @Override
            void tell(Item item, List<KpiEvent> into) {
                AppointmentStatus outcome = item.isSo ? AppointmentStatus.NO_SHOW : AppointmentStatus.COMPLETED;
                into.add(
                        item.appointment("a", AppointmentStatus.CONFIRMED, item.at.minus(Duration.ofDays(1)), item.at));
                into.add(item.appointment("b", outcome, item.at, item.at));
            }
        },
        CANCELLATIONS(Kpi.WAITLIST_CONVERSION) {
            @Override
            void tell(Item item, List<KpiEvent> into) {
                Instant startsAt = item.at.plus(Duration.ofDays(60));
                into.add(item.appointment("a", AppointmentStatus.CANCELLED, item.at, startsAt));
                if (item.isSo) {
                    into.add(new KpiEvent.WaitlistFilled(
                            "f" + item.number, AttackedClinic.SOL, item.at, "a" + item.number, "other" + item.number));
                }
            }
        },
        SCORES(Kpi.CSAT) {
            @Override
            void tell(Item item, List<KpiEvent> into) {
                into.add(item.message("m", Sender.PATIENT, item.at));
                into.add(new KpiEvent.CsatSubmitted(
                        "s" + item.number,
                        AttackedClinic.SOL,
                        item.at,
                        "c" + item.number,
                        "p" + item.patient,
                        item.isSo ? 5 : 1));
            }

            /** Of those who gave the best score. */
            @Override
            @Nullable
            BigDecimal told(KpiResult result) {
                return result.row("5").map(KpiResult.Row::value).orElse(null);
            }
        },
        RECOVERED(Kpi.REVENUE_RECOVERED) {
            @Override
            void tell(Item item, List<KpiEvent> into) {
                into.add(item.message("m", Sender.PATIENT, item.at));
                into.add(item.message("r", Sender.BOT, item.at.plusSeconds(5)));
            }

            @Override
            BigDecimal worth(Item item) {
                return BigDecimal.ONE;
            }

            @Override
            @Nullable
            BigDecimal told(KpiResult result) {
                return result.component("recoveredConversations").orElse(null);
            }
        },
        /** What recovered conversations brought in, of which those who paid are alone judged. */
        BOOKED(Kpi.REVENUE_RECOVERED) {
            @Override
            void tell(Item item, List<KpiEvent> into) {
                RECOVERED.tell(item, into);
                if (item.isSo) {
                    into.add(new KpiEvent.Appointment(
                            "a" + item.number,
                            AttackedClinic.SOL,
                            item.at.plusSeconds(60),
                            "a" + item.number,
                            "p" + item.patient,
                            AppointmentStatus.COMPLETED,
                            item.at.plusSeconds(30),
                            "c" + item.number,
                            null,
                            new Money(item.amount(), "EUR")));
                }
            }

            @Override
            boolean isOf(Item item) {
                return item.isSo;
            }

            @Override
            BigDecimal worth(Item item) {
                return item.amount();
            }

            @Override
            @Nullable
            BigDecimal told(KpiResult result) {
                return result.component("booked").orElse(null);
            }
        };

        private final KpiDefinition kpi;

        Kind(KpiDefinition kpi) {
            this.kpi = kpi;
        }

        KpiDefinition kpi() {
            return kpi;
        }

        /** The events of an item. */
        abstract void tell(Item item, List<KpiEvent> into);

        /** Whether an item stands behind what is told. */
        boolean isOf(Item item) {
            return true;
        }

        /** What an item adds to what is told. */
        BigDecimal worth(Item item) {
            return item.isSo ? BigDecimal.ONE : BigDecimal.ZERO;
        }

        /** The sum that a result tells; null when it is withheld. */
        @Nullable
        BigDecimal told(KpiResult result) {
            return result.numerator();
        }
    }

    private record Item(int number, int patient, Instant at, boolean isSo) {

        KpiEvent appointment(String prefix, AppointmentStatus status, Instant at, Instant startsAt) {
            return new KpiEvent.Appointment(
                    prefix + number,
                    AttackedClinic.SOL,
                    at,
                    "a" + number,
                    "p" + patient,
                    status,
                    startsAt,
                    null,
                    null,
                    null);
        }

        /** Another one of nearly each. */
        BigDecimal amount() {
            return BigDecimal.valueOf(1_000L + number * 7_919L % 9_973L, 2);
        }

        KpiEvent message(String prefix, Sender from, Instant at) {
            return new KpiEvent.Message(
                    prefix + number, AttackedClinic.SOL, at, "c" + number, "p" + patient, from, null, null);
        }
    }

    /** Up to so many things a day, some of patients who have come before. */
    AttackedPopulation(Kind kind, Random random, int days, int mostADay, int mostPatients, Publication publication) {
        this.kind = kind;
        this.days = days;
        this.items = items(random, days, mostADay, mostPatients);
        Instant now = now();
        this.engine = KpiEngine.builder()
                .directory(ClinicDirectory.read(new ByteArrayInputStream(DIRECTORY
                        .formatted(AttackedClinic.FIRST.plusDays(days / 2))
                        .getBytes(StandardCharsets.UTF_8))))
                .events(EventLog.inMemory())
                .audit(AuditLog.inMemory())
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .privacy(new Plain(new PlainGate(), publication))
                .build();
        List<KpiEvent> events = new ArrayList<>();
        items.forEach(item -> kind.tell(item, events));
        engine.record(events);
    }

    private static List<Item> items(Random random, int days, int mostADay, int mostPatients) {
        List<Item> items = new ArrayList<>();
        int patients = 0;
        for (int day = 0; day < days; day++) {
            int today = random.nextInt(mostADay + 1);
            for (int i = 0; i < today; i++) {
                boolean isNew = patients == 0 || (patients < mostPatients && random.nextInt(8) > 0);
                int patient = isNew ? patients++ : random.nextInt(patients);
                Instant at = AttackedClinic.FIRST
                        .plusDays(day)
                        .atTime(13 + random.nextInt(10), random.nextInt(60))
                        .toInstant(ZoneOffset.UTC);
                items.add(new Item(items.size(), patient, at, random.nextInt(2) == 0));
            }
        }
        return items;
    }

    Instant now() {
        return AttackedClinic.FIRST.plusDays(days + 2L).atTime(11, 0).toInstant(ZoneOffset.UTC);
    }

    int days() {
        return days;
    }

    Kind kind() {
        return kind;
    }

    KpiEngine engine() {
        return engine;
    }

    List<Integer> patients() {
        return items.stream().map(Item::patient).toList();
    }

    BitSet in(Span span) {
        BitSet in = new BitSet();
        for (Item item : items) {
            in.set(item.number, kind.isOf(item) && !item.at.isBefore(span.from()) && item.at.isBefore(span.to()));
        }
        return in;
    }

    /** Each patient is onboarded by the first event of an appointment, a day before it. */
    BitSet onboarded(Span span) {
        Map<Integer, Instant> first = new HashMap<>();
        items.forEach(item -> first.merge(
                item.patient, item.at.minus(Duration.ofDays(1)), (one, other) -> one.isBefore(other) ? one : other));
        BitSet in = new BitSet();
        first.forEach((patient, at) -> in.set(patient, !at.isBefore(span.from()) && at.isBefore(span.to())));
        return in;
    }

    BitSet in(int day) {
        Instant start = AttackedClinic.FIRST.plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC);
        return in(new Span(start, start.plus(Duration.ofDays(1))));
    }

    int patientsOf(BitSet some) {
        return (int)
                some.stream().map(item -> items.get(item).patient).distinct().count();
    }

    BigDecimal truth(BitSet some) {
        return some.stream().mapToObj(item -> kind.worth(items.get(item))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private record Plain(PrivacyGate gate, Publication publication) implements Privacy {}
}
