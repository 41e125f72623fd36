package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.example.quickstart.SampleEvents;
import dev.clinickpi.testkit.canary.Canaries;
import dev.clinickpi.testkit.canary.Canary;
import dev.clinickpi.testkit.canary.CanaryClinic;
import dev.clinickpi.testkit.canary.CanaryEvents;
import dev.clinickpi.testkit.canary.CanarySearch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people who do not exist are called and reached by, in every field of every event of a file, comes out of no command, by no channel. */
class CanaryOutputTest {

    @TempDir
    private Path folder;

    @Test
    void noCommandTellsOfAFewDozenPeople() throws IOException {
        tryWith(40);
    }

    @Test
    @Tag("thorough")
    void noCommandTellsOfTenThousandPeople() throws IOException {
        tryWith(10_000);
    }

    private void tryWith(int people) throws IOException {
        List<Canary> canaries = Canaries.of(20_260_312, people);
        CanarySearch search = new CanarySearch(canaries);
        Path events = folder.resolve("events.ndjson");
        try (InputStream lines = CanaryEvents.ndjson(canaries, CanaryClinic.ID)) {
            Files.copy(lines, events);
        }
        Path clinics = CommandRun.write(SampleEvents.clinicsJson(), folder.resolve("clinics.json"));
        Path rejects = folder.resolve("rejects.ndjson");
        List<CommandRun> runs = new ArrayList<>();
        runs.add(run(clinics, events, "report", "--rejects", rejects));
        runs.add(run(clinics, events, "report", "--format", "json", "--live"));
        for (String view : List.of("heatmap", "funnel", "cohorts", "baseline")) {
            runs.add(run(clinics, events, "view", view));
        }
        runs.add(CommandRun.of("check", "--clinics", clinics, "--events", events));

        for (CommandRun run : runs) {
            assertThat(run.status()).isIn(0, 3);
            assertThat(search.in(run.out())).isEmpty();
            assertThat(search.in(run.err())).isEmpty();
        }
        assertThat(runs.get(0).out()).isNotBlank();
        assertThat(Files.size(rejects)).isPositive();
        assertThat(search.in(Files.readAllBytes(rejects))).isEmpty();
    }

    private static CommandRun run(Path clinics, Path events, Object... words) {
        List<Object> all = new ArrayList<>();
        int subcommands = words[0].equals("view") ? 2 : 1;
        all.addAll(List.of(words).subList(0, subcommands));
        all.addAll(List.of("--clinics", clinics, "--events", events, "--clinic", "sol"));
        all.addAll(List.of("--from", "2026-03-01", "--to", "2026-04-01", "--as-of", CanaryClinic.NOW));
        all.addAll(List.of(words).subList(subcommands, words.length));
        return CommandRun.of(all.toArray());
    }
}
