package dev.clinickpi.testkit.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clinickpi.clinic.ClinicDirectory;
import dev.clinickpi.event.KpiEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A folder of golden cases: one directory of clinics, one stream of events, and the questions asked of them. */
public enum GoldenSet {
    /** A quiet clinic, of which much is suppressed. */
    SMALL,
    /** Seven time zones with changes of the clock; the events are shuffled and some come twice. */
    ZONES,
    /** Boundary instants, made by hand. */
    EDGES;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Each is read once: it takes longer than to fold it. */
    private static final Map<GoldenSet, ClinicDirectory> DIRECTORIES = new ConcurrentHashMap<>();

    private static final Map<GoldenSet, List<KpiEvent>> EVENTS = new ConcurrentHashMap<>();

    /** The document {@code clinics.json} as bytes. The caller closes it. */
    public InputStream clinicsJson() {
        return open("clinics.json");
    }

    /** The events as NDJSON, in the order that they arrive. The caller closes it. */
    public InputStream eventsNdjson() {
        return open("events.ndjson");
    }

    /** The reference data, read by a parser that the core has no part in. */
    public ClinicDirectory directory() {
        return DIRECTORIES.computeIfAbsent(this, GoldenSet::readDirectory);
    }

    private ClinicDirectory readDirectory() {
        try (InputStream in = clinicsJson()) {
            return GoldenDirectory.parse(JSON.readTree(in));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The events in the order that they arrive, duplicates among them, read by a parser that the core has no part in. Not to be modified. */
    public List<KpiEvent> events() {
        return EVENTS.computeIfAbsent(this, GoldenSet::readEvents);
    }

    private List<KpiEvent> readEvents() {
        List<KpiEvent> read = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(eventsNdjson(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(GoldenEvent.parse(JSON.readTree(line)));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return List.copyOf(read);
    }

    /** What is asked and what the answers are, in the order of the folder. */
    public List<GoldenCase> cases() {
        List<GoldenCase> cases = new ArrayList<>();
        try (InputStream in = open("cases.json")) {
            for (JsonNode node : JSON.readTree(in)) {
                cases.add(GoldenCase.parse(this, node));
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return cases;
    }

    private InputStream open(String file) {
        String path = name().toLowerCase(Locale.ROOT) + "/" + file;
        return Objects.requireNonNull(
                GoldenSet.class.getResourceAsStream(path), () -> path + " is missing from the testkit");
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("The golden set " + this + " cannot be read", cause);
    }
}
