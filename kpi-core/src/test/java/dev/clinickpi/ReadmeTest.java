package dev.clinickpi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clinickpi.kpi.Kpi;
import dev.clinickpi.kpi.KpiDefinition;
import dev.clinickpi.kpi.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The README's table of KPIs is the catalogue's. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final String END = "<!-- /kpis -->";

    @Test
    void theTableIsTheCatalogues() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf('\n', readme.indexOf("<!-- kpis:")) + 1;
        int end = readme.indexOf(END);
        assertThat(end)
                .as("the markers of the table")
                .isGreaterThanOrEqualTo(start)
                .isPositive();
        if (System.getProperty("readme.write") != null) {
            Files.writeString(README, readme.substring(0, start) + table() + readme.substring(end));
        } else {
            assertThat(readme.substring(start, end)).isEqualTo(table());
        }
    }

    private static String table() {
        return "| KPI | what it says | unit | refresh | target |\n|---|---|---|---|---|\n"
                + Kpi.ALL.stream().map(ReadmeTest::row).collect(Collectors.joining());
    }

    private static String row(KpiDefinition kpi) {
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        kpi.id(),
                        kpi.meaning().en(),
                        kpi.unit().id(),
                        kpi.refresh().id(),
                        target(kpi.target()))
                .replace(System.lineSeparator(), "\n");
    }

    private static String target(@Nullable Target target) {
        if (target instanceof Target.Below below) {
            return "below " + below.limit().toPlainString();
        }
        return target instanceof Target.Band band
                ? band.low().toPlainString() + " to " + band.high().toPlainString()
                : "";
    }
}
