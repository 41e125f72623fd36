package dev.clinickpi.privacy.scrub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The development set of MEDDOCAN; {@code meddocan/README.md} among the resources says where it comes from. */
final class Meddocan {

    /** A case report and what its annotators hold for personal. */
    record Report(String id, String text, List<Annotation> annotations) {}

    /** A value in a text, by UTF-16 offsets, and what the corpus calls its type. */
    record Annotation(int start, int end, String type) {}

    private Meddocan() {}

    static List<Report> dev() {
        ObjectMapper json = new ObjectMapper();
        List<Report> reports = new ArrayList<>();
        try (InputStream file = Meddocan.class.getResourceAsStream("/meddocan/dev.ndjson.gz");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode report = json.readTree(line);
                List<Annotation> annotations = new ArrayList<>();
                for (JsonNode span : report.get("spans")) {
                    annotations.add(new Annotation(
                            span.get(0).asInt(),
                            span.get(1).asInt(),
                            span.get(2).asText()));
                }
                reports.add(
                        new Report(report.get("id").asText(), report.get("text").asText(), annotations));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports;
    }
}
