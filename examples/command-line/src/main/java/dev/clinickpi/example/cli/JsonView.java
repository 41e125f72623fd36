package dev.clinickpi.example.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.time.Period;
import dev.clinickpi.time.Span;
import dev.clinickpi.view.CohortTable;
import dev.clinickpi.view.Funnel;
import dev.clinickpi.view.Heatmap;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A view as one JSON document: the question, and then the view. What is withheld is null. */
final class JsonView {

    private final JsonGenerator json;

    private JsonView(JsonGenerator json) {
        this.json = json;
    }

    static void write(Heatmap heatmap, Writer out) throws IOException {
        write(heatmap.clinic(), heatmap.period(), heatmap.asOf(), out, view -> {
            view.json.writeArrayFieldStart("cells");
            for (Heatmap.Cell cell : heatmap.cells()) {
                view.cell(cell);
            }
            view.json.writeEndArray();
        });
    }

    private void cell(Heatmap.Cell cell) throws IOException {
        json.writeStartObject();
        json.writeNumberField("weekday", cell.weekday().getValue());
        json.writeNumberField("hour", cell.hour());
        count("messages", cell.messages());
        count("conversations", cell.conversations());
        count("conversions", cell.conversions());
        number("exposureHours", cell.exposureHours());
        json.writeBooleanField("open", cell.open());
        json.writeStringField("status", cell.status().name());
        json.writeEndObject();
    }

    static void write(Funnel funnel, Writer out) throws IOException {
        write(funnel.clinic(), funnel.period(), funnel.asOf(), out, view -> {
            view.covered(funnel.covered());
            view.json.writeArrayFieldStart("stages");
            for (Funnel.Stage stage : funnel.stages()) {
                view.stage(stage);
            }
            view.json.writeEndArray();
        });
    }

    private void covered(Span covered) throws IOException {
        json.writeObjectFieldStart("covered");
        json.writeStringField("from", covered.from().toString());
        json.writeStringField("to", covered.to().toString());
        json.writeEndObject();
    }

    private void stage(Funnel.Stage stage) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", stage.id().id());
        count("count", stage.count());
        number("ofFirst", stage.ofFirst());
        number("ofPrevious", stage.ofPrevious());
        count("pending", stage.pending());
        json.writeStringField("status", stage.status().name());
        json.writeEndObject();
    }

    static void write(CohortTable table, Writer out) throws IOException {
        write(table.clinic(), table.period(), table.asOf(), out, view -> {
            view.json.writeStringField("currency", table.currency());
            view.json.writeArrayFieldStart("cohorts");
            for (CohortTable.Cohort cohort : table.cohorts()) {
                view.cohort(cohort);
            }
            view.json.writeEndArray();
        });
    }

    private void cohort(CohortTable.Cohort cohort) throws IOException {
        json.writeStartObject();
        json.writeStringField("month", cohort.month().toString());
        covered(cohort.covered());
        count("size", cohort.size());
        json.writeBooleanField("partial", cohort.partial());
        json.writeStringField("status", cohort.status().name());
        json.writeArrayFieldStart("cells");
        for (CohortTable.Cell cell : cohort.cells()) {
            cell(cell);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void cell(CohortTable.Cell cell) throws IOException {
        json.writeStartObject();
        json.writeNumberField("offset", cell.offset());
        count("patients", cell.patients());
        number("revenue", cell.revenue());
        if (cell.unpriced() != null && cell.unpriced() > 0) {
            count("unpriced", cell.unpriced());
        }
        json.writeBooleanField("partial", cell.partial());
        json.writeStringField("status", cell.status().name());
        json.writeEndObject();
    }

    private static void write(ClinicId clinic, Period period, Instant asOf, Writer out, Body body) throws IOException {
        try (JsonGenerator json = JsonReport.JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("clinic", clinic.value());
            json.writeStringField("from", period.from().toString());
            json.writeStringField("to", period.to().toString());
            json.writeStringField("asOf", asOf.toString());
            body.write(new JsonView(json));
            json.writeEndObject();
        }
        out.write('\n');
    }

    private void count(String field, @Nullable Long count) throws IOException {
        number(field, count == null ? null : BigDecimal.valueOf(count));
    }

    private void number(String field, @Nullable BigDecimal number) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(number);
    }

    /** Writes what a view has beside the question. */
    @FunctionalInterface
    private interface Body {

        void write(JsonView view) throws IOException;
    }
}
