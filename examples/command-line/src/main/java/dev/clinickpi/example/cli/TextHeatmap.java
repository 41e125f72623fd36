package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.view.Heatmap;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Optional;
import java.util.function.Function;

/** A heatmap as shaded cells, a line for each weekday: the darker, the more per hour that occurred. */
final class TextHeatmap {

    private static final String SHADES = "░▒▓█";
    private static final String NONE = "··";
    private static final String WITHHELD = "××";
    private static final String NEVER = "  ";
    private static final String OPEN = "▀▀";
    private static final String INDENT = "  ";
    private static final String HOURS = "0           6           12          18          ";

    private final Clinic clinic;
    private final Wording wording;

    TextHeatmap(Clinic clinic, Wording wording) {
        this.clinic = clinic;
        this.wording = wording;
    }

    String render(Heatmap heatmap) {
        StringBuilder out = new StringBuilder(Heading.of(clinic, wording, heatmap.period(), heatmap.asOf()));
        draw("messages", heatmap, Heatmap.Cell::messagesPerHour, out);
        draw("conversations", heatmap, Heatmap.Cell::conversationsPerHour, out);
        draw("conversions", heatmap, Heatmap.Cell::conversionsPerHour, out);
        out.append('\n').append(wording.say("heatmap.open")).append('\n');
        lines(heatmap, cell -> cell.open() ? OPEN : NEVER, out);
        out.append('\n').append(wording.say("heatmap.legend")).append('\n');
        if (heatmap.cells().stream().anyMatch(cell -> cell.status() == Status.SUPPRESSED)) {
            out.append(wording.say("footer.withheld", StandardPrivacy.LEAST_GROUP))
                    .append('\n');
        }
        return out.toString();
    }

    private void draw(
            String name, Heatmap heatmap, Function<Heatmap.Cell, Optional<BigDecimal>> rate, StringBuilder out) {
        BigDecimal most =
                heatmap.cells().stream().map(rate).flatMap(Optional::stream).reduce(BigDecimal.ZERO, BigDecimal::max);
        out.append('\n')
                .append(wording.say("heatmap." + name, wording.score(most)))
                .append('\n');
        lines(heatmap, cell -> shade(cell, rate.apply(cell), most), out);
    }

    private void lines(Heatmap heatmap, Function<Heatmap.Cell, String> drawn, StringBuilder out) {
        int width = 0;
        for (DayOfWeek weekday : DayOfWeek.values()) {
            width = Math.max(width, wording.weekday(weekday).length());
        }
        out.append(INDENT)
                .append(" ".repeat(width + 1))
                .append(HOURS.stripTrailing())
                .append('\n');
        for (DayOfWeek weekday : DayOfWeek.values()) {
            StringBuilder line = new StringBuilder(INDENT);
            String name = wording.weekday(weekday);
            line.append(name).append(" ".repeat(width + 1 - name.length()));
            for (int hour = 0; hour < 24; hour++) {
                line.append(drawn.apply(heatmap.cell(weekday, hour)));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Four shades, each a quarter of the most; the least there is still shows. */
    private static String shade(Heatmap.Cell cell, Optional<BigDecimal> rate, BigDecimal most) {
        if (cell.exposureMillis() == 0) {
            return NEVER;
        } else if (rate.isEmpty()) {
            return WITHHELD;
        } else if (rate.get().signum() == 0) {
            return NONE;
        }
        int shades = SHADES.length();
        int shade = 0;
        while (shade < shades - 1
                && rate.get()
                                .multiply(BigDecimal.valueOf(shades))
                                .compareTo(most.multiply(BigDecimal.valueOf(shade + 1L)))
                        > 0) {
            shade++;
        }
        return SHADES.substring(shade, shade + 1).repeat(2);
    }
}
