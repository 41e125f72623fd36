package dev.clinickpi.example.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of a name, a value and a remark, the values flush right below each other, with lines of text between. */
final class Table {

    private final List<Line> lines = new ArrayList<>();

    void row(String name, String value, String remark) {
        lines.add(new Line(name, value, remark, true));
    }

    /** A line that keeps to no column. */
    void text(String text) {
        lines.add(new Line(text, "", "", false));
    }

    void space() {
        text("");
    }

    String render() {
        int names = lines.stream()
                .filter(Line::isRow)
                .mapToInt(line -> width(line.name))
                .max()
                .orElse(0);
        int values = lines.stream().mapToInt(line -> width(line.value)).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (Line line : lines) {
            out.append(line.name);
            if (line.isRow) {
                out.append(" ".repeat(names - width(line.name) + 2 + values - width(line.value)))
                        .append(line.value)
                        .append(line.remark.isEmpty() ? "" : "  " + line.remark);
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private record Line(String name, String value, String remark, boolean isRow) {}
}
