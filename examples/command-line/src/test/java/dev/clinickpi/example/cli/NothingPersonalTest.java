package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.example.quickstart.SampleEvents;
import dev.clinickpi.time.Period;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** However a host garbles its lines, what they say of people comes out nowhere. */
class NothingPersonalTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> LINES = SampleEvents.of(ClinicId.of("sol"), Period.month(2026, 3)).stream()
            .map(EventLine::of)
            .toList();

    /** What a host could put into an id or a text; a label, which figures carry, may be a name, but not this. */
    private static final List<String> CANARIES =
            List.of("maria.lopez@canary.example", "+34 612 345 678", "wamid.HBgLMzQ2MTIzNDU2NzgVAgASGBQzQTdC@");

    private static final List<String> FIELDS = List.of(
            "id",
            "clinicId",
            "at",
            "type",
            "conversationId",
            "patientId",
            "from",
            "vertical",
            "text",
            "tier",
            "serviceId",
            "appointmentId",
            "status",
            "startsAt",
            "value",
            "cancelledAppointmentId",
            "score",
            "model",
            "inputTokens",
            "cost",
            "feature",
            "patientName");

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void nothingOfALineComesOut(@ForAll("damages") List<Damage> damages) throws IOException {
        Path folder = Files.createTempDirectory("clinic-kpi");
        try {
            runs(folder, damages);
        } finally {
            delete(folder);
        }
    }

    private static void runs(Path folder, List<Damage> damages) throws IOException {
        List<String> lines = new ArrayList<>(LINES);
        damages.forEach(damage -> lines.set(damage.line, damage.done(lines.get(damage.line))));
        Path clinics = CommandRun.write(SampleEvents.clinicsJson(), folder.resolve("clinics.json"));
        Path broken = Files.writeString(
                folder.resolve("broken.json"), Files.readString(clinics).replace("Europe/Madrid", "?"));
        Path events = Files.write(folder.resolve("events.ndjson"), lines, StandardCharsets.UTF_8);
        Path rejects = folder.resolve("rejects.ndjson");
        List<CommandRun> runs = List.of(
                report(clinics, events),
                report(clinics, events, "--rejects", rejects, "--format", "json"),
                report(clinics, events, "--live", "--strict", "--lang", "en"),
                view("heatmap", clinics, events),
                view("funnel", clinics, events, "--format", "json"),
                view("cohorts", clinics, events),
                view("series", clinics, events, "--kpi", "top-services", "--grain", "week"),
                view("baseline", clinics, events, "--format", "json"),
                CommandRun.of("check", "--clinics", clinics, "--events", events),
                CommandRun.of("check", "--clinics", broken, "--events", events));

        assertThat(runs).extracting(CommandRun::status).isSubsetOf(0, 3, 4);
        for (CommandRun run : runs) {
            assertSaysNothing(run.out());
            assertSaysNothing(run.err());
        }
        assertSaysNothing(Files.readString(rejects));
    }

    private static CommandRun report(Path clinics, Path events, Object... rest) {
        return run(List.of("report"), clinics, events, rest);
    }

    private static CommandRun view(String name, Path clinics, Path events, Object... rest) {
        return run(List.of("view", name), clinics, events, rest);
    }

    private static CommandRun run(List<String> command, Path clinics, Path events, Object... rest) {
        List<Object> words = new ArrayList<>(command);
        words.addAll(List.of("--clinics", clinics, "--events", events));
        words.addAll(List.of("--clinic", "sol", "--from", "2026-03-01", "--to", "2026-04-01"));
        words.addAll(List.of("--as-of", "2026-05-01T00:00:00Z"));
        words.addAll(List.of(rest));
        return CommandRun.of(words.toArray());
    }

    private static void assertSaysNothing(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String canary : CANARIES) {
            assertThat(lower).doesNotContain(canary.toLowerCase(Locale.ROOT));
        }
        assertThat(lower).doesNotContain("canary", "612 345", "wamid", "patient-", "conversation-", "appointment-");
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, LINES.size() - 1),
                        Arbitraries.of(FIELDS),
                        Arbitraries.of(CANARIES),
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, 200))
                .as(Damage::new)
                .list()
                .ofMinSize(40)
                .ofMaxSize(400);
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    enum Kind {
        INSTEAD_OF_A_FIELD,
        IN_AN_OBJECT,
        IN_AN_ARRAY,
        AS_A_FIELDS_NAME,
        IN_FRONT,
        IN_THE_MIDDLE,
        CUT_OFF
    }

    /** What happens to a line. */
    record Damage(int line, String field, String canary, Kind kind, int place) {

        String done(String line) {
            try {
                return switch (kind) {
                    case INSTEAD_OF_A_FIELD -> object(line).put(field, canary).toString();
                    case IN_AN_OBJECT -> {
                        ObjectNode object = object(line);
                        object.putObject(field).put("amount", canary).put("currency", canary);
                        yield object.toString();
                    }
                    case IN_AN_ARRAY -> {
                        ObjectNode object = object(line);
                        object.putArray(field).add(canary);
                        yield object.toString();
                    }
                    case AS_A_FIELDS_NAME -> object(line).put(canary, canary).toString();
                    case IN_FRONT -> canary + line;
                    case IN_THE_MIDDLE -> line.substring(0, at(line)) + canary + line.substring(at(line));
                    case CUT_OFF -> {
                        String whole = object(line).put(field, canary).toString();
                        yield whole.substring(0, at(whole));
                    }
                };
            } catch (IOException alreadyBroken) {
                return line + canary;
            }
        }

        private int at(String line) {
            return Math.min(place, line.length());
        }

        private static ObjectNode object(String line) throws IOException {
            if (JSON.readTree(line) instanceof ObjectNode object) {
                return object;
            }
            throw new IOException("An earlier damage left no object of it");
        }
    }
}
