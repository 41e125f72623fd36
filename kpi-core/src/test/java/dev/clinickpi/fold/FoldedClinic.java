package dev.clinickpi.fold;

import dev.clinickpi.TestClinics;
import dev.clinickpi.cell.Cell;
import dev.clinickpi.cell.CellTable;
import dev.clinickpi.cell.Dimension;
import dev.clinickpi.cell.Measure;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.clinic.ClinicCalendar;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.Fact;
import dev.clinickpi.event.KpiEvent;
import dev.clinickpi.event.KpiEvent.AppointmentStatus;
import dev.clinickpi.event.KpiEvent.LeadTier;
import dev.clinickpi.event.KpiEvent.Sender;
import dev.clinickpi.event.TestGate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A clinic's events, told in local time, and the cells that they fold into. */
final class FoldedClinic {

    private final Clinic clinic;
    private final TestGate gate = new TestGate();
    private final List<Fact> facts = new ArrayList<>();
    private Instant now;

    FoldedClinic(String now) {
        this(TestClinics.sol(), now);
    }

    FoldedClinic(Clinic clinic, String now) {
        this.clinic = clinic;
        this.now = local(now);
    }

    Instant local(String wallTime) {
        return LocalDateTime.parse(wallTime).atZone(clinic.zone()).toInstant();
    }

    FoldedClinic asOf(String wallTime) {
        now = local(wallTime);
        return this;
    }

    FoldedClinic message(Sender from, String conversation, String patient, String at) {
        return message(from, conversation, patient, at, null, null);
    }

    FoldedClinic message(
            Sender from,
            String conversation,
            String patient,
            String at,
            @Nullable String vertical,
            @Nullable String text) {
        return add(new KpiEvent.Message(nextId(), clinic.id(), local(at), conversation, patient, from, vertical, text));
    }

    FoldedClinic patient(String conversation, String at) {
        return message(Sender.PATIENT, conversation, "p-" + conversation, at);
    }

    FoldedClinic bot(String conversation, String at) {
        return message(Sender.BOT, conversation, "p-" + conversation, at);
    }

    FoldedClinic human(String conversation, String at) {
        return message(Sender.HUMAN, conversation, "p-" + conversation, at);
    }

    FoldedClinic scored(String conversation, LeadTier tier, String at) {
        return add(new KpiEvent.LeadScored(nextId(), clinic.id(), local(at), conversation, tier));
    }

    FoldedClinic handedOff(String conversation, String at) {
        return add(new KpiEvent.ConversationHandedOff(nextId(), clinic.id(), local(at), conversation));
    }

    FoldedClinic closed(String conversation, String at) {
        return add(new KpiEvent.ConversationClosed(nextId(), clinic.id(), local(at), conversation));
    }

    FoldedClinic mentioned(String conversation, String service, String at) {
        return add(new KpiEvent.ServiceMentioned(nextId(), clinic.id(), local(at), conversation, service));
    }

    FoldedClinic csat(String conversation, int score, String at) {
        return add(
                new KpiEvent.CsatSubmitted(nextId(), clinic.id(), local(at), conversation, "p-" + conversation, score));
    }

    FoldedClinic appointment(String appointment, AppointmentStatus status, String startsAt, String at) {
        return appointment(appointment, "p-" + appointment, status, startsAt, null, null, at);
    }

    FoldedClinic appointment(
            String appointment,
            String patient,
            AppointmentStatus status,
            String startsAt,
            @Nullable String conversation,
            @Nullable String value,
            String at) {
        Money money = value == null ? null : new Money(new BigDecimal(value.split(" ")[0]), value.split(" ")[1]);
        return add(new KpiEvent.Appointment(
                nextId(),
                clinic.id(),
                local(at),
                appointment,
                patient,
                status,
                local(startsAt),
                conversation,
                null,
                money));
    }

    FoldedClinic offered(String appointment, String at) {
        return add(new KpiEvent.WaitlistOffered(nextId(), clinic.id(), local(at), appointment, "p-waiting"));
    }

    FoldedClinic filled(String appointment, String at) {
        return add(new KpiEvent.WaitlistFilled(nextId(), clinic.id(), local(at), appointment, "a-other"));
    }

    FoldedClinic onboarded(String patient, String at) {
        return add(new KpiEvent.PatientOnboarded(nextId(), clinic.id(), local(at), patient));
    }

    FoldedClinic llm(String model, long input, long cached, long output, @Nullable Money cost, String at) {
        return add(new KpiEvent.LlmUsed(nextId(), clinic.id(), local(at), model, input, cached, output, null, cost));
    }

    FoldedClinic feature(String feature, String at) {
        return add(new KpiEvent.FeatureUsed(nextId(), clinic.id(), local(at), feature));
    }

    FoldedClinic subscription(String tier, String at) {
        return add(new KpiEvent.SubscriptionChanged(nextId(), clinic.id(), local(at), tier));
    }

    private FoldedClinic add(KpiEvent event) {
        facts.add(gate.admit(event, clinic));
        return this;
    }

    private String nextId() {
        return "e" + facts.size();
    }

    List<Fact> facts() {
        return facts;
    }

    Folding fold() {
        Folding folding = start("1999-01-01T00:00");
        facts.forEach(folding.fold::accept);
        folding.fold.advance(now.toEpochMilli());
        return folding;
    }

    /** A fold of nothing yet, at a moment. */
    Folding start(String at) {
        CellTable cells = new CellTable(ClinicCalendar.of(clinic).days());
        return new Folding(
                this,
                cells,
                new ClinicFold(
                        ClinicCalendar.of(clinic),
                        FoldSettings.DEFAULT,
                        local(at).toEpochMilli(),
                        cells));
    }

    /** A fold and its cells. */
    record Folding(FoldedClinic clinic, CellTable cells, ClinicFold fold) {

        /** The count of a measure on a local date, over all dimensions. */
        long count(Measure measure, String date) {
            long[] count = new long[1];
            read(measure, date, (day, dimension, cell) -> count[0] += cell.count());
            return count[0];
        }

        /** The counts of a measure on a local date, by dimension. */
        Map<Dimension, Long> byDimension(Measure measure, String date) {
            Map<Dimension, Long> counts = new TreeMap<>();
            read(measure, date, (day, dimension, cell) -> counts.merge(dimension, cell.count(), Long::sum));
            return counts;
        }

        /** The count of a measure over all time. */
        long count(Measure measure) {
            long[] count = new long[1];
            cells.forEach((key, cell) -> count[0] += key.measure() == measure ? cell.count() : 0);
            return count[0];
        }

        /** The people behind a measure over all time. */
        int people(Measure measure) {
            Cell all = new Cell();
            cells.forEach((key, cell) -> {
                if (key.measure() == measure) {
                    all.addAll(cell, 1);
                }
            });
            return all.people() == null ? 0 : all.people().count();
        }

        /** The amounts of a measure over all time. */
        Map<Dimension, BigDecimal> amounts(Measure measure) {
            Map<Dimension, BigDecimal> amounts = new TreeMap<>();
            cells.forEach((key, cell) -> {
                if (key.measure() == measure && cell.sum() != null) {
                    amounts.merge(key.dimension(), cell.sum().toBigDecimal(), BigDecimal::add);
                }
            });
            return amounts;
        }

        private void read(Measure measure, String date, CellTable.Reader reader) {
            long from = clinic.local(date + "T00:00").toEpochMilli();
            long to = clinic.local(LocalDate.parse(date).plusDays(1) + "T00:00").toEpochMilli();
            cells.read(measure, from, to, reader);
        }
    }
}
