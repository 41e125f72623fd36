package dev.clinickpi.example.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.clinickpi.clinic.Clinic;
import dev.clinickpi.kpi.KpiResult;
import dev.clinickpi.time.Period;
import dev.clinickpi.view.BaselineComparison;
import dev.clinickpi.view.BaselineComparison.Baseline;
import dev.clinickpi.view.Change;
import dev.clinickpi.view.Interval;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons with the baseline as one JSON document. Every one has the same keys; what there is not is null. */
final class JsonBaseline {

    private final JsonGenerator json;

    private JsonBaseline(JsonGenerator json) {
        this.json = json;
    }

    static void write(List<BaselineComparison> comparisons, Clinic clinic, Period period, Writer out)
            throws IOException {
        try (JsonGenerator json = JsonReport.JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("clinic", clinic.id().value());
            json.writeStringField("from", period.from().toString());
            json.writeStringField("to", period.to().toString());
            json.writeArrayFieldStart("kpis");
            for (BaselineComparison comparison : comparisons) {
                new JsonBaseline(json).comparison(comparison);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private void comparison(BaselineComparison comparison) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", comparison.kpi());
        json.writeStringField("asOf", comparison.asOf().toString());
        json.writeStringField("unit", comparison.unit());
        json.writeObjectFieldStart("current");
        result(comparison.current());
        json.writeEndObject();
        json.writeObjectFieldStart("baseline");
        baseline(comparison.baseline());
        json.writeEndObject();
        json.writeNumberField("conversionDays", comparison.conversionDays());
        change("difference", comparison.difference());
        change("relativeChange", comparison.relativeChange());
        interval(comparison.interval());
        json.writeEndObject();
    }

    private void baseline(Baseline baseline) throws IOException {
        if (baseline instanceof Baseline.Measured measured) {
            json.writeStringField("source", "measured");
            result(measured.result());
        } else if (baseline instanceof Baseline.Configured configured) {
            json.writeStringField("source", "configured");
            json.writeStringField("status", "OK");
            number("value", configured.value());
        } else if (baseline instanceof Baseline.Missing missing) {
            json.writeStringField("source", "none");
            json.writeStringField("status", "NOT_APPLICABLE");
            word("reason", missing.reason());
        }
    }

    private void result(KpiResult result) throws IOException {
        json.writeStringField("status", result.status().name());
        word("reason", result.reason());
        number("value", result.value());
        number("numerator", result.numerator());
        number("denominator", result.denominator());
        number("n", result.n() == null ? null : BigDecimal.valueOf(result.n()));
        json.writeBooleanField("partial", result.partial());
        json.writeStringField("from", result.period().from().toString());
        json.writeStringField("to", result.period().to().toString());
    }

    private void change(String field, Change change) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("status", change.status().name());
        word("reason", change.reason());
        number("value", change.value());
        json.writeEndObject();
    }

    private void interval(@Nullable Interval interval) throws IOException {
        json.writeFieldName("interval");
        if (interval == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        number("lower", interval.lower());
        number("upper", interval.upper());
        json.writeBooleanField("excludesNoChange", interval.excludesNoChange());
        json.writeEndObject();
    }

    private void word(String field, @Nullable String word) throws IOException {
        json.writeStringField(field, word);
    }

    private void number(String field, @Nullable BigDecimal number) throws IOException {
        json.writeFieldName(field);
        json.writeNumber(number);
    }
}
