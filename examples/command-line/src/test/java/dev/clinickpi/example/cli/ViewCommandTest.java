package dev.clinickpi.example.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewCommandTest {

    @TempDir
    private static Path sample;

    @BeforeAll
    static void writeSample() {
        assertThat(CommandRun.of("sample", "--out", sample).status()).isZero();
    }

    @Test
    void aHeatmapIsShaded() {
        String out = view("heatmap").out();
        assertThat(plain(out))
                .startsWith("""
                        Clínica Sol · del 1 mar 2026 al 31 mar 2026
                        ===========================================
                        Situación a 1 abr 2026, 10:00 (Europe/Madrid)
                        """)
                .containsPattern("Mensajes de pacientes por hora \\(lo más oscuro: \\d+,\\d\\d\\)")
                .contains("Conversaciones convertidas en cita por hora", "Abierto más de la mitad de la hora");
        assertThat(out.lines().filter(line -> line.matches("  \\S+ +[░▒▓█·×]{48}")))
                .hasSize(3 * 7);
        assertThat(out).contains("██", "░░", "▀▀");
    }

    @Test
    void aHeatmapLeavesOutTheHoursThatDidNotOccur() {
        String out = view("heatmap", "--lang", "en", "--from", "2026-03-02", "--to", "2026-03-03")
                .out();
        assertThat(out.lines().filter(line -> line.matches("  Mon +[░▒▓█·×]{48}")))
                .hasSize(3);
        assertThat(out.lines().filter("  Tue"::equals)).hasSize(4);
    }

    @Test
    void aFunnelHasBars() {
        assertThat(plain(view("funnel", "--lang", "en").out()))
                .containsPattern("\n  Patients' messages +[\\d,]+\n")
                .containsPattern("\n  Conversations +\\d+  █{30} · \\d+ may still come further\n")
                .containsPattern("\n  Booked +\\d+  █{1,29} · \\d+\\.\\d% of all · \\d+\\.\\d% of the stage before");
        assertThat(plain(view("funnel").out()))
                .containsPattern("\n  Con cita completada +\\d+  █+ · \\d+,\\d % del total");
    }

    @Test
    void cohortsAreATriangle() {
        assertThat(plain(view("cohorts").out()))
                .containsPattern("\n +nuevos +\\+0 +\\+1\n  mar 2026 +\\d+\\* +\\d+,\\d %\\* +×\\*\n")
                .contains("Valor de esas citas", "* sin terminar o cortado por el periodo");
        assertThat(plain(view("cohorts", "--lang", "en").out()))
                .containsPattern("\n +new +\\+0 +\\+1\n  Mar 2026 +\\d+\\* +\\d+\\.\\d%\\* +×\\*\n");
    }

    /** Few write on one Sunday. */
    @ParameterizedTest
    @CsvSource({
        "heatmap, es, ××, «Reservado»",
        "funnel, en, withheld, at least 1 and fewer than 5 people",
        "cohorts, es, ×, «Reservado»",
    })
    void saysWhatIsWithheld(String view, String language, String withheld, String footer) {
        String quiet = view(view, "--lang", language, "--from", "2026-03-01", "--to", "2026-03-02")
                .out();
        assertThat(quiet).contains(withheld).contains(footer);
    }

    @Test
    void nobodyNewIsSaidSo() {
        assertThat(view("cohorts", "--lang", "en", "--from", "2025-01-01", "--to", "2025-02-01")
                        .out())
                .contains("Nobody was new in this period.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"heatmap", "funnel", "cohorts"})
    void wrongUsageIsSaidPlainly(String view) {
        CommandRun run = view(view, "--from", "2026-05-01");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--from must be before --to", "clinic-kpi view " + view + " --help");
    }

    @Test
    void aViewHasToBeNamed() {
        CommandRun run = CommandRun.of("view");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Name a view: ", "heatmap", "funnel", "cohorts");
        assertThat(CommandRun.of("view", "--help").out()).contains("heatmap", "funnel", "cohorts");
    }

    private static CommandRun view(String name, Object... rest) {
        List<Object> words = new ArrayList<>(List.of("view", name));
        words.addAll(List.of("--clinics", sample.resolve("clinics.json")));
        words.addAll(List.of("--events", sample.resolve("events.ndjson"), "--clinic", "sol"));
        List<Object> given = List.of(rest);
        if (!given.contains("--from")) {
            words.addAll(List.of("--from", "2026-03-01"));
        }
        if (!given.contains("--to")) {
            words.addAll(List.of("--to", "2026-04-01"));
        }
        words.addAll(List.of("--as-of", "2026-04-01T10:00:00+02:00"));
        words.addAll(given);
        return CommandRun.of(words.toArray());
    }

    /** Number formats like no-break spaces where a test is easier to read without. */
    private static String plain(String text) {
        return text.replace('\u00a0', ' ').replace('\u202f', ' ');
    }
}
