package dev.clinickpi.benchmarks.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.clinickpi.clinic.Money;
import dev.clinickpi.event.KpiEvent;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes events as a producer would send them, one object a line. */
public final class Ndjson implements Closeable {

    private final JsonGenerator json;

    private Ndjson(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    /** Writes to a stream, which closing this closes. */
    public static Ndjson to(OutputStream out) throws IOException {
        return new Ndjson(out);
    }

    /** The bytes of some events. */
    public static byte[] of(List<KpiEvent> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Ndjson out = to(bytes)) {
            for (KpiEvent event : events) {
                out.write(event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a line. */
    public void write(KpiEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", event.id());
        json.writeStringField("clinicId", event.clinicId().value());
        json.writeStringField("at", event.at().toString());
        json.writeStringField("type", event.type().id());
        writeFields(event);
        json.writeEndObject();
    }

    private void writeFields(KpiEvent event) throws IOException {
        if (event instanceof KpiEvent.Message e) {
            text("conversationId", e.conversationId());
            text("patientId", e.patientId());
            word("from", e.from());
            text("vertical", e.vertical());
            text("text", e.text());
        } else if (event instanceof KpiEvent.LeadScored e) {
            text("conversationId", e.conversationId());
            word("tier", e.tier());
        } else if (event instanceof KpiEvent.ConversationHandedOff e) {
            text("conversationId", e.conversationId());
        } else if (event instanceof KpiEvent.ConversationClosed e) {
            text("conversationId", e.conversationId());
        } else if (event instanceof KpiEvent.ServiceMentioned e) {
            text("conversationId", e.conversationId());
            text("serviceId", e.serviceId());
        } else if (event instanceof KpiEvent.Appointment e) {
            writeAppointment(e);
        } else if (event instanceof KpiEvent.WaitlistOffered e) {
            text("cancelledAppointmentId", e.cancelledAppointmentId());
            text("patientId", e.patientId());
        } else if (event instanceof KpiEvent.WaitlistFilled e) {
            text("cancelledAppointmentId", e.cancelledAppointmentId());
            text("appointmentId", e.appointmentId());
        } else if (event instanceof KpiEvent.CsatSubmitted e) {
            text("conversationId", e.conversationId());
            text("patientId", e.patientId());
            json.writeNumberField("score", e.score());
        } else if (event instanceof KpiEvent.LlmUsed e) {
            writeUse(e);
        } else if (event instanceof KpiEvent.FeatureUsed e) {
            text("feature", e.feature());
        } else if (event instanceof KpiEvent.SubscriptionChanged e) {
            text("tier", e.tier());
        } else if (event instanceof KpiEvent.PatientOnboarded e) {
            text("patientId", e.patientId());
        }
    }

    private void writeAppointment(KpiEvent.Appointment e) throws IOException {
        text("appointmentId", e.appointmentId());
        text("patientId", e.patientId());
        word("status", e.status());
        text("startsAt", e.startsAt().toString());
        text("conversationId", e.conversationId());
        text("serviceId", e.serviceId());
        money("value", e.value());
    }

    private void writeUse(KpiEvent.LlmUsed e) throws IOException {
        text("model", e.model());
        json.writeNumberField("inputTokens", e.inputTokens());
        json.writeNumberField("cachedInputTokens", e.cachedInputTokens());
        json.writeNumberField("outputTokens", e.outputTokens());
        text("conversationId", e.conversationId());
        money("cost", e.cost());
    }

    private void text(String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private void word(String field, Enum<?> value) throws IOException {
        text(field, value.name().toLowerCase(Locale.ROOT));
    }

    private void money(String field, @Nullable Money money) throws IOException {
        if (money != null) {
            json.writeObjectFieldStart(field);
            text("amount", money.amount().toPlainString());
            text("currency", money.currency());
            json.writeEndObject();
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
