package dev.clinickpi.example.cli;

import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.Status;
import dev.clinickpi.privacy.StandardPrivacy;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.CohortTable.Cell;
import dev.clinickpi.view.CohortTable.Cohort;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A cohort table as two triangles, a line for each month of onboarding and a column for each month since: who came, and what they paid. */
final class TextCohortTable {

    private static final String INDENT = "  ";
    private static final String GAP = "  ";
    private static final String WITHHELD = "×";
    private static final String PARTIAL = "*";

    private final Clinic clinic;
    private final Wording wording;

    TextCohortTable(Clinic clinic, Wording wording) {
        this.clinic = clinic;
        this.wording = wording;
    }

    String render(CohortTable table) {
        StringBuilder out = new StringBuilder(Heading.of(clinic, wording, table.period(), table.asOf()));
        if (table.cohorts().isEmpty()) {
            return out.append('\n')
                    .append(wording.say("cohorts.none"))
                    .append('\n')
                    .toString();
        }
        draw("cohorts.patients", table, this::patients, out);
        draw("cohorts.revenue", table, (cohort, cell) -> revenue(cell, table.currency()), out);
        out.append('\n').append(wording.say("cohorts.legend")).append('\n');
        if (table.cohorts().stream().anyMatch(TextCohortTable::isWithheld)) {
            out.append(wording.say("footer.withheld", StandardPrivacy.LEAST_GROUP))
                    .append('\n');
        }
        return out.toString();
    }

    private void draw(String title, CohortTable table, BiFunction<Cohort, Cell, String> drawn, StringBuilder out) {
        List<List<String>> lines = new ArrayList<>();
        int months = table.cohorts().stream()
                .mapToInt(cohort -> cohort.cells().size())
                .max()
                .orElse(0);
        List<String> head = new ArrayList<>(List.of("", wording.say("cohorts.size")));
        for (int offset = 0; offset < months; offset++) {
            head.add("+" + offset);
        }
        lines.add(head);
        for (Cohort cohort : table.cohorts()) {
            List<String> line = new ArrayList<>(List.of(
                    wording.month(cohort.month()),
                    cohort.size() == null
                            ? WITHHELD
                            : wording.count(BigDecimal.valueOf(cohort.size())) + mark(cohort.partial())));
            cohort.cells().forEach(cell -> line.add(drawn.apply(cohort, cell) + mark(cell.partial())));
            lines.add(line);
        }
        out.append('\n').append(wording.say(title)).append('\n');
        columns(lines, out);
    }

    /** Each column as wide as its widest, flush right but for the first. */
    private static void columns(List<List<String>> lines, StringBuilder out) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int width = line.get(column).length();
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(width, widths.get(column)));
                }
            }
        }
        for (List<String> line : lines) {
            StringBuilder drawn = new StringBuilder(INDENT);
            for (int column = 0; column < line.size(); column++) {
                String text = line.get(column);
                String room = " ".repeat(widths.get(column) - text.length());
                drawn.append(column == 0 ? text + room : GAP + room + text);
            }
            out.append(drawn.toString().stripTrailing()).append('\n');
        }
    }

    private String patients(Cohort cohort, Cell cell) {
        return cell.patients() == null || cohort.size() == null
                ? WITHHELD
                : wording.percent(BigDecimal.valueOf(cell.patients())
                        .divide(BigDecimal.valueOf(cohort.size()), MathContext.DECIMAL128));
    }

    private String revenue(Cell cell, String currency) {
        return cell.revenue() == null ? WITHHELD : wording.money(cell.revenue(), currency);
    }

    private static String mark(boolean partial) {
        return partial ? PARTIAL : "";
    }

    private static boolean isWithheld(Cohort cohort) {
        return cohort.status() == Status.SUPPRESSED || cohort.cells().stream().anyMatch(cell -> cell.revenue() == null);
    }
}
